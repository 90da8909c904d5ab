// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a keeper work once a second, away from the threads that see: each face and each person is a
 * write of its own, but somebody seen several times in between is written once.
 */
final class KeeperThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KeeperThread.class);
    private static final long TICK_MILLIS = 1000;
    private static final long STOP_MILLIS = 3000;

    private final Keeper keeper;
    private final Thread thread;
    private boolean closed;

    /** Starts. */
    KeeperThread(Keeper keeper) {
        this.keeper = keeper;
        thread = new Thread(this::run, "facegate-sightings");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!awaitEnd()) {
                keeper.step();
            }
        } catch (InterruptedException e) {
            log.debug("interrupted");
        }
        keeper.close();
    }

    private synchronized boolean awaitEnd() throws InterruptedException {
        if (!closed) {
            wait(TICK_MILLIS);
        }
        return closed;
    }

    /** Writes what waits, within 3 seconds. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.warn("the disk takes too long: what was seen last may not be kept");
        }
    }
}
