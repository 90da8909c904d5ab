// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import java.util.Objects;

/**
 * How long a stage takes.
 *
 * @param stage {@code capture}, {@code detect}, {@code track}, {@code encode}, {@code match} or
 *     {@code total}
 * @param p50Millis median, in milliseconds
 * @param p95Millis 95th percentile, in milliseconds
 * @param all every frame since the pipeline began
 */
public record StageLatency(String stage, double p50Millis, double p95Millis, LatencyHistogram all) {
    public StageLatency {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(all, "all");
    }

    /** Percentiles of the last frames only. */
    public StageLatency(String stage, double p50Millis, double p95Millis) {
        this(stage, p50Millis, p95Millis, LatencyHistogram.EMPTY);
    }
}
