// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

/** Times of the parts of one piece of work. Not thread-safe. */
public final class Stopwatch {
    private long start = System.nanoTime();

    /** Starts the first lap. */
    public Stopwatch() {}

    /** Milliseconds since the last lap, or since it was made. */
    public double lap() {
        long now = System.nanoTime();
        double millis = (now - start) / 1e6;
        start = now;
        return millis;
    }
}
