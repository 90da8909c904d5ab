// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Work on several things at once, the results of which are taken one by one in the order of the
 * things. For one thread that adds and takes.
 *
 * @param <T> a thing
 * @param <R> what comes of it
 */
public final class InOrder<T, R> implements AutoCloseable {
    private static final long POLL_MILLIS = 50;

    /** Of the few seconds a command may take to end; the rest is for completing its files. */
    private static final long END_MILLIS = 1000;

    private final ExecutorService workers;
    private final int capacity;
    private final Queue<Done<T, R>> begun = new ArrayDeque<>();

    /**
     * @param name of the threads, with a number
     * @param threads at least 1
     * @param capacity things begun and not taken yet, at least 1
     */
    public InOrder(String name, int threads, int capacity) {
        AtomicInteger number = new AtomicInteger();
        workers =
                Executors.newFixedThreadPool(
                        threads,
                        work -> {
                            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
        this.capacity = capacity;
    }

    /** What is done with a thing by one of the threads. */
    public interface Step<T, R> {
        R apply(T thing) throws Exception;
    }

    /** A thing and what came of it. */
    public static final class Done<T, R> {
        private final T thing;
        private final Future<R> future;

        private Done(T thing, Future<R> future) {
            this.thing = thing;
            this.future = future;
        }

        public T thing() {
            return thing;
        }

        /** The result, or what the work threw: an exception as it is, an error as a cause. */
        public R result() throws Exception {
            try {
                return future.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw e;
            }
        }

        private boolean await() throws InterruptedException {
            try {
                future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                return true;
            }
            return true;
        }
    }

    /** Whether a result must be taken before the next thing is added. */
    public boolean isFull() {
        return begun.size() >= capacity;
    }

    public boolean isEmpty() {
        return begun.isEmpty();
    }

    /**
     * @param work done by one of the threads; it is held until it is done, the thing until taken
     */
    public void add(T thing, Callable<R> work) {
        begun.add(new Done<>(thing, workers.submit(work)));
    }

    /**
     * Takes the oldest thing; blocks until it is done.
     *
     * @param stopped whether to wait no longer
     * @return empty when it was stopped
     * @throws IllegalStateException the thread was interrupted (it stays so)
     */
    public Optional<Done<T, R>> take(BooleanSupplier stopped) {
        Done<T, R> oldest = begun.remove();
        try {
            while (!stopped.getAsBoolean()) {
                if (oldest.await()) {
                    return Optional.of(oldest);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while work was waited for", e);
        }
        return Optional.empty();
    }

    /**
     * Does the work on all things, as many at once as fit; blocks until all are taken, or the stop.
     *
     * @param taker called by this thread, in order
     */
    public void run(
            Iterable<T> things,
            Step<T, R> work,
            Consumer<Done<T, R>> taker,
            BooleanSupplier stopped) {
        for (T thing : things) {
            if (stopped.getAsBoolean() || isFull() && !handOver(taker, stopped)) {
                return;
            }
            add(thing, () -> work.apply(thing));
        }
        boolean goOn = true;
        while (goOn && !isEmpty()) {
            goOn = handOver(taker, stopped);
        }
    }

    private boolean handOver(Consumer<Done<T, R>> taker, BooleanSupplier stopped) {
        Optional<Done<T, R>> done = take(stopped);
        done.ifPresent(taker);
        return done.isPresent();
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
