// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

/**
 * Gives back what a source reads with when the source is closed: at once, or by the thread that
 * reads a frame when it has ended, since nothing may be freed under it. Thread-safe.
 */
final class Closing {
    private final Runnable free;
    private boolean isClosed;
    private boolean isReading;

    /** {@code free}: called once, when nothing is read any more. */
    Closing(Runnable free) {
        this.free = free;
    }

    /** Whether a frame may be read; then {@link #endReading} is called after it. */
    synchronized boolean beginReading() {
        if (isClosed) {
            return false;
        }
        isReading = true;
        return true;
    }

    synchronized void endReading() {
        isReading = false;
        if (isClosed) {
            free.run();
        }
    }

    /** From the second time on nothing happens. */
    synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (!isReading) {
            free.run();
        }
    }
}
