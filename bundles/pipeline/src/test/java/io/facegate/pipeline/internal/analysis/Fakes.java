// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.encoder.Point;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.recognition.WorkCounters;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;
import io.facegate.api.tracker.BoxTrackers;
import io.facegate.matcher.internal.MatcherComponent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Hand-written neighbours of the pipeline. */
public final class Fakes {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Fakes() {}

    /** Capture time of a frame of 29.97 in a second. */
    public static CaptureTime at(int frame) {
        return after(Duration.ofNanos(Math.round(frame * 1e9 / 29.97)));
    }

    /** Some time after the start, for frames that are made before they are shown. */
    public static CaptureTime after(Duration duration) {
        return new CaptureTime(START, 0).plus(duration);
    }

    public static ModelInfo model(String id) {
        return new ModelInfo(id, ModelKind.ENCODER, "dlib", "1.0.0", "sha", "w");
    }

    public static Frame frame(String camera, long sequence, Instant capturedAt) {
        return Frame.rgb(camera, sequence, capturedAt, 8, 8, new byte[192]);
    }

    public static Frame frame(String camera, long sequence, CaptureTime captured) {
        return Frame.rgb(camera, sequence, captured, 8, 8, new byte[192]);
    }

    public static FaceDescriptor descriptor(ModelKey model, float... first) {
        float[] values = new float[128];
        System.arraycopy(first, 0, values, 0, first.length);
        return new FaceDescriptor(model, values);
    }

    public static Person person(String name) {
        return new Person(UUID.nameUUIDFromBytes(name.getBytes()), name, START, 1);
    }

    /** A gallery of descriptors by name, in order. */
    public static Gallery gallery(Map<String, List<FaceDescriptor>> encodings) {
        List<Person> people = encodings.keySet().stream().map(Fakes::person).toList();
        List<FaceDescriptor> all = encodings.values().stream().flatMap(List::stream).toList();
        int[] owners = new int[all.size()];
        float[] vectors = new float[all.size() * 128];
        int at = 0;
        int owner = 0;
        for (List<FaceDescriptor> own : encodings.values()) {
            for (FaceDescriptor descriptor : own) {
                owners[at] = owner;
                descriptor.copyTo(vectors, 128 * at++);
            }
            owner++;
        }
        ModelKey key = all.isEmpty() ? new ModelKey("none", "w") : all.get(0).model();
        return new Gallery(
                1, people, Map.of(key, new GallerySection(key, 128, people, owners, vectors)));
    }

    /** Waits for a condition, at most 10 seconds. */
    public static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come true within 10 seconds");
            }
            Thread.sleep(2);
        }
    }

    public static void assertAddsUp(PipelineCounters c) {
        if (c.offered() != c.accepted() + c.superseded() + c.waiting()
                || c.accepted()
                        != c.recognized()
                                + c.noFace()
                                + c.skipped()
                                + c.failed()
                                + c.inProgress()) {
            throw new AssertionError("counters do not add up: " + c);
        }
    }

    public static void assertAddsUp(PipelineCounters frames, WorkCounters work) {
        assertAddsUp(frames);
        if (work.full() + work.regions() + work.tracked()
                != frames.recognized() + frames.noFace()) {
            throw new AssertionError("searches do not add up: " + work + " of " + frames);
        }
    }

    public static void assertAddsUp(GateCounters gates, WorkCounters work) {
        long failed = gates.failed().values().stream().mapToLong(Long::longValue).sum();
        if (gates.judged() != gates.passed() + failed
                || (gates.on() ? work.encodedFaces() : 0) != gates.judged() + gates.unjudged()) {
            throw new AssertionError("faces do not add up: " + gates + " of " + work);
        }
    }

    /** A detector that says what its function says. */
    public record Detector(Function<Frame, List<FaceDetection>> work) implements FaceDetector {
        public static Detector of(Box... boxes) {
            List<FaceDetection> found = new ArrayList<>();
            for (Box box : boxes) {
                found.add(new FaceDetection(box, 1));
            }
            return new Detector(frame -> found);
        }

        @Override
        public String method() {
            return "hog";
        }

        @Override
        public List<FaceDetection> detect(Frame frame, DetectionOptions options) {
            return work.apply(frame);
        }
    }

    public static final class FivePoints implements LandmarkDetector {
        @Override
        public List<Landmarks> landmarks(Frame frame, List<Box> boxes) {
            return boxes.stream()
                    .map(box -> new Landmarks(List.of(new Point(box.left(), box.top()))))
                    .toList();
        }
    }

    /** A meter that says of every face what its supplier says. */
    public record Meter(Supplier<Set<QualityProblem>> verdict) implements FaceQualityMeter {
        @Override
        public FaceQuality measure(FaceDetection detection, Landmarks landmarks, FaceChip chip) {
            return new FaceQuality(100, 10, 100, 0, 0, 0, detection.score());
        }

        @Override
        public Set<QualityProblem> problems(FaceQuality quality) {
            return verdict.get();
        }

        @Override
        public String explain(QualityProblem problem, FaceQuality quality) {
            return problem.name();
        }
    }

    /** An encoder with one answer for every face. */
    public record Encoder(ModelInfo model, Function<FaceChip, FaceDescriptor> work)
            implements FaceEncoder {
        public static Encoder of(String modelId, float... first) {
            ModelInfo info = Fakes.model(modelId);
            return new Encoder(info, chip -> descriptor(info.key(), first));
        }

        @Override
        public List<FaceChip> align(Frame frame, List<Landmarks> faces) {
            return faces.stream().map(f -> new FaceChip(1, new byte[3])).toList();
        }

        @Override
        public List<FaceDescriptor> encode(List<FaceChip> chips) {
            return chips.stream().map(work).toList();
        }
    }

    /** A store in memory. */
    public static class Store implements EncodingStore {
        public final Map<String, List<NewEncoding>> encodings = new LinkedHashMap<>();
        public volatile Gallery gallery = Gallery.EMPTY;

        public static Store of(Gallery gallery) {
            Store store = new Store();
            store.gallery = gallery;
            return store;
        }

        @Override
        public Gallery gallery() {
            return gallery;
        }

        @Override
        public Optional<Person> find(String name) {
            return encodings.containsKey(name) ? Optional.of(person(name)) : Optional.empty();
        }

        @Override
        public List<StoredEncoding> encodings(UUID person) {
            List<StoredEncoding> stored = new ArrayList<>();
            encodings.forEach(
                    (name, list) -> {
                        if (person(name).id().equals(person)) {
                            list.forEach(e -> stored.add(stored(person, e)));
                        }
                    });
            return stored;
        }

        private static StoredEncoding stored(UUID person, NewEncoding e) {
            return new StoredEncoding(
                    1, person, e.descriptor(), e.source(), e.contentHash(), true, START);
        }

        @Override
        public Optional<FaceChip> chip(long encoding) {
            return Optional.empty();
        }

        @Override
        public Person add(String name, List<NewEncoding> added) throws StoreException {
            encodings.computeIfAbsent(name, n -> new ArrayList<>()).addAll(added);
            Map<String, List<FaceDescriptor>> comparable = new LinkedHashMap<>();
            ModelKey model = added.get(0).descriptor().model();
            encodings.forEach(
                    (person, list) ->
                            comparable.put(
                                    person,
                                    list.stream()
                                            .map(NewEncoding::descriptor)
                                            .filter(d -> d.model().equals(model))
                                            .toList()));
            Gallery made = Fakes.gallery(comparable);
            gallery = new Gallery(gallery.revision() + 1, made.people(), made.sections());
            return person(name);
        }

        @Override
        public Person replace(String name, String source, List<NewEncoding> added)
                throws StoreException {
            encodings
                    .computeIfAbsent(name, n -> new ArrayList<>())
                    .removeIf(e -> e.source().equals(source));
            return add(name, added);
        }

        @Override
        public Person rename(String from, String to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Person> delete(List<String> names) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int deleteSource(String name, String source) {
            throw new UnsupportedOperationException();
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
    }

    /** Stages that a test swaps as a framework would. */
    public static final class Board implements StageSource {
        public volatile Optional<FaceDetector> detector =
                Optional.of(Detector.of(new Box(0, 0, 4, 4)));
        public volatile Optional<LandmarkDetector> landmarks = Optional.of(new FivePoints());
        public volatile Optional<FaceEncoder> encoder = Optional.of(Encoder.of("a", 0.1f));
        public volatile Optional<FaceMatcher> matcher = Optional.of(new MatcherComponent());
        public volatile Optional<EncodingStore> store = Optional.of(new Store());
        public volatile Optional<BoxTrackers> trackers = Optional.empty();
        public volatile Optional<FaceQualityMeter> meter = Optional.empty();

        @Override
        public Optional<FaceDetector> detector(String method) {
            return detector;
        }

        @Override
        public Optional<LandmarkDetector> landmarks() {
            return landmarks;
        }

        @Override
        public Optional<FaceEncoder> encoder() {
            return encoder;
        }

        @Override
        public Optional<FaceMatcher> matcher() {
            return matcher;
        }

        @Override
        public Optional<EncodingStore> store() {
            return store;
        }

        @Override
        public Optional<BoxTrackers> trackers() {
            return trackers;
        }

        @Override
        public Optional<FaceQualityMeter> meter() {
            return meter;
        }
    }

    /** A listener that keeps what it was told. */
    public static final class Ear implements RecognitionListener {
        public final List<FrameResult> results = new CopyOnWriteArrayList<>();
        public final List<RecognitionEvent> events = new CopyOnWriteArrayList<>();
        public final Map<Thread, Boolean> threads = new ConcurrentHashMap<>();

        @Override
        public void onResult(FrameResult result) {
            threads.put(Thread.currentThread(), true);
            results.add(result);
        }

        @Override
        public void onEvent(RecognitionEvent event) {
            events.add(event);
        }
    }
}
