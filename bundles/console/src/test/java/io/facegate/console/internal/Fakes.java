// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.picture.Label;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.Examination;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.recognition.WorkCounters;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import org.osgi.framework.Constants;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import javax.imageio.ImageIO;

/** The rest of the gateway, small. */
final class Fakes {
    static final ModelInfo ENCODER =
            new ModelInfo(
                    "dlib-resnet-v1", ModelKind.ENCODER, "dlib", "1.0.0", "ab".repeat(32), "cd");

    /** Frames the camera offered its pipeline. */
    static final AtomicLong offered = new AtomicLong(1234);

    /** Where every camera looks for faces. */
    static volatile WatchedAreas areas = WatchedAreas.EVERYWHERE;

    private Fakes() {}

    static Match match(String name, double distance) {
        return new Match(
                Optional.of(UUID.nameUUIDFromBytes(name.getBytes())),
                Optional.of(name),
                OptionalDouble.of(distance),
                3,
                3,
                OptionalDouble.empty());
    }

    static Match stranger(double distance) {
        return new Match(
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(distance),
                0,
                3,
                OptionalDouble.empty());
    }

    static RecognizedFace face(Box box, Match match) {
        return new RecognizedFace(
                new FaceDetection(box, 1.5),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new FaceDescriptor(ENCODER.key(), new float[] {1, 2})),
                match,
                Optional.of("t1"));
    }

    /** A frame of a camera: a grey ramp with a moving light square. */
    static Frame frame(String camera, long sequence, int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        int square = (int) (sequence * 8 % (width - 40));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean lit = x >= square && x < square + 40 && y < 40;
                int i = 3 * (y * width + x);
                pixels[i] = (byte) (lit ? 255 : 40 + 120 * x / width);
                pixels[i + 1] = (byte) (lit ? 220 : 60 + 120 * y / height);
                pixels[i + 2] = (byte) (lit ? 0 : 110);
            }
        }
        return Frame.rgb(camera, sequence, Instant.now(), width, height, pixels);
    }

    static FrameResult result(Frame frame, RecognizedFace... faces) {
        return new FrameResult(
                frame,
                faces.length == 0 ? Outcome.NO_FACE : Outcome.RECOGNIZED,
                List.of(faces),
                new StageTimes(1, 30, 1, 12, 0.2, 45),
                "");
    }

    static final UUID STRANGER = UUID.fromString("a1b2c3d4-3f0e-4b51-9a7c-5d2e8c41f0b6");

    static RecognitionEvent event(RecognitionEvent.Type type, long sequence, Match match) {
        Instant now = Instant.now();
        return new RecognitionEvent(
                type,
                "track-" + sequence,
                sequence,
                "front",
                now,
                now,
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                match,
                match.known() ? Optional.empty() : Optional.of(STRANGER),
                0.6,
                Strategy.CONSENSUS,
                new Box(10, 20, 110, 120),
                640,
                480,
                Optional.empty(),
                ENCODER,
                "hog",
                new StageTimes(1, 30, 1, 12, 0.2, 45));
    }

    static Camera camera(String id, CameraState state, String message) {
        return new Camera() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String location() {
                return "/dev/video0";
            }

            @Override
            public WatchedAreas areas() {
                return areas;
            }

            @Override
            public CameraStatus status() {
                return state == CameraState.ONLINE
                        ? new CameraStatus(state, message, 640, 480, 14.96, 1234)
                        : new CameraStatus(state, message, 0, 0, 0, 0);
            }

            @Override
            public void setEnabled(boolean enabled) {}
        };
    }

    static Pipelines pipelines() {
        return new Pipelines() {
            @Override
            public List<PipelineStatus> status() {
                return List.of(
                        new PipelineStatus(
                                "front",
                                true,
                                new PipelineCounters(
                                        offered.get(), 801, 432, 1, 500, 290, 10, 0, 1, 7),
                                new WorkCounters(300, 90, 400, 123),
                                9.7,
                                List.of(
                                        new StageLatency("capture", 12.2, 31.9),
                                        new StageLatency("detect", 55.12, 61.7),
                                        new StageLatency("track", 2.5, 4.4),
                                        new StageLatency("encode", 9.9, 30.1),
                                        new StageLatency("match", 0.2, 0.9),
                                        new StageLatency("total", 70, 110.25)),
                                List.of(),
                                new GateCounters(
                                        true, 123, 100, Map.of(QualityProblem.BLURRED, 23L), 0)));
            }

            @Override
            public void setRecognizing(String camera, boolean recognizing) {}
        };
    }

    static FaceDetector hog() {
        return new FaceDetector() {
            @Override
            public String method() {
                return "hog";
            }

            @Override
            public List<FaceDetection> detect(Frame frame, DetectionOptions options) {
                return List.of();
            }
        };
    }

    static FaceEncoder encoder() {
        return new FaceEncoder() {
            @Override
            public ModelInfo model() {
                return ENCODER;
            }

            @Override
            public List<FaceChip> align(Frame frame, List<Landmarks> faces) {
                return List.of();
            }

            @Override
            public List<FaceDescriptor> encode(List<FaceChip> chips) {
                return List.of();
            }
        };
    }

    /** Properties of an encoder of a format. */
    static Dictionary<String, Object> encoderOf(String format, int ranking) {
        return new Hashtable<>(
                Map.of(
                        ModelData.ID,
                        ENCODER.id(),
                        ModelData.VERSION,
                        ENCODER.version(),
                        ModelData.FORMAT,
                        format,
                        Constants.SERVICE_RANKING,
                        ranking));
    }

    static ModelRegistry models() {
        return () ->
                List.of(
                        new ModelState(ENCODER, ModelState.State.ACCEPTED, ""),
                        new ModelState(
                                new ModelInfo(
                                        ENCODER.id(),
                                        ModelKind.ENCODER,
                                        "dlib",
                                        "1.0.0",
                                        "ab".repeat(32),
                                        "01"),
                                ModelState.State.CHECKED,
                                ""),
                        new ModelState(
                                new ModelInfo(
                                        "dlib-mmod",
                                        ModelKind.DETECTOR,
                                        "dlib",
                                        "1.0.0",
                                        "ef".repeat(32),
                                        "01"),
                                ModelState.State.REFUSED,
                                "SHA-256 differs: install the bundle again"));
    }

    /** Draws with Java2D and counts, so that tests see when work is done. */
    static final class Writer implements PictureWriter {
        final AtomicInteger encoded = new AtomicInteger();

        @Override
        public byte[] encode(Frame frame, PictureFormat format, double quality) {
            encoded.incrementAndGet();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                ImageIO.write(image(frame), format.name(), out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        }

        @Override
        public Frame annotate(Frame frame, List<Label> labels) {
            BufferedImage image = image(frame);
            Graphics2D graphics = image.createGraphics();
            for (Label label : labels) {
                Box box = label.box();
                graphics.setColor(label.known() ? Color.GREEN : Color.RED);
                graphics.drawRect(box.left(), box.top(), box.width() - 1, box.height() - 1);
                graphics.drawString(label.text(), box.left() + 3, box.bottom() - 4);
            }
            graphics.dispose();
            return frame(image, frame);
        }

        @Override
        public Frame fit(Frame frame, int maxWidth, int maxHeight) {
            double scale =
                    Math.min(
                            1,
                            Math.min(
                                    (double) maxWidth / frame.width(),
                                    (double) maxHeight / frame.height()));
            if (scale == 1) {
                return frame;
            }
            BufferedImage small =
                    new BufferedImage(
                            (int) (frame.width() * scale),
                            (int) (frame.height() * scale),
                            BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = small.createGraphics();
            graphics.drawImage(image(frame), 0, 0, small.getWidth(), small.getHeight(), null);
            graphics.dispose();
            return frame(small, frame);
        }

        private static BufferedImage image(Frame frame) {
            BufferedImage image =
                    new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
            byte[] p = frame.pixels();
            for (int y = 0; y < frame.height(); y++) {
                for (int x = 0; x < frame.width(); x++) {
                    int i = y * frame.stride() + 3 * x;
                    image.setRGB(x, y, (p[i] & 255) << 16 | (p[i + 1] & 255) << 8 | p[i + 2] & 255);
                }
            }
            return image;
        }

        private static Frame frame(BufferedImage image, Frame like) {
            byte[] pixels = new byte[3 * image.getWidth() * image.getHeight()];
            int i = 0;
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    int rgb = image.getRGB(x, y);
                    pixels[i++] = (byte) (rgb >> 16);
                    pixels[i++] = (byte) (rgb >> 8);
                    pixels[i++] = (byte) rgb;
                }
            }
            return Frame.rgb(
                    like.sourceId(),
                    like.sequence(),
                    like.capturedAt(),
                    image.getWidth(),
                    image.getHeight(),
                    pixels);
        }
    }

    /** People in memory, and an enroller that takes every picture. */
    static final class Store implements EncodingStore, Enroller {
        private final List<Person> people = new ArrayList<>();
        private List<CounterExample> rejected = List.of();
        private long revision;

        Store(String... names) {
            for (String name : names) {
                people.add(
                        new Person(
                                match(name, 0).personId().orElseThrow(), name, Instant.now(), 3));
            }
        }

        synchronized List<String> names() {
            return people.stream().map(Person::name).toList();
        }

        @Override
        public synchronized Gallery gallery() {
            if (rejected.isEmpty()) {
                return new Gallery(revision, people, Map.of());
            }
            ModelKey model = ENCODER.key();
            GallerySection section =
                    new GallerySection(model, 1, people.subList(0, 1), new int[1], new float[1]);
            return new Gallery(revision, people, Map.of(model, section.with(rejected)));
        }

        synchronized void reject(List<CounterExample> faces) {
            rejected = List.copyOf(faces);
            revision++;
        }

        @Override
        public synchronized Optional<Person> find(String name) {
            return people.stream().filter(p -> p.name().equals(name)).findFirst();
        }

        @Override
        public List<StoredEncoding> encodings(UUID person) {
            return List.of();
        }

        @Override
        public Optional<FaceChip> chip(long encoding) {
            return Optional.empty();
        }

        @Override
        public Person add(String name, List<NewEncoding> encodings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Person replace(String name, String source, List<NewEncoding> added) {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized Person rename(String from, String to) throws StoreException {
            Person old =
                    find(from).orElseThrow(() -> new StoreException("nobody is called " + from));
            people.remove(old);
            Person renamed = new Person(old.id(), to, old.createdAt(), old.encodings());
            people.add(renamed);
            revision++;
            return renamed;
        }

        @Override
        public synchronized List<Person> delete(List<String> names) throws StoreException {
            List<Person> deleted = new ArrayList<>();
            for (String name : names) {
                deleted.add(
                        find(name)
                                .orElseThrow(() -> new StoreException("nobody is called " + name)));
            }
            people.removeAll(deleted);
            revision++;
            return deleted;
        }

        @Override
        public int deleteSource(String name, String source) {
            return 0;
        }

        @Override
        public io.facegate.api.store.Addition addAll(List<io.facegate.api.store.NewPerson> people) {
            throw new UnsupportedOperationException();
        }

        @Override
        public io.facegate.api.store.StoreContents copyTo(java.nio.file.Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public io.facegate.api.store.Addition restore(
                java.nio.file.Path copy, io.facegate.api.store.RestoreMode mode) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Examination examine(
                String name, Path picture, String source, RecognitionOptions options, Faces faces) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Examination examine(
                String name, Frame frame, String source, RecognitionOptions options, Faces faces) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Enrolment replace(Examination examination, boolean strict) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Enrolment accept(Examination examination, boolean strict) {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized Enrolment enrol(
                String name, Path picture, String source, RecognitionOptions options, Faces faces)
                throws EnrolmentException {
            try {
                if (Files.size(picture) < 100) {
                    throw new EnrolmentException(source + " shows no face");
                }
            } catch (IOException e) {
                throw new EnrolmentException(e.getMessage(), e);
            }
            Person person = new Person(UUID.randomUUID(), name, Instant.now(), 1);
            people.add(person);
            revision++;
            return new Enrolment(person, List.of(new Box(0, 0, 1, 1)), 1, false);
        }
    }
}
