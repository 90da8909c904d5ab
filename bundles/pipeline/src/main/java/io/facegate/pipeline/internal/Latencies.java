// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.LatencyHistogram;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.StageTimes;
import io.facegate.pipeline.internal.analysis.Analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Times of the last frames (percentiles of each stage, frames per second) and histograms of all.
 * Thread-safe; the worker never waits for a reader to compute.
 */
final class Latencies {
    private static final int FRAMES = 300;
    private static final long RATE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final List<String> STAGES =
            List.of("capture", "detect", "track", "encode", "match", "total");

    /** In milliseconds; 150 is the latency a live stream is meant to stay below. */
    private static final List<Double> BOUNDS =
            List.of(1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 150.0, 250.0, 500.0, 1000.0, 2500.0);

    private final double[][] times = new double[STAGES.size()][FRAMES];
    private final long[] doneAt = new long[FRAMES];
    private final long[][] counts = new long[STAGES.size()][BOUNDS.size() + 1];
    private final double[] sums = new double[STAGES.size()];
    private long count;

    /**
     * What a frame took that is done now.
     *
     * @param startedNanos {@link System#nanoTime()} when the work on it began
     */
    static StageTimes times(
            Frame frame, long startedNanos, Analysis analysis, double trackingMillis) {
        return new StageTimes(
                millisUntil(frame, startedNanos),
                analysis.detectMillis(),
                analysis.trackMillis(),
                analysis.encodeMillis(),
                analysis.matchMillis() + trackingMillis,
                millisUntil(frame, System.nanoTime()));
    }

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
        for (int s = 0; s < times.length; s++) {
            counts[s][bucket(times[s][at])]++;
            sums[s] += times[s][at];
        }
    }

    /** Percentiles, by nearest rank, and histogram of each stage; empty before the first frame. */
    List<StageLatency> stages() {
        List<StageLatency> stages = new ArrayList<>();
        List<double[]> last = new ArrayList<>();
        List<LatencyHistogram> all = new ArrayList<>();
        synchronized (this) {
            int size = (int) Math.min(count, FRAMES);
            for (int s = 0; s < STAGES.size() && size > 0; s++) {
                last.add(Arrays.copyOf(times[s], size));
                all.add(histogram(s));
            }
        }
        for (int s = 0; s < last.size(); s++) {
            double[] sorted = last.get(s);
            Arrays.sort(sorted);
            stages.add(
                    new StageLatency(
                            STAGES.get(s),
                            percentile(sorted, 0.50),
                            percentile(sorted, 0.95),
                            all.get(s)));
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

    private LatencyHistogram histogram(int stage) {
        List<Long> copy = Arrays.stream(counts[stage]).boxed().toList();
        return new LatencyHistogram(BOUNDS, copy, sums[stage]);
    }

    private static int bucket(double millis) {
        int found = Collections.binarySearch(BOUNDS, millis);
        return found < 0 ? -found - 1 : found;
    }

    private static double percentile(double[] sorted, double part) {
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }

    private static double millisUntil(Frame frame, long nanoTime) {
        return Math.max(0, (nanoTime - frame.captured().nanos()) / 1e6);
    }
}
