// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.util.concurrent.TimeUnit;

/** Ends blocking calls of one source: at once when cancelled, or when a deadline has passed. */
final class Interrupt {
    private volatile boolean cancelled;
    private volatile long deadline;
    private volatile boolean timed;
    private volatile boolean expired;
    private Runnable ending = () -> {};

    /** For good: every blocking call of the source ends. */
    void cancel() {
        Runnable now;
        synchronized (this) {
            cancelled = true;
            now = ending;
        }
        now.run();
    }

    /** What ends the blocking calls that do not ask {@link #due()}; at once when cancelled. */
    void onCancel(Runnable end) {
        boolean late;
        synchronized (this) {
            ending = end;
            late = cancelled;
        }
        if (late) {
            end.run();
        }
    }

    boolean cancelled() {
        return cancelled;
    }

    /**
     * The next blocking call may take so long; 0: as long as it likes. A source that once took too
     * long stays interrupted, because demuxers hand out what they have left when they are.
     */
    void allow(long millis) {
        deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        timed = millis > 0;
    }

    boolean due() {
        if (timed && System.nanoTime() - deadline > 0) {
            expired = true;
        }
        return cancelled || expired;
    }
}
