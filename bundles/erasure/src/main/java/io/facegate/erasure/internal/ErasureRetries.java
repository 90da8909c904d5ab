// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;

/**
 * Goes on with erasures that are not complete, on a thread of its own: at once, then after a
 * second, two, four, up to five minutes. A look at the folder in between finds those of other
 * processes.
 */
final class ErasureRetries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ErasureRetries.class);
    private static final long LOOK_MILLIS = 1000;
    private static final long FIRST_MILLIS = 1000;
    private static final long LAST_MILLIS = TimeUnit.MINUTES.toMillis(5);
    private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final long JOIN_MILLIS = 3000;

    private final Erasures erasures;
    private final Thread thread;
    private volatile boolean stopped;
    private boolean woken;

    ErasureRetries(Erasures erasures) {
        this.erasures = erasures;
        thread = new Thread(this::run, "facegate-erasure");
        thread.setDaemon(true);
        thread.start();
    }

    /** There may be something to go on with. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    @Override
    public void close() {
        stopped = true;
        wake();
        try {
            thread.join(JOIN_MILLIS);
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long delay = FIRST_MILLIS;
        try {
            while (!stopped) {
                if (resumed()) {
                    delay = FIRST_MILLIS;
                    await(IDLE_MILLIS, false);
                } else {
                    await(delay, true);
                    delay = Math.min(2 * delay, LAST_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean resumed() {
        try {
            return erasures.goOn();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Erasures cannot be gone on with: {}", e, e);
            return false;
        }
    }

    /** Until the time is over, somebody wakes it, or a place that was missing is there. */
    private void await(long millis, boolean looking) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (this) {
            while (!woken && !stopped) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || looking && erasures.somebodyCame()) {
                    break;
                }
                wait(looking ? Math.min(left, LOOK_MILLIS) : left);
            }
            woken = false;
        }
    }
}
