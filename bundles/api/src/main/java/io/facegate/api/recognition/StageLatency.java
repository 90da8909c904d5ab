// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

/**
 * How long a stage takes.
 *
 * @param stage {@code capture}, {@code detect}, {@code track}, {@code encode}, {@code match} or
 *     {@code total}
 * @param p50Millis median, in milliseconds
 * @param p95Millis 95th percentile, in milliseconds
 */
public record StageLatency(String stage, double p50Millis, double p95Millis) {}
