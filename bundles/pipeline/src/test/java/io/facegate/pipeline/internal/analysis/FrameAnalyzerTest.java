// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.status.StaleServiceException;
import io.facegate.matcher.internal.MatcherComponent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

class FrameAnalyzerTest {
    private static final Box BOX = new Box(0, 0, 4, 4);

    private final Fakes.Board board = new Fakes.Board();
    private final StageCapture capture = new StageCapture(board);
    private final FrameAnalyzer analyzer = new FrameAnalyzer(capture);
    private final Frame frame = Fakes.frame("front", 1, Fakes.START);

    private FrameResult recognize(long waitMillis) {
        return new FrameRecognizer(analyzer, waitMillis)
                .recognize(frame, RecognitionOptions.PICTURE);
    }

    private static Optional<FaceDetector> detector(Function<Frame, List<FaceDetection>> work) {
        return Optional.of(new Fakes.Detector(work));
    }

    private static List<FaceDetection> closed() {
        throw new StaleServiceException("detector was closed");
    }

    @Test
    void facesComeFromLeftToRight() {
        board.detector =
                Optional.of(Fakes.Detector.of(new Box(5, 0, 7, 2), new Box(1, 0, 3, 2), BOX));
        assertThat(recognize(0).faces())
                .extracting(face -> face.detection().box().left())
                .containsExactly(0, 1, 5);
    }

    @Test
    void frameWithoutFacesIsAnOutcomeOfItsOwn() {
        board.detector = Optional.of(Fakes.Detector.of());
        assertThat(recognize(0).outcome()).isEqualTo(Outcome.NO_FACE);
    }

    @Test
    void stagesSwappedInTheMiddleOfAFrameDoNotReachIt() {
        var before = Fakes.Encoder.of("a", 0.1f);
        board.encoder = Optional.of(before);
        board.store =
                Optional.of(
                        Fakes.Store.of(
                                Fakes.gallery(
                                        Map.of(
                                                "ann",
                                                List.of(
                                                        Fakes.descriptor(
                                                                before.model().key(), 0.1f))))));
        board.detector =
                detector(
                        f -> {
                            board.encoder = Optional.of(Fakes.Encoder.of("b", 0.2f));
                            board.store = Optional.of(new Fakes.Store());
                            return List.of(new FaceDetection(BOX, 1));
                        });
        FrameResult result = recognize(0);
        assertThat(result.faces().get(0).descriptor().orElseThrow().model().id()).isEqualTo("a");
        assertThat(result.faces().get(0).match().name()).contains("ann");
    }

    @Test
    void staleStageIsCapturedAgainAndTheFrameRedone() {
        board.detector =
                detector(
                        f -> {
                            board.detector = Optional.of(Fakes.Detector.of(BOX));
                            return closed();
                        });
        assertThat(recognize(0).outcome()).isEqualTo(Outcome.RECOGNIZED);
    }

    @Test
    void staleStageIsWaitedForUntilItsSuccessorIsThere() {
        board.detector = detector(f -> closed());
        CompletableFuture<FrameResult> result =
                CompletableFuture.supplyAsync(() -> recognize(9000));
        CompletableFuture.delayedExecutor(50, java.util.concurrent.TimeUnit.MILLISECONDS)
                .execute(() -> board.detector = Optional.of(Fakes.Detector.of(BOX)));
        assertThat(result.join().outcome()).isEqualTo(Outcome.RECOGNIZED);
    }

    @Test
    void staleMatcherIsCapturedAgainAndNamedWhenItStaysStale() {
        var model = Fakes.Encoder.of("a", 0.1f).model();
        board.store =
                Optional.of(
                        Fakes.Store.of(
                                Fakes.gallery(
                                        Map.of(
                                                "ann",
                                                List.of(Fakes.descriptor(model.key(), 0.1f))))));
        MatcherComponent stopped = new MatcherComponent();
        stopped.deactivate();
        board.matcher = Optional.of(stopped);
        FrameResult skipped = recognize(0);
        assertThat(skipped.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(skipped.message()).contains("matcher");
        board.detector =
                detector(
                        f -> {
                            board.matcher = Optional.of(new MatcherComponent());
                            return List.of(new FaceDetection(BOX, 1));
                        });
        assertThat(recognize(0).faces().get(0).match().name()).contains("ann");
    }

    @Test
    void stageWhoseClassWentWithItsBundleIsCapturedAgain() {
        board.detector =
                detector(
                        f -> {
                            board.detector = Optional.of(Fakes.Detector.of(BOX));
                            throw new NoClassDefFoundError("detector/internal/Pyramid");
                        });
        assertThat(recognize(0).outcome()).isEqualTo(Outcome.RECOGNIZED);
    }

    @Test
    void stageThatLacksAClassForGoodFails() {
        board.detector =
                detector(
                        f -> {
                            throw new NoClassDefFoundError("detector/internal/Pyramid");
                        });
        FrameResult result = recognize(0);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message()).contains("detector/hog failed", "detector/internal/Pyramid");
    }

    @Test
    void stageStaleTwiceSkipsTheFrame() {
        board.detector =
                detector(
                        f -> {
                            board.detector = detector(g -> closed());
                            return closed();
                        });
        FrameResult result = recognize(0);
        assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(result.message()).contains("detector/hog");
    }

    @Test
    void missingStagesAreNamedAfterABoundedWait() {
        board.encoder = Optional.empty();
        board.store = Optional.empty();
        long start = System.nanoTime();
        FrameResult result = recognize(60);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(59));
        assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(result.message()).contains("encoder, store").doesNotContain("detector");
    }

    @Test
    void waitForStagesEndsWhenThePipelineIsStopped() {
        board.landmarks = Optional.empty();
        capture.close();
        long start = System.nanoTime();
        assertThat(recognize(60_000).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void failingStageFailsTheFrameAndIsNamed() {
        board.detector =
                detector(
                        f -> {
                            throw new IllegalStateException("out of order");
                        });
        FrameResult result = recognize(0);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message()).contains("detector/hog").contains("out of order");
    }

    @Test
    void stageThatLostItsNativeLibraryFailsTheFrame() {
        board.detector =
                detector(
                        f -> {
                            throw new NoClassDefFoundError("gone");
                        });
        assertThat(recognize(0).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void wrongNumberOfResultsFailsTheFrame() {
        board.landmarks = Optional.of((f, boxes) -> List.of());
        assertThat(recognize(0).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void narrowDetectionGivesBoxesOfTheSource() throws Exception {
        Frame wide = Frame.rgb("front", 1, Fakes.START, 800, 400, new byte[960_000]);
        board.detector =
                detector(
                        f -> {
                            assertThat(f.width()).isEqualTo(200);
                            assertThat(f.height()).isEqualTo(100);
                            return List.of(new FaceDetection(new Box(10, 20, 60, 100), 1));
                        });
        Analysis analysis = analyzer.analyze(wide, RecognitionOptions.PICTURE, 200, 0);
        assertThat(analysis.faces().get(0).detection().box()).isEqualTo(new Box(40, 80, 240, 400));
    }

    @Test
    void missingPartsAreListed() {
        board.detector = Optional.empty();
        assertThatThrownBy(() -> analyzer.analyze(frame, RecognitionOptions.PICTURE, 0, 0))
                .isInstanceOfSatisfying(
                        AnalysisException.class,
                        e -> assertThat(e.missing()).containsExactly("detector/hog"));
    }
}
