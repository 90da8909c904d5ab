// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facegate.api.recognition.LatencyHistogram;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.StageTimes;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void nothingIsMeasuredBeforeTheFirstFrame() {
        assertThat(latencies.stages()).isEmpty();
        assertThat(latencies.framesPerSecond(0)).isZero();
    }

    @Test
    void aDurationOnABoundCountsBelowIt() {
        record(1);
        record(1.001);
        record(150);
        record(2500);
        record(2500.5);
        LatencyHistogram detect = stage("detect").all();
        assertThat(detect.count()).isEqualTo(5);
        assertThat(below(detect, 1)).isEqualTo(1);
        assertThat(below(detect, 2.5)).isEqualTo(2);
        assertThat(below(detect, 150)).isEqualTo(3);
        assertThat(below(detect, 2500)).isEqualTo(4);
        assertThat(detect.sumMillis()).isCloseTo(5152.501, within(1e-9));
    }

    @Test
    void percentilesForgetWhatTheHistogramKeeps() {
        for (int i = 0; i < 300; i++) {
            record(400);
        }
        for (int i = 0; i < 300; i++) {
            record(4);
        }
        StageLatency detect = stage("detect");
        assertThat(detect.p50Millis()).isEqualTo(4);
        assertThat(detect.p95Millis()).isEqualTo(4);
        assertThat(detect.all().count()).isEqualTo(600);
        assertThat(detect.all().sumMillis()).isCloseTo(300 * 404, within(1e-6));
        assertThat(below(detect.all(), 250)).isEqualTo(300);
    }

    @Test
    void everyStageCountsEveryFrame() {
        record(7);
        record(9);
        assertThat(latencies.stages())
                .isNotEmpty()
                .allSatisfy(stage -> assertThat(stage.all().count()).isEqualTo(2));
    }

    private void record(double detectMillis) {
        latencies.record(new StageTimes(1, detectMillis, 3, 12, 0.2, detectMillis + 17), 0);
    }

    private StageLatency stage(String name) {
        return latencies.stages().stream()
                .filter(stage -> stage.stage().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long below(LatencyHistogram histogram, double bound) {
        int bounds = histogram.boundsMillis().indexOf(bound) + 1;
        return histogram.counts().stream().limit(bounds).mapToLong(Long::longValue).sum();
    }
}
