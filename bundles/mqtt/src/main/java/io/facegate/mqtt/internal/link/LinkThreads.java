// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The threads of one link; Paho gives them names while they work for it. */
final class LinkThreads {
    /** Paho connects, reads, writes, calls back, pings and disconnects on a thread each. */
    private static final int COUNT = 7;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(COUNT, this::thread);

    LinkThreads() {
        // Paho may leave its next ping behind, which would keep the threads until it is due
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "facegate-mqtt-link");
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    ScheduledExecutorService executor() {
        return executor;
    }

    /** Lets the work under way end and waits for it. */
    void end(long millis) throws InterruptedException {
        executor.shutdown();
        long deadline = System.nanoTime() + millis * 1_000_000;
        for (Thread thread : threads) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
    }

    /** Starts nothing any more; does not wait. */
    void end() {
        executor.shutdown();
    }
}
