// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

/** Times of the parts of one piece of work. Not thread-safe. */
final class Stopwatch {
    private long start = System.nanoTime();

    /** Milliseconds since the last lap, or since it was made. */
    double lap() {
        long now = System.nanoTime();
        double millis = (now - start) / 1e6;
        start = now;
        return millis;
    }
}
