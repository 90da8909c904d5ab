// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.StageTimes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times of the last frames: percentiles of each stage and frames per second. Thread-safe. */
final class Latencies {
    private static final int FRAMES = 300;
    private static final long RATE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final List<String> STAGES =
            List.of("capture", "detect", "track", "encode", "match", "total");

    private final double[][] times = new double[STAGES.size()][FRAMES];
    private final long[] doneAt = new long[FRAMES];
    private long count;

    /** A frame was processed. */
    synchronized void record(StageTimes frame, long nanoTime) {
        int at = (int) (count++ % FRAMES);
        times[0][at] = frame.capture();
        times[1][at] = frame.detect();
        times[2][at] = frame.track();
        times[3][at] = frame.encode();
        times[4][at] = frame.match();
        times[5][at] = frame.total();
        doneAt[at] = nanoTime;
    }

    /** Percentiles of each stage, by nearest rank; empty before the first frame. */
    synchronized List<StageLatency> stages() {
        int size = (int) Math.min(count, FRAMES);
        List<StageLatency> stages = new ArrayList<>();
        for (int s = 0; s < STAGES.size() && size > 0; s++) {
            double[] sorted = Arrays.copyOf(times[s], size);
            Arrays.sort(sorted);
            stages.add(
                    new StageLatency(
                            STAGES.get(s), percentile(sorted, 0.50), percentile(sorted, 0.95)));
        }
        return stages;
    }

    /** Frames processed in the last seconds, per second. */
    synchronized double framesPerSecond(long nanoTime) {
        int size = (int) Math.min(count, FRAMES);
        int recent = 0;
        long oldest = nanoTime;
        for (int i = 0; i < size; i++) {
            if (nanoTime - doneAt[i] <= RATE_NANOS) {
                recent++;
                oldest = Math.min(oldest, doneAt[i]);
            }
        }
        long span = Math.max(nanoTime - oldest, TimeUnit.MILLISECONDS.toNanos(1));
        return recent < 2 ? 0 : (recent - 1) * 1e9 / span;
    }

    private static double percentile(double[] sorted, double part) {
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }
}
