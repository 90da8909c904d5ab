// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A thread of commands that take their time, one after the other, started with the first of them.
 * {@link #start} for one thread, {@link #stop} for any.
 */
final class CommandLane {
    /** Letters of all that wait; pictures are long. */
    private static final long MOST_LETTERS = 12L << 20;

    private static final long STOP_MILLIS = 1000;

    private final String name;
    private final int most;
    private final AtomicLong letters = new AtomicLong();
    private Optional<ExecutorService> worker = Optional.empty();
    private boolean stopped;

    /**
     * @param most that may wait
     */
    CommandLane(String name, int most) {
        this.name = name;
        this.most = most;
    }

    /**
     * Takes a task.
     *
     * @param length letters that it holds until it is done
     * @return false when too many wait
     */
    synchronized boolean start(Runnable task, int length) {
        if (stopped || letters.get() + length > MOST_LETTERS) {
            return false;
        }
        if (worker.isEmpty()) {
            worker = Optional.of(worker());
        }
        letters.addAndGet(length);
        try {
            worker.get()
                    .execute(
                            () -> {
                                try {
                                    task.run();
                                } finally {
                                    letters.addAndGet(-length);
                                }
                            });
            return true;
        } catch (RejectedExecutionException e) {
            letters.addAndGet(-length);
            return false;
        }
    }

    /** Lets what runs come to its end for a while; an erasure goes on at the next start. */
    void stop() {
        Optional<ExecutorService> last;
        synchronized (this) {
            stopped = true;
            last = worker;
        }
        last.ifPresent(CommandLane::end);
    }

    private static void end(ExecutorService worker) {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ExecutorService worker() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(most),
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
