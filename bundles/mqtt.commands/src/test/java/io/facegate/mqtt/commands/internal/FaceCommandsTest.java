// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.CameraState;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.FrameListener;
import io.facegate.api.model.ModelKey;
import io.facegate.api.picture.Label;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentException.Reason;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.recognition.EnrolmentWarning.Kind;
import io.facegate.api.recognition.Examination;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

import javax.imageio.ImageIO;

/** Pictures and cameras: faces taken and named by messages. */
class FaceCommandsTest {
    private static final UUID ALICE = UUID.fromString("0b5e7d64-53a1-4f0c-9c8b-0e2b7f1c9a11");

    private final Fakes gateway = new Fakes();
    private final Commands commands = gateway.commands();
    private final Door door = new Door();

    @BeforeEach
    void parts() {
        gateway.put(Enroller.class, door);
    }

    @AfterEach
    void stop() {
        commands.stop();
    }

    @Test
    void aPictureIsTaken() throws Exception {
        assertThat(enroll("\"picture\":\"" + jpeg(4, 3) + "\""))
                .contains(
                        "\"result\":{\"person\":{\"id\":\"" + ALICE + "\",\"name\":\"Alice\",",
                        "\"faces_found\":1,\"unchanged\":false,\"warnings\":[{\"kind\":\"small\","
                                + "\"message\":\"come nearer\"}]");
        assertThat(door.taken).hasSize(1).first().asString().startsWith("mqtt/").endsWith(".jpg");
        assertThat(door.file).doesNotExist();
        assertThat(enroll("\"strict\":true,\"picture\":\"" + jpeg(4, 3) + "\""))
                .contains("\"code\":\"doubtful\"");
        door.fails = Optional.of(new EnrolmentException(Reason.NO_FACE, "no face in it", null));
        assertThat(enroll("\"picture\":\"" + jpeg(4, 3) + "\"")).contains("\"code\":\"no_face\"");
        assertThat(door.taken).hasSize(1);
        assertThat(door.file).doesNotExist();
    }

    @Test
    void whatIsNoPictureIsNotEvenDecoded() throws Exception {
        String large = changedSize(jpeg(4, 3), 0x2000, 0x2000);
        assertThat(enroll("\"picture\":\"" + large + "\""))
                .contains("\"code\":\"bad_picture\"", "67 megapixels, at most 25");
        assertThat(enroll("\"picture\":\"not base64!\"")).contains("bad_picture", "no base64");
        assertThat(enroll("\"picture\":\"aGVsbG8gd29ybGQ=\"")).contains("bad_picture", "is none");
        assertThat(enroll("\"picture\":\"/9j/4AAQSkZJRgAB\"")).contains("bad_picture", "damaged");
        assertThat(enroll("\"strict\":true")).contains("bad_request", "a picture or a camera");
        assertThat(enroll("\"picture\":\"" + jpeg(4, 3) + "\",\"camera\":\"front\""))
                .contains("bad_request", "not both");
        assertThat(door.file).isNull();
    }

    @Test
    void theBestFaceBeforeACameraIsTaken() throws Exception {
        Thread camera = camera("front", "blurred", "nobody", "sharp", "two", "turned");
        commands.obey(
                "cmd/enroll",
                "{\"request_id\":\"1\",\"name\":\"Alice\",\"camera\":\"front\",\"seconds\":1}",
                gateway);
        assertThat(gateway.next())
                .startsWith("reply/1 ")
                .contains("\"ok\":null", "\"done\":0,\"of\":1,\"message\":\"looking for a face\"");
        assertThat(gateway.next()).contains("\"ok\":true", "\"name\":\"Alice\"");
        camera.interrupt();
        camera.join();
        assertThat(door.taken).containsExactly("sharp");
        assertThat(gateway.offered).isEmpty();
    }

    @Test
    void nobodyIsTakenWhoIsNotAloneOrSomebodyElse() throws Exception {
        assertFromCamera("several_faces", "two", "nobody");
        assertFromCamera("no_face", "nobody");
        assertFromCamera("doubtful", "other");
        assertFromCamera("unavailable");
        assertThat(enroll("\"camera\":\"nowhere\""))
                .contains("\"code\":\"unknown_camera\"", "there is no camera nowhere");
        gateway.state = CameraState.DISABLED;
        assertThat(enroll("\"camera\":\"front\"")).contains("unavailable", "is switched off");
        assertThat(enroll("\"camera\":\"front\",\"seconds\":31")).contains("bad_request");
        assertThat(door.taken).isEmpty();
    }

    private void assertFromCamera(String code, String... faces) throws Exception {
        Thread camera = camera("front", faces);
        commands.obey(
                "cmd/enroll", "{\"name\":\"Alice\",\"camera\":\"front\",\"seconds\":1}", gateway);
        String answer = gateway.next();
        while (answer.contains("\"ok\":null")) {
            answer = gateway.next();
        }
        camera.interrupt();
        camera.join();
        assertThat(answer).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void facesOfAPictureAreNamed() throws Exception {
        gateway.put(PictureReader.class, new Reader());
        gateway.put(Recognizer.class, FaceCommandsTest::recognized);
        commands.obey("cmd/recognize", "{\"picture\":\"" + jpeg(4, 3) + "\"}", gateway);
        assertThat(gateway.next())
                .contains(
                        "\"result\":{\"width\":4,\"height\":3,\"tolerance\":0.6,\"faces\":[{"
                                + "\"box\":[1,1,3,3],\"person_id\":\""
                                + ALICE
                                + "\",\"name\":\"Alice\",\"distance\":0.3,\"score\":0.75,"
                                + "\"votes\":{\"won\":2,\"of\":3}}]}");
        gateway.put(
                Recognizer.class,
                (frame, options) ->
                        new FrameResult(
                                frame, Outcome.SKIPPED, List.of(), StageTimes.ZERO, "no encoder"));
        commands.obey("cmd/recognize", "{\"picture\":\"" + jpeg(4, 3) + "\"}", gateway);
        assertThat(gateway.next()).contains("unavailable", "no encoder");
    }

    @Test
    void aCameraIsLookedThrough() throws Exception {
        gateway.put(PictureWriter.class, new Writer());
        Thread camera = camera("front", "sharp");
        commands.obey("cmd/snapshot", "{\"camera\":\"front\",\"width\":160}", gateway);
        assertThat(gateway.next())
                .contains(
                        "\"result\":{\"camera\":\"front\",\"timestamp\":\"1970-01-01T00:00:05.000Z\","
                                + "\"width\":4,\"height\":3,\"picture\":\"AQID\"}");
        camera.interrupt();
        camera.join();
        assertThat(gateway.offered).isEmpty();
    }

    private String enroll(String more) throws InterruptedException {
        commands.obey("cmd/enroll", "{\"name\":\"Alice\"," + more + "}", gateway);
        return gateway.next();
    }

    /** Sends frames that show this, again and again, to whoever listens. */
    private Thread camera(String id, String... shown) {
        List<byte[]> all = new ArrayList<>();
        for (String face : shown) {
            byte[] rgb = new byte[4 * 3 * 3];
            rgb[0] = (byte) Door.FACES.indexOf(face);
            all.add(rgb);
        }
        Thread thread =
                new Thread(
                        () -> {
                            for (long i = 0; !Thread.interrupted(); i++) {
                                for (Object listener : gateway.offered) {
                                    if (!all.isEmpty()) {
                                        byte[] rgb = all.get((int) (i % all.size()));
                                        ((FrameListener) listener).onFrame(frame(id, i, rgb));
                                        door.looked();
                                    }
                                }
                                Thread.onSpinWait();
                            }
                        });
        thread.start();
        return thread;
    }

    private static Frame frame(String id, long number, byte[] rgb) {
        return Frame.rgb(id, number, Instant.ofEpochSecond(5), 4, 3, rgb);
    }

    private static FrameResult recognized(Frame frame, RecognitionOptions options) {
        Match match =
                new Match(
                        Optional.of(ALICE),
                        Optional.of("Alice"),
                        OptionalDouble.of(0.3),
                        2,
                        3,
                        OptionalDouble.empty());
        RecognizedFace face =
                new RecognizedFace(
                        new FaceDetection(new Box(1, 1, 3, 3), 1),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        match,
                        Optional.empty());
        return new FrameResult(frame, Outcome.RECOGNIZED, List.of(face), StageTimes.ZERO, "");
    }

    private static String jpeg(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpg", out);
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static String changedSize(String base64, int width, int height) {
        byte[] file = Base64.getDecoder().decode(base64);
        int i = 2;
        while ((file[i + 1] & 0xFF) != 0xC0) {
            i += 2 + ((file[i + 2] & 0xFF) << 8 | file[i + 3] & 0xFF);
        }
        file[i + 5] = (byte) (height >> 8);
        file[i + 6] = (byte) height;
        file[i + 7] = (byte) (width >> 8);
        file[i + 8] = (byte) width;
        return Base64.getEncoder().encodeToString(file);
    }

    private static final class Reader implements PictureReader {
        @Override
        public Frame read(Path file, boolean upright) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Frame read(byte[] file, String name, boolean upright) {
            return frame(name, 0, new byte[4 * 3 * 3]);
        }

        @Override
        public boolean isPicture(Path file) {
            return true;
        }
    }

    private static final class Writer implements PictureWriter {
        @Override
        public byte[] encode(Frame frame, PictureFormat format, double quality) {
            return new byte[] {1, 2, 3};
        }

        @Override
        public Frame annotate(Frame frame, List<Label> labels) {
            return frame;
        }

        @Override
        public Frame fit(Frame frame, int maxWidth, int maxHeight) {
            return frame;
        }
    }

    /** Looks at faces by the first byte of a frame. */
    private static final class Door implements Enroller {
        static final List<String> FACES =
                List.of("nobody", "blurred", "sharp", "two", "turned", "other");

        final List<String> taken = new ArrayList<>();
        Optional<EnrolmentException> fails = Optional.empty();
        volatile Path file;
        private int waiting;

        @Override
        public Examination examine(
                String name,
                Path picture,
                String source,
                RecognitionOptions options,
                Enroller.Faces faces)
                throws EnrolmentException {
            file = picture;
            assertThat(picture).isNotEmptyFile();
            if (fails.isPresent()) {
                throw fails.get();
            }
            return seen(name, source, 20, 0, 1, new EnrolmentWarning(Kind.SMALL, "come nearer"));
        }

        /** Waits until the frame was looked at. */
        synchronized void looked() {
            waiting++;
            try {
                for (int i = 0; i < 20 && waiting > 0; i++) {
                    wait(5);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Examination examine(
                String name,
                Frame frame,
                String source,
                RecognitionOptions options,
                Enroller.Faces faces)
                throws EnrolmentException {
            synchronized (this) {
                waiting = 0;
                notifyAll();
            }
            String face = FACES.get(frame.pixels()[0]);
            return switch (face) {
                case "blurred" -> seen(name, face, 3, 0, 1);
                case "sharp" -> seen(name, face, 30, 4, 1);
                case "turned" -> seen(name, face, 31, 40, 1);
                case "two" -> seen(name, face, 60, 0, 2);
                case "other" ->
                        seen(name, face, 9, 0, 1, new EnrolmentWarning(Kind.OTHER_PERSON, "Bob"));
                default -> throw new EnrolmentException(Reason.NO_FACE, "no face", null);
            };
        }

        private static Examination seen(
                String name,
                String source,
                double sharpness,
                double yaw,
                int faces,
                EnrolmentWarning... warnings) {
            FaceDescriptor descriptor = new FaceDescriptor(new ModelKey("m", "w"), new float[] {1});
            Examination.Face face =
                    new Examination.Face(
                            new Box(0, 0, 2, 2),
                            new NewEncoding(descriptor, Optional.empty(), source, ""),
                            Optional.of(new FaceQuality(90, sharpness, 120, yaw, 0, 0, 1)));
            return new Examination(
                    name, source, 0.6, List.of(face), faces, false, Arrays.asList(warnings));
        }

        @Override
        public Enrolment accept(Examination examination, boolean strict) throws EnrolmentException {
            if (strict && !examination.warnings().isEmpty()) {
                throw new EnrolmentException("doubtful", examination.warnings());
            }
            taken.add(examination.source());
            return new Enrolment(
                    new Person(ALICE, examination.name(), Instant.EPOCH, taken.size()),
                    List.of(new Box(0, 0, 2, 2)),
                    examination.facesFound(),
                    false,
                    examination.warnings());
        }

        @Override
        public Enrolment replace(Examination examination, boolean strict) {
            throw new UnsupportedOperationException();
        }
    }
}
