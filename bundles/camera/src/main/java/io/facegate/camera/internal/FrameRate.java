// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Frames per second over the last seconds. Thread-safe. */
final class FrameRate {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(4);

    private final Deque<Long> times = new ArrayDeque<>();

    synchronized void count(long nanos) {
        times.addLast(nanos);
        trim(nanos);
    }

    synchronized double perSecond(long nanos) {
        trim(nanos);
        if (times.size() < 2) {
            return 0;
        }
        double seconds = (times.getLast() - times.getFirst()) / 1e9;
        return seconds > 0 ? (times.size() - 1) / seconds : 0;
    }

    synchronized void reset() {
        times.clear();
    }

    private void trim(long nanos) {
        while (!times.isEmpty() && nanos - times.getFirst() > WINDOW) {
            times.removeFirst();
        }
    }
}
