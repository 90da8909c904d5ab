// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import java.util.List;

/**
 * All durations of a stage since its pipeline began, counted by size. Unlike percentiles of the
 * last frames, two histograms of different moments, or of several gateways, can be subtracted and
 * added.
 *
 * @param boundsMillis upper bounds, in milliseconds, rising
 * @param counts for each bound the durations up to and with it that are above the bound before it;
 *     the last element those above every bound
 * @param sumMillis all durations together, in milliseconds
 */
public record LatencyHistogram(List<Double> boundsMillis, List<Long> counts, double sumMillis) {
    /** Nothing was measured. */
    public static final LatencyHistogram EMPTY = new LatencyHistogram(List.of(), List.of(0L), 0);

    public LatencyHistogram {
        boundsMillis = List.copyOf(boundsMillis);
        counts = List.copyOf(counts);
        if (counts.size() != boundsMillis.size() + 1) {
            throw new IllegalArgumentException(
                    counts.size() + " counts do not fit " + boundsMillis.size() + " bounds");
        }
        for (int i = 1; i < boundsMillis.size(); i++) {
            if (boundsMillis.get(i) <= boundsMillis.get(i - 1)) {
                throw new IllegalArgumentException("bounds do not rise: " + boundsMillis);
            }
        }
    }

    /** Number of durations. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
