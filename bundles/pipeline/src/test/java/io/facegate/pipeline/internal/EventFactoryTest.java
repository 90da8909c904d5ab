// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.status.SystemClock;
import io.facegate.api.store.Gallery;
import io.facegate.matcher.internal.MatcherComponent;
import io.facegate.pipeline.internal.analysis.Analysis;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.analysis.Search;
import io.facegate.pipeline.internal.analysis.Stages;
import io.facegate.pipeline.internal.track.FaceTracker;
import io.facegate.pipeline.internal.track.TrackNews;
import io.facegate.pipeline.internal.track.TrackRules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Times of events and frames while somebody sets the clock. */
class EventFactoryTest {
    private static final Instant BOOT = Instant.parse("1970-01-01T00:00:30Z");
    private static final Instant REAL = Instant.parse("2026-11-28T20:00:00Z");

    private static final MatcherComponent MATCHER = new MatcherComponent();

    @TempDir private Path data;
    private Optional<SystemClock> clock = Optional.empty();

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-28T20:00:00Z", "2036-02-07T06:28:16Z", "1970-01-01T00:00:00Z"})
    void aDurationIsTheTimeInViewWhateverHappensToTheClock(Instant later) {
        RecognitionEvent end = end(seen(BOOT, 0), seen(later, 5), seen(later, 6));
        assertThat(end.duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(end.timestamp()).isEqualTo(later.plusSeconds(6));
        assertThat(end.endTime()).contains(later.plusSeconds(5));
        assertThat(end.startTime()).as("by the new clock").isEqualTo(later);
    }

    @Test
    void aClockThatIsOnlyAdjustedChangesNoTimeThatWasTold() {
        CaptureTime start = seen(REAL, 0);
        RecognitionEvent end =
                end(start, seen(REAL.plusMillis(400), 5), seen(REAL.plusMillis(900), 6));
        assertThat(end.startTime()).isEqualTo(start.clock());
        assertThat(end.duration()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aTimestampSaysWhetherItsClockWasSynchronised() {
        CaptureTime now = CaptureTime.now();
        assertThat(end(now, now, now).clockSynchronized()).isEmpty();
        clock = Optional.of(() -> Optional.of(false));
        assertThat(end(now, now, now).clockSynchronized()).contains(false);
        clock = Optional.of(() -> Optional.of(true));
        assertThat(end(now, now, now).clockSynchronized()).contains(true);
        CaptureTime before = new CaptureTime(BOOT, now.nanos());
        assertThat(end(before, before, before).clockSynchronized())
                .as("it was put right after the frame")
                .contains(false);
    }

    @Test
    void aFrameTakesNoYearsWhenTheClockIsSetWhileItIsWorkedOn() {
        Analysis analysis = face();
        Latencies latencies = new Latencies();
        for (Instant clock : List.of(BOOT, REAL, Instant.parse("2036-02-07T06:28:16Z"))) {
            long now = System.nanoTime();
            Frame frame = Fakes.frame("front", 1, new CaptureTime(clock, now));
            StageTimes times = Latencies.times(frame, now + 2_000_000, analysis, 0);
            assertThat(times.capture()).isEqualTo(2);
            latencies.record(times, now);
        }
        assertThat(latencies.stages())
                .extracting(StageLatency::all)
                .allSatisfy(all -> assertThat(all.sumMillis()).isBetween(0.0, 60_000.0));
    }

    private static CaptureTime seen(Instant start, int second) {
        return new CaptureTime(start.plusSeconds(second), Duration.ofSeconds(second).toNanos());
    }

    /** The end of a track that was seen at two moments, told at a third. */
    private RecognitionEvent end(CaptureTime first, CaptureTime last, CaptureTime told) {
        EventFactory events =
                new EventFactory(
                        "front",
                        Settings.DEFAULT.recognition(),
                        new EventSequence(data.resolve("sequence")),
                        new Strangers("front", Optional::empty),
                        new RecentRecognitions(),
                        () -> clock);
        FaceTracker tracker = new FaceTracker(new TrackRules(1, 0, 8, 700, 10_000, false), 0);
        for (CaptureTime at : List.of(first, last)) {
            List<TrackNews> news = tracker.update(Fakes.frame("front", 1, at), face()).news();
            events.of(news, tracker.open(), WatchedAreas.EVERYWHERE, at, StageTimes.ZERO);
        }
        List<RecognitionEvent> ends =
                events.of(
                        tracker.endAll(),
                        List.of(),
                        WatchedAreas.EVERYWHERE,
                        told,
                        StageTimes.ZERO);
        assertThat(ends).extracting(RecognitionEvent::type).containsExactly(Type.END);
        return ends.get(0);
    }

    /** One face that is named at once. */
    private static Analysis face() {
        Fakes.Encoder encoder = Fakes.Encoder.of("a", 1);
        FaceDescriptor ann = Fakes.descriptor(encoder.model().key(), 1);
        Gallery gallery = Fakes.gallery(Map.of("ann", List.of(ann)));
        Stages stages =
                new Stages(
                        Fakes.Detector.of(),
                        new Fakes.FivePoints(),
                        encoder,
                        encoder.model(),
                        MATCHER,
                        Optional.empty(),
                        Optional.empty(),
                        Fakes.Store.of(gallery),
                        gallery);
        RecognizedFace face =
                new RecognizedFace(
                        new FaceDetection(new Box(0, 0, 4, 4), 1),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ann),
                        MATCHER.match(
                                ann,
                                gallery.section(ann.model()).orElseThrow(),
                                Strategy.NEAREST,
                                0.6,
                                1),
                        Optional.empty(),
                        Optional.empty());
        return new Analysis(stages, List.of(face), Search.FULL, 0, 0, 0, 0);
    }
}
