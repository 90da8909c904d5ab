// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.status.Condition;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;
import io.facegate.pipeline.internal.analysis.StageCapture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Cameras' pipelines with the quality gates on: what counts, and how it is counted. */
class GatedPipelinesTest {
    private final Fakes.Board board = new Fakes.Board();
    private final Fakes.Ear ear = new Fakes.Ear();
    private final StageCapture capture = new StageCapture(board);
    private volatile Set<QualityProblem> verdict = Set.of();
    private final FaceQualityMeter meter = new Fakes.Meter(() -> verdict);
    private CameraPipelines pipelines;
    private long sequence;
    @TempDir Path data;

    @BeforeEach
    void setUp() {
        Fakes.Encoder encoder = Fakes.Encoder.of("a", 0.1f);
        FaceDescriptor ann = Fakes.descriptor(encoder.model().key(), 0.1f);
        board.encoder = Optional.of(encoder);
        board.store = Optional.of(Fakes.Store.of(Fakes.gallery(Map.of("ann", List.of(ann)))));
        board.meter = Optional.of(meter);
        open(true);
    }

    private void open(boolean gates) {
        pipelines =
                new CameraPipelines(
                        Settings.of(
                                SettingsTest.config(
                                        Map.of(
                                                "qualityGates",
                                                gates,
                                                "trackLostMillis",
                                                60_000,
                                                "stageWaitMillis",
                                                20)),
                                data),
                        new FrameAnalyzer(capture),
                        new Audience(() -> List.of(ear)),
                        new EventSequence(data.resolve("sequence")),
                        Optional::empty,
                        camera -> WatchedAreas.EVERYWHERE,
                        Optional::empty,
                        new RecentRecognitions());
    }

    @AfterEach
    void close() {
        capture.close();
        pipelines.close();
    }

    private FrameResult frame() throws InterruptedException {
        int before = ear.results.size();
        pipelines.offer(Fakes.frame("front", sequence++, Instant.now()));
        Fakes.await(() -> ear.results.size() > before);
        return ear.results.get(before);
    }

    private void frames(int count, QualityProblem... problems) throws InterruptedException {
        verdict = Set.of(problems);
        for (int i = 0; i < count; i++) {
            frame();
        }
    }

    private GateCounters gates() {
        PipelineStatus status = pipelines.status().get(0);
        Fakes.assertAddsUp(status.counters(), status.work());
        Fakes.assertAddsUp(status.gates(), status.work());
        return status.gates();
    }

    @Test
    void facesAreCountedByTheirFirstReason() throws Exception {
        frames(2);
        frames(3, QualityProblem.UNSURE, QualityProblem.BLURRED);
        frames(4, QualityProblem.LIGHT, QualityProblem.TURNED, QualityProblem.SMALL);
        frames(5, QualityProblem.UNSURE);
        assertThat(gates())
                .isEqualTo(
                        new GateCounters(
                                true,
                                14,
                                2,
                                Map.of(
                                        QualityProblem.SMALL,
                                        4L,
                                        QualityProblem.BLURRED,
                                        3L,
                                        QualityProblem.UNSURE,
                                        5L),
                                0));
        assertThat(ear.events).isEmpty();
        frames(1);
        Fakes.await(() -> ear.events.size() == 1);
        assertThat(ear.events.get(0).match().name()).contains("ann");
    }

    @Test
    void badFacesAreToldWithTheirReasonAndWithoutAName() throws Exception {
        verdict = Set.of(QualityProblem.TURNED);
        FrameResult bad = frame();
        assertThat(bad.faces().get(0).problem()).contains(QualityProblem.TURNED);
        assertThat(bad.faces().get(0).match().known()).isFalse();
        verdict = Set.of();
        FrameResult good = frame();
        assertThat(good.faces().get(0).problem()).isEmpty();
        assertThat(good.faces().get(0).match().name()).contains("ann");
        assertThat(good.faces().get(0).trackId()).isEqualTo(bad.faces().get(0).trackId());
    }

    @Test
    void nobodyIsToldOfWhenNoFaceWasGoodEnough() throws Exception {
        frames(20, QualityProblem.BLURRED);
        pipelines.close();
        assertThat(ear.events).isEmpty();
    }

    @Test
    void withoutAMeterEveryFaceCountsAndThePipelineIsDegraded() throws Exception {
        board.meter = Optional.empty();
        frames(3, QualityProblem.BLURRED);
        Fakes.await(() -> ear.events.size() == 1);
        assertThat(gates().unjudged()).isEqualTo(3);
        assertThat(pipelines.status().get(0).missing()).containsExactly("quality");
        Condition condition = pipelines.conditions().get(0);
        assertThat(condition.level()).isEqualTo(Condition.Level.DEGRADED);
        assertThat(condition.message()).contains("quality");
        board.meter = Optional.of(meter);
        frames(1, QualityProblem.BLURRED);
        assertThat(gates().judged()).isEqualTo(1);
        assertThat(pipelines.status().get(0).missing()).isEmpty();
        assertThat(pipelines.conditions().get(0).level()).isEqualTo(Condition.Level.OK);
    }

    @Test
    void gatesThatAreOffJudgeNothing() throws Exception {
        pipelines.close();
        open(false);
        board.meter = Optional.empty();
        frames(3, QualityProblem.BLURRED);
        Fakes.await(() -> ear.events.size() == 1);
        assertThat(gates()).isEqualTo(GateCounters.OFF);
        assertThat(pipelines.status().get(0).missing()).isEmpty();
        assertThat(pipelines.conditions().get(0).level()).isEqualTo(Condition.Level.OK);
    }

    @Test
    void aMeterThatFailsFailsTheFrameOnly() throws Exception {
        board.meter =
                Optional.of(
                        new Fakes.Meter(
                                () -> {
                                    throw new IllegalStateException("broken");
                                }));
        FrameResult failed = frame();
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.message()).contains("quality").contains("broken");
        board.meter = Optional.of(meter);
        frames(3);
        Fakes.await(() -> ear.events.size() == 1);
        assertThat(gates().judged()).isEqualTo(3);
    }

    @Test
    void everySnapshotAddsUpWhileTheMeterIsSwapped() throws Exception {
        for (int i = 0; i < 2000; i++) {
            verdict = i % 3 == 0 ? Set.of(QualityProblem.SMALL) : Set.of();
            board.meter =
                    i % 7 < 3 ? Optional.empty() : Optional.of(new Fakes.Meter(() -> verdict));
            pipelines.offer(Fakes.frame("front", sequence++, Instant.now()));
            gates();
        }
        Fakes.await(() -> pipelines.status().get(0).counters().waiting() == 0);
        Fakes.await(() -> pipelines.status().get(0).counters().inProgress() == 0);
        gates();
        assertThat(ear.events.stream().map(RecognitionEvent::type).toList())
                .containsExactly(Type.NEW);
    }
}
