// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Does work on several things at once and hands the results over one by one in the things' order,
 * to the thread that called. Only so many results are kept waiting.
 */
final class OrderedWork implements AutoCloseable {
    /** Things begun and not handed over yet, for each thread. */
    private static final int AHEAD = 4;

    private static final long POLL_MILLIS = 50;
    private static final long END_MILLIS = 3000;

    private final ExecutorService workers;
    private final int most;
    private final BooleanSupplier stopped;

    /**
     * @param name of the threads, with a number
     * @param threads at least 1
     * @param stopped whether to end, leaving things undone
     */
    OrderedWork(String name, int threads, BooleanSupplier stopped) {
        AtomicInteger number = new AtomicInteger();
        workers =
                Executors.newFixedThreadPool(
                        threads,
                        work -> {
                            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
        most = AHEAD * threads;
        this.stopped = stopped;
    }

    /** What is done with a thing by one of the threads. */
    interface Step<T, R> {
        R apply(T thing) throws Exception;
    }

    /** A thing and what comes of it. */
    private record Task<T, R>(T thing, Future<R> result) {}

    /**
     * Blocks until all is handed over, or the stop.
     *
     * @param taker takes a thing and its result, which throws what the work threw
     */
    <T, R> void run(List<T> things, Step<T, R> work, BiConsumer<T, Callable<R>> taker) {
        Iterator<T> left = things.iterator();
        Deque<Task<T, R>> tasks = new ArrayDeque<>();
        while (!stopped.getAsBoolean() && (left.hasNext() || !tasks.isEmpty())) {
            while (left.hasNext() && tasks.size() < most) {
                T thing = left.next();
                tasks.add(new Task<>(thing, workers.submit(() -> work.apply(thing))));
            }
            Task<T, R> first = tasks.getFirst();
            try {
                if (done(first.result())) {
                    tasks.removeFirst();
                    taker.accept(first.thing(), () -> result(first.result()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean done(Future<?> future) throws InterruptedException {
        try {
            future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
        return true;
    }

    private static <R> R result(Future<R> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Drops what was not begun and waits a moment for the rest, whose results are lost. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            workers.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
