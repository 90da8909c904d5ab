// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.StoreException;
import io.facegate.store.internal.Sealing.Content;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decrypts encodings on other cores while their file is read on, and hands them over in the order
 * in which they were given. Few are decrypted by the caller's thread, as are all on one core.
 *
 * @param <T> what an encoding belongs to
 */
final class OpeningAhead<T> implements AutoCloseable {
    /** Encodings decrypted at a time: some hundred kilobytes. */
    private static final int CHUNK = 512;

    private static final int THREADS = Math.min(3, Runtime.getRuntime().availableProcessors() - 1);

    private final Sealing sealing;
    private final Taker<T> taker;

    /** Those of threads that are not at work: making one costs as much as many values. */
    private final Queue<Sealing> sealings = new ConcurrentLinkedQueue<>();

    private final Queue<Future<Chunk>> ahead = new ArrayDeque<>();
    private Chunk chunk = new Chunk();
    private ExecutorService threads;

    OpeningAhead(Sealing sealing, Taker<T> taker) {
        this.sealing = sealing;
        this.taker = taker;
    }

    /** Gets the values. */
    interface Taker<T> {
        void take(T owner, byte[] value, long row) throws SQLException;
    }

    private final class Chunk {
        private final Object[] owners = new Object[CHUNK];
        private final byte[][] values = new byte[CHUNK][];
        private final long[] rows = new long[CHUNK];
        private int size;

        void add(T owner, byte[] sealed, long row) {
            owners[size] = owner;
            values[size] = sealed;
            rows[size++] = row;
        }

        void open(Sealing with) throws StoreException {
            for (int i = 0; i < size; i++) {
                values[i] = with.open(Content.ENCODING, values[i], rows[i]);
            }
        }

        @SuppressWarnings("unchecked") // add put them in
        void handOver() throws SQLException {
            for (int i = 0; i < size; i++) {
                taker.take((T) owners[i], values[i], rows[i]);
            }
        }
    }

    /** The next one; the taker gets it, and those before it, now or later. */
    void add(T owner, byte[] sealed, long row) throws SQLException, StoreException {
        if (sealing.key().isEmpty() || THREADS < 1) {
            taker.take(owner, sealing.open(Content.ENCODING, sealed, row), row);
            return;
        }
        chunk.add(owner, sealed, row);
        if (chunk.size == CHUNK) {
            Chunk full = chunk;
            chunk = new Chunk();
            ahead.add(threads().submit(() -> opened(full)));
            if (ahead.size() > 2 * THREADS) {
                handOver(ahead.remove());
            }
        }
    }

    /** The taker has got them all when it returns. */
    void finish() throws SQLException, StoreException {
        while (!ahead.isEmpty()) {
            handOver(ahead.remove());
        }
        chunk.open(sealing);
        chunk.handOver();
    }

    private Chunk opened(Chunk full) throws StoreException {
        Sealing idle = sealings.poll();
        Sealing own = idle == null ? sealing.another() : idle;
        full.open(own);
        sealings.add(own);
        return full;
    }

    private void handOver(Future<Chunk> opened) throws SQLException, StoreException {
        try {
            opened.get().handOver();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("the reading of the store was interrupted", e);
        }
    }

    private ExecutorService threads() {
        if (threads == null) {
            AtomicInteger number = new AtomicInteger();
            threads =
                    Executors.newFixedThreadPool(
                            THREADS,
                            work -> {
                                Thread thread = new Thread(work);
                                thread.setName(
                                        "facegate-store-opening-" + number.getAndIncrement());
                                thread.setDaemon(true);
                                return thread;
                            });
        }
        return threads;
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
