// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.Area;
import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.load.LoadLimit;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.status.Condition;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;
import io.facegate.pipeline.internal.analysis.StageCapture;
import io.facegate.pipeline.internal.track.LiveRules;
import io.facegate.pipeline.internal.track.TrackRules;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class CameraPipelinesTest {
    private final Fakes.Board board = new Fakes.Board();
    private final Fakes.Ear ear = new Fakes.Ear();
    private final List<RecognitionListener> listeners = new CopyOnWriteArrayList<>();
    private final StageCapture capture = new StageCapture(board);
    private volatile LoadLimit limit = LoadLimit.NONE;
    private WatchedAreas areas = WatchedAreas.EVERYWHERE;
    private CameraPipelines pipelines;
    private long sequence;
    @TempDir Path data;

    private void open(Settings settings) {
        listeners.add(ear);
        var encoder = Fakes.Encoder.of("a", 0.1f);
        board.encoder = Optional.of(encoder);
        board.store =
                Optional.of(
                        Fakes.Store.of(
                                Fakes.gallery(
                                        Map.of(
                                                "ann",
                                                List.of(
                                                        Fakes.descriptor(
                                                                encoder.model().key(), 0.1f))))));
        pipelines =
                new CameraPipelines(
                        settings,
                        new FrameAnalyzer(capture),
                        new Audience(() -> listeners),
                        new EventSequence(data.resolve("sequence")),
                        Optional::empty,
                        camera -> areas,
                        Optional::empty,
                        new RecentRecognitions(),
                        new Throttle(settings, () -> limit));
    }

    private static Settings settings(long lostMillis, long waitMillis, long retireMillis) {
        TrackRules rules = new TrackRules(3, 0.05, 8, 1000, lostMillis, false);
        return new Settings(
                Settings.DEFAULT.recognition(),
                rules,
                LiveRules.DEFAULT,
                0,
                waitMillis,
                retireMillis,
                List.of());
    }

    @AfterEach
    void close() {
        capture.close();
        pipelines.close();
    }

    /** Offers a frame and waits until it was worked on. */
    private FrameResult frame() throws InterruptedException {
        int before = ear.results.size();
        pipelines.offer(Fakes.frame("front", sequence++, Instant.now()));
        Fakes.await(() -> ear.results.size() > before);
        return ear.results.get(before);
    }

    private PipelineCounters counters() {
        PipelineStatus status = pipelines.status().get(0);
        Fakes.assertAddsUp(status.counters(), status.work());
        return status.counters();
    }

    private List<Type> types() {
        return ear.events.stream().map(RecognitionEvent::type).toList();
    }

    private static boolean workerRuns() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("facegate-pipeline-front"));
    }

    @Test
    void facesOfFramesBecomeAnEventOnceDecided() throws Exception {
        open(settings(60_000, 0, 60_000));
        frame();
        frame();
        assertThat(ear.events).isEmpty();
        FrameResult result = frame();
        Fakes.await(() -> ear.events.size() == 1);
        RecognitionEvent event = ear.events.get(0);
        assertThat(event.type()).isEqualTo(Type.NEW);
        assertThat(event.match().name()).contains("ann");
        assertThat(event.timestamp()).isEqualTo(result.frame().capturedAt());
        assertThat(event.id()).isEqualTo(result.faces().get(0).trackId().orElseThrow());
        assertThat(event.endTime()).isEmpty();
        assertThat(event.zone()).isEmpty();
        assertThat(event.times().total()).isPositive();
        assertThat(counters().recognized()).isEqualTo(3);
        assertThat(counters().events()).isEqualTo(1);
        assertThat(pipelines.status().get(0).stages()).hasSize(6);
        assertThat(ear.threads.keySet())
                .extracting(Thread::getName)
                .containsExactly("facegate-pipeline-front");
    }

    /** Says with which options it was asked. */
    private record Asked(List<DetectionOptions> options) implements FaceDetector {
        @Override
        public String method() {
            return "hog";
        }

        @Override
        public List<FaceDetection> detect(Frame frame, DetectionOptions asked) {
            options.add(asked);
            return List.of(new FaceDetection(new Box(0, 0, 4, 4), 1));
        }
    }

    @Test
    void aMachineInNeedLooksLessCloselyAndLosesNobody() throws Exception {
        Asked detector = new Asked(new CopyOnWriteArrayList<>());
        board.detector = Optional.of(detector);
        Settings usual = settings(60_000, 0, 60_000);
        open(
                new Settings(
                        new RecognitionOptions(
                                "hog",
                                new DetectionOptions(2, 0, 0),
                                Strategy.CONSENSUS,
                                Tolerances.OWN,
                                3),
                        usual.tracks(),
                        usual.live(),
                        0,
                        0,
                        60_000,
                        List.of()));
        frame();
        limit = new LoadLimit(LoadLimit.Step.METHOD, true);
        frame();
        frame();
        limit = LoadLimit.NONE;
        frame();
        Fakes.await(() -> ear.events.size() == 1);
        assertThat(ear.events.get(0).match().name()).contains("ann");
        assertThat(detector.options())
                .extracting(DetectionOptions::upsample)
                .containsExactly(2, 0, 0, 2);
        assertThat(counters().superseded()).isZero();
    }

    @Test
    void theEventNamesTheZoneOfTheFace() throws Exception {
        areas = new WatchedAreas(List.of(Area.parse("door: 0,0 1,0 1,1 0,1")), List.of());
        open(settings(60_000, 0, 60_000));
        frame();
        frame();
        frame();
        Fakes.await(() -> ear.events.size() == 1);
        assertThat(ear.events.get(0).zone()).contains("door");
        areas = new WatchedAreas(List.of(), List.of(Area.parse("0,0 1,0 1,1 0,1")));
        assertThat(frame().faces()).isEmpty();
    }

    @Test
    void trackEndsWhenTheCameraDies() throws Exception {
        open(settings(150, 0, 60_000));
        frame();
        frame();
        Instant last = frame().frame().capturedAt();
        Fakes.await(() -> ear.events.size() == 2);
        RecognitionEvent end = ear.events.get(1);
        assertThat(end.type()).isEqualTo(Type.END);
        assertThat(end.endTime()).contains(last);
        assertThat(end.timestamp()).isAfter(last);
        assertThat(end.sequence()).isGreaterThan(ear.events.get(0).sequence());
    }

    @Test
    void tracksEndWithEventsWhenThePipelineStops() throws Exception {
        open(settings(60_000, 0, 60_000));
        frame();
        frame();
        frame();
        pipelines.close();
        assertThat(types()).containsExactly(Type.NEW, Type.END);
        assertThat(workerRuns()).isFalse();
        pipelines.offer(Fakes.frame("front", 9, Instant.now()));
        assertThat(workerRuns()).isFalse();
    }

    @Test
    void cameraWithoutFramesIsRetiredAndComesBack() throws Exception {
        open(settings(100, 0, 200));
        frame();
        Fakes.await(() -> pipelines.status().isEmpty());
        Fakes.await(() -> !workerRuns());
        frame();
        assertThat(counters().offered()).isEqualTo(1);
    }

    @Test
    void switchedOffFramesAreSkippedAndTracksEnd() throws Exception {
        open(settings(60_000, 0, 60_000));
        frame();
        frame();
        frame();
        pipelines.setRecognizing("front", false);
        Fakes.await(() -> types().equals(List.of(Type.NEW, Type.END)));
        assertThat(frame().outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(counters().skipped()).isEqualTo(1);
        assertThat(pipelines.status().get(0).recognizing()).isFalse();
        pipelines.setRecognizing("front", true);
        assertThat(frame().outcome()).isEqualTo(Outcome.RECOGNIZED);
    }

    @Test
    void missingStageIsWaitedForOnceThenNamedUntilItIsThere() throws Exception {
        open(settings(60_000, 300, 60_000));
        var encoder = board.encoder;
        board.encoder = Optional.empty();
        long start = System.nanoTime();
        assertThat(frame().outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(299));
        for (int i = 0; i < 20; i++) {
            assertThat(frame().outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(pipelines.status().get(0).missing()).containsExactly("encoder");
        assertThat(pipelines.conditions().get(0).level()).isEqualTo(Condition.Level.DEGRADED);
        assertThat(pipelines.conditions().get(0).message()).contains("encoder");
        board.encoder = encoder;
        assertThat(frame().outcome()).isEqualTo(Outcome.RECOGNIZED);
        assertThat(pipelines.status().get(0).missing()).isEmpty();
        assertThat(pipelines.conditions().get(0).level()).isEqualTo(Condition.Level.OK);
    }

    @Test
    void frameAfterAFailedOneIsWorkedOn() throws Exception {
        open(settings(60_000, 0, 60_000));
        var detector = board.detector;
        board.detector =
                Optional.of(
                        new Fakes.Detector(
                                f -> {
                                    throw new IllegalArgumentException("broken");
                                }));
        FrameResult failed = frame();
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.message()).contains("broken");
        assertThat(pipelines.conditions().get(0).level()).isEqualTo(Condition.Level.DEGRADED);
        board.detector = detector;
        assertThat(frame().outcome()).isEqualTo(Outcome.RECOGNIZED);
        assertThat(counters().failed()).isEqualTo(1);
    }

    @Test
    void throwingListenerStopsNobody() throws Exception {
        open(settings(60_000, 0, 60_000));
        AtomicInteger told = new AtomicInteger();
        listeners.add(
                0,
                new RecognitionListener() {
                    @Override
                    public void onResult(FrameResult result) {
                        told.incrementAndGet();
                        throw new IllegalStateException("listener");
                    }

                    @Override
                    public void onEvent(RecognitionEvent event) {
                        throw new NoClassDefFoundError("listener");
                    }
                });
        frame();
        frame();
        frame();
        Fakes.await(() -> ear.events.size() == 1);
        assertThat(told).hasValue(3);
    }

    @Test
    void blockedListenerOrStageDelaysTheStopForThreeSecondsAtMost() throws Exception {
        open(settings(60_000, 0, 60_000));
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        board.detector =
                Optional.of(
                        new Fakes.Detector(
                                f -> {
                                    entered.countDown();
                                    while (release.getCount() > 0) {
                                        Thread.onSpinWait();
                                    }
                                    return List.of(new FaceDetection(new Box(0, 0, 4, 4), 1));
                                }));
        pipelines.offer(Fakes.frame("front", 1, Instant.now()));
        entered.await();
        long start = System.nanoTime();
        pipelines.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(2900), Duration.ofMillis(3900));
        release.countDown();
        Fakes.await(() -> !workerRuns());
        assertThat(ear.results).isEmpty();
        assertThat(ear.events).isEmpty();
    }

    @Test
    void countersAddUpWhileStagesAreSwappedUnderLoad() throws Exception {
        open(settings(60_000, 20, 60_000));
        var detector = board.detector;
        var encoder = board.encoder;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
        for (int i = 0; System.nanoTime() < end; i++) {
            pipelines.offer(Fakes.frame("front", i, Instant.now()));
            switch (i % 400) {
                case 100 -> board.detector = Optional.empty();
                case 150 ->
                        board.detector =
                                Optional.of(
                                        new Fakes.Detector(
                                                f -> {
                                                    throw new IllegalStateException();
                                                }));
                case 200 -> board.detector = detector;
                case 300 -> board.encoder = Optional.empty();
                case 350 -> board.encoder = encoder;
                default -> Thread.onSpinWait();
            }
            Fakes.assertAddsUp(counters());
        }
        Fakes.await(() -> counters().waiting() + counters().inProgress() == 0);
        Fakes.assertAddsUp(counters());
        Fakes.await(() -> ear.results.size() == counters().accepted());
    }

    @Test
    void camerasHaveWorkersOfTheirOwn() throws Exception {
        open(settings(60_000, 0, 60_000));
        frame();
        pipelines.offer(Fakes.frame("back", 1, Instant.now()));
        Fakes.await(() -> ear.results.size() == 2);
        assertThat(pipelines.status()).extracting(s -> s.camera()).containsExactly("back", "front");
        assertThat(ear.threads).hasSize(2);
    }
}
