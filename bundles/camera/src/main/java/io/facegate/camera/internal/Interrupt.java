// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.util.concurrent.TimeUnit;

/** Ends blocking calls of one source: at once when cancelled, or when a deadline has passed. */
final class Interrupt {
    private volatile boolean cancelled;
    private volatile long deadline;
    private volatile boolean timed;

    /** For good: every blocking call of the source ends. */
    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** The next blocking call may take so long; 0: as long as it likes. */
    void allow(long millis) {
        deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        timed = millis > 0;
    }

    boolean due() {
        return cancelled || timed && System.nanoTime() - deadline > 0;
    }
}
