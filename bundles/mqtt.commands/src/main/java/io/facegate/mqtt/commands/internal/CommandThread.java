// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread of commands that take their time, started with the first of them. {@link #start} for
 * one thread, {@link #stop} for any.
 */
final class CommandThread {
    private static final int MAX_WAITING = 10;
    private static final long STOP_MILLIS = 1000;

    private Optional<ExecutorService> worker = Optional.empty();
    private boolean stopped;

    /** Takes a task; false when too many wait. */
    synchronized boolean start(Runnable task) {
        if (stopped) {
            return false;
        }
        if (worker.isEmpty()) {
            worker = Optional.of(worker());
        }
        try {
            worker.get().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
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
        last.ifPresent(CommandThread::end);
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

    private static ExecutorService worker() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                task -> {
                    Thread thread = new Thread(task, "facegate-mqtt-commands");
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
