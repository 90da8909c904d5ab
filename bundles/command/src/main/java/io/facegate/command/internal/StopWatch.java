// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import io.facegate.command.internal.session.StopSignal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Stops a command once whoever asked for it wants that, also while it is blocked in something that
 * its signal closes.
 */
final class StopWatch {
    private static final long POLL_MILLIS = 50;

    private final BooleanSupplier wanted;
    private final StopSignal stop;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Starts looking, on a thread of its own. */
    StopWatch(BooleanSupplier wanted, StopSignal stop) {
        this.wanted = wanted;
        this.stop = stop;
        Thread thread = new Thread(this::watch, "facegate-command-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (!ended.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (wanted.getAsBoolean()) {
                    stop.stop();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the looking. */
    void end() {
        ended.countDown();
    }
}
