// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.util.concurrent.TimeUnit;

/**
 * When the frames of a file are due, by their times in it. No frame is left out: one that is far
 * too late, or far ahead after a jump in the times, becomes the new start.
 */
final class Pacing {
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long JUMP = TimeUnit.SECONDS.toNanos(30);

    private boolean started;
    private long start;

    /**
     * How many nanoseconds a frame is early, 0 or less when it is due.
     *
     * @param positionMillis time of the frame in its file
     * @param now {@code System.nanoTime()}
     */
    long early(long positionMillis, long now) {
        long at = TimeUnit.MILLISECONDS.toNanos(positionMillis);
        long early = start + at - now;
        if (!started || early < -LATE || early > JUMP) {
            started = true;
            start = now - at;
            return 0;
        }
        return early;
    }
}
