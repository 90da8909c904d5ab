// SPDX-License-Identifier: Apache-2.0
package io.facegate.watchdog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.WorkCounters;
import io.facegate.watchdog.internal.FrameWatch.Verdict;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.TimeUnit;

class FrameWatchTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Near the end of the numbers: the clock of the machine may begin anywhere. */
    private static final long BEGIN = Long.MAX_VALUE - 50 * SECOND;

    private final FrameWatch watch = new FrameWatch(60);

    @Test
    void frameThatIsFinishedInTimeIsWell() {
        assertThat(look(0, at("front", 5, 1))).isEqualTo(Verdict.GOING_ON);
        assertThat(look(59, at("front", 5, 1))).isEqualTo(Verdict.GOING_ON);
        assertThat(look(61, at("front", 6, 1))).isEqualTo(Verdict.GOING_ON);
        assertThat(look(120, at("front", 6, 1))).isEqualTo(Verdict.GOING_ON);
    }

    @Test
    void cameraThatSendsNothingIsWell() {
        assertThat(look(0, at("front", 5, 0))).isEqualTo(Verdict.GOING_ON);
        assertThat(look(1000, at("front", 5, 0))).isEqualTo(Verdict.GOING_ON);
    }

    @Test
    void stuckFrameStartsRecognitionAnewAndOnceOnly() {
        look(0, at("front", 5, 1), at("back", 9, 0));
        assertThat(look(60, at("front", 5, 1), at("back", 90, 1))).isEqualTo(Verdict.RESTART);
        assertThat(watch.stuck()).containsExactly("front");
        watch.restarted(BEGIN + 60 * SECOND);
        assertThat(look(61, at("front", 1, 1))).isEqualTo(Verdict.GOING_ON);
        assertThat(look(121, at("front", 1, 1))).isEqualTo(Verdict.HOPELESS);
    }

    @Test
    void longAfterANewStartAnotherOneIsTried() {
        look(0, at("front", 5, 1));
        look(60, at("front", 5, 1));
        watch.restarted(BEGIN + 60 * SECOND);
        look(1000, at("front", 7, 1));
        assertThat(look(1060, at("front", 7, 1))).isEqualTo(Verdict.RESTART);
    }

    @Test
    void cameraThatIsGoneIsForgotten() {
        look(0, at("front", 5, 1));
        look(30);
        assertThat(look(60, at("front", 5, 1))).isEqualTo(Verdict.GOING_ON);
    }

    @Test
    void zeroSecondsAreNoLimit() {
        FrameWatch never = new FrameWatch(0);
        never.look(List.of(at("front", 5, 1)), 0);
        assertThat(never.look(List.of(at("front", 5, 1)), 9_000 * SECOND))
                .isEqualTo(Verdict.GOING_ON);
    }

    private Verdict look(long second, PipelineStatus... pipelines) {
        return watch.look(List.of(pipelines), BEGIN + second * SECOND);
    }

    private static PipelineStatus at(String camera, long accepted, long inProgress) {
        return new PipelineStatus(
                camera,
                true,
                new PipelineCounters(
                        accepted, accepted, 0, 0, 0, accepted - inProgress, 0, 0, inProgress, 0),
                new WorkCounters(0, 0, 0, 0),
                0,
                List.of(),
                List.of());
    }
}
