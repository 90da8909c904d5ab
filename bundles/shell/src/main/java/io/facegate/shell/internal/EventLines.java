// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import io.facegate.api.recognition.RecognitionEvent;

import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints events from a thread of its own, so that a blocked terminal never holds up recognition.
 * When the reader is away for too long, events are counted instead of kept, and the count is
 * printed.
 */
final class EventLines implements AutoCloseable {
    private static final long IDLE_MILLIS = 200;
    private static final long JOIN_MILLIS = 2000;

    private final PrintStream out;
    private final EventLine format;
    private final Runnable idle;
    private final BlockingQueue<RecognitionEvent> queue;
    private final AtomicLong missed = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts the thread.
     *
     * @param capacity events kept while the reader is away
     * @param idle called between events, a few times a second
     */
    EventLines(PrintStream out, EventLine format, int capacity, Runnable idle) {
        this.out = out;
        this.format = format;
        this.idle = idle;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = new Thread(this::print, "facegate-shell-events");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns at once. */
    void offer(RecognitionEvent event) {
        if (!queue.offer(event)) {
            missed.incrementAndGet();
        }
    }

    private void print() {
        try {
            while (!closed) {
                RecognitionEvent event = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    print(event);
                } else {
                    idle.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (RecognitionEvent event = queue.poll(); event != null; event = queue.poll()) {
            print(event);
        }
    }

    private void print(RecognitionEvent event) {
        out.println(format.of(event));
        long count = missed.getAndSet(0);
        if (count > 0) {
            out.println("(" + count + " events could not be printed here)");
        }
        out.flush();
    }

    /** Prints what waits and ends the thread; leaves it behind when the reader blocks it. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(JOIN_MILLIS);
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
