// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The threads of the store: one polls the file, one checks it once and ends. */
final class StoreWatch implements AutoCloseable {
    private static final long JOIN_MILLIS = 3000;
    private static final long JOIN_STEP_MILLIS = 100;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final SqliteStore store;
    private final List<Thread> threads;

    /** Starts at once; {@code checked} reads the whole file in the background. */
    StoreWatch(SqliteStore store, long pollMillis, boolean checked) {
        this.store = store;
        Thread poll = new Thread(() -> poll(pollMillis), "facegate-store-poll");
        Thread check = new Thread(store::check, "facegate-store-check");
        this.threads = checked ? List.of(poll, check) : List.of(poll);
        for (Thread thread : threads) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void poll(long millis) {
        try {
            while (!stop.await(millis, TimeUnit.MILLISECONDS)) {
                store.poll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the store too, which ends a check that runs. */
    @Override
    public void close() {
        stop.countDown();
        store.close();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
        try {
            for (Thread thread : threads) {
                thread.join(JOIN_STEP_MILLIS);
                while (thread.isAlive() && System.nanoTime() < end) {
                    // A check that had not begun when it was cancelled is cancelled again.
                    store.close();
                    thread.join(JOIN_STEP_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
