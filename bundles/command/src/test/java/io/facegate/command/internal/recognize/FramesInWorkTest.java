// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.recognition.Tolerances;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class FramesInWorkTest {
    private static final RecognitionOptions OPTIONS =
            new RecognitionOptions(
                    "hog", DetectionOptions.PICTURE, Strategy.VOTE, Tolerances.OWN, 3);

    private final Queue<Long> ended = new ConcurrentLinkedQueue<>();

    @Test
    void resultsComeInTheOrderOfTheFramesThoughTheFirstEndsLast() {
        CountDownLatch othersEnded = new CountDownLatch(2);
        Recognizer recognizer =
                (frame, options) -> {
                    if (frame.sequence() == 0) {
                        await(othersEnded);
                    }
                    ended.add(frame.sequence());
                    othersEnded.countDown();
                    return result(frame);
                };
        try (FramesInWork work = new FramesInWork(recognizer, OPTIONS, 2)) {
            for (int i = 0; i < 3; i++) {
                work.add(frame(i, 8, 8), 40L * i);
            }
            for (int i = 0; i < 3; i++) {
                FramesInWork.Done done = work.take(() -> false).orElseThrow();
                assertThat(done.result().frame().sequence()).isEqualTo(i);
                assertThat(done.positionMicros()).isEqualTo(40L * i);
            }
            assertThat(work.isEmpty()).isTrue();
        }
        assertThat(ended).last().isEqualTo(0L);
    }

    @Test
    void noMoreFramesAreHeldThanThreadsAndTwo() {
        try (FramesInWork work = new FramesInWork((f, o) -> result(f), OPTIONS, 3)) {
            for (int i = 0; i < 5; i++) {
                assertThat(work.isFull()).isFalse();
                work.add(frame(i, 8, 8), 0);
            }
            assertThat(work.isFull()).isTrue();
            work.take(() -> false).orElseThrow();
            assertThat(work.isFull()).isFalse();
        }
    }

    @Test
    void aLiveSourcesFrameIsTakenBeforeTheNextIsRead() {
        try (FramesInWork work = new FramesInWork((f, o) -> result(f), OPTIONS, 1)) {
            work.add(frame(0, 8, 8), 0);
            assertThat(work.isFull()).isTrue();
        }
    }

    @Test
    void anErrorOfARecognizerIsThrownWhereItsResultIsTaken() {
        Recognizer recognizer =
                (frame, options) -> {
                    throw new IllegalArgumentException("no good");
                };
        try (FramesInWork work = new FramesInWork(recognizer, OPTIONS, 2)) {
            work.add(frame(0, 8, 8), 0);
            assertThatIllegalStateException()
                    .isThrownBy(() -> work.take(() -> false))
                    .withMessageContaining("no good");
        }
    }

    @Test
    void largeFramesAreNotManyAtOnce() {
        int cores = Runtime.getRuntime().availableProcessors();
        assertThat(FramesInWork.threadsFor(frame(0, 640, 360), OPTIONS))
                .isEqualTo(Math.min(cores + 1, 18));
        assertThat(FramesInWork.threadsFor(frame(0, 3840, 2160), OPTIONS)).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Frame frame(long sequence, int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        return Frame.rgb("clip", sequence, Instant.EPOCH, width, height, pixels);
    }

    private static FrameResult result(Frame frame) {
        return new FrameResult(frame, Outcome.NO_FACE, List.of(), StageTimes.ZERO, "");
    }
}
