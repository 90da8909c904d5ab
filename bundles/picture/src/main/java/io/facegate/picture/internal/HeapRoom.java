// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Room on the heap for decoded pictures. An error for want of it must not be waited for: the
 * gateway ends with the first one, whoever caused it. Thread-safe.
 */
final class HeapRoom {
    private static final int MEGABYTE = 1 << 20;

    /** Pictures that may be decoded at any time, several at once. */
    static final long SMALL = 16L * MEGABYTE;

    /** Bytes that are worth a collection when they are free again. */
    private static final long LARGE = 32L * MEGABYTE;

    /** What is left to others: the youngest objects, and what is made of the picture. */
    static final long RESERVE = 40L * MEGABYTE;

    /** The heap of this process. */
    static final HeapRoom OF_THIS_PROCESS =
            new HeapRoom(
                    () -> {
                        Runtime runtime = Runtime.getRuntime();
                        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
                    },
                    System::gc);

    private final LongSupplier free;
    private final Runnable collection;
    private final ReentrantLock large = new ReentrantLock();
    private final AtomicBoolean taken = new AtomicBoolean();

    /** Decodes. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * @param free bytes of the heap that nothing takes, also such as it may yet grow by
     * @param collection makes more of them free where it can
     */
    HeapRoom(LongSupplier free, Runnable collection) {
        this.free = free;
        this.collection = collection;
    }

    /**
     * Does something that needs room, one after the other where that is much.
     *
     * @param otherwise does it when there is no room, such as throwing an exception
     */
    <T, E extends Exception> T within(long bytes, Work<T, E> work, Work<T, E> otherwise) throws E {
        if (bytes <= SMALL) {
            return work.run();
        }
        large.lock();
        try {
            taken.compareAndSet(false, bytes > LARGE);
            return has(bytes) ? work.run() : otherwise.run();
        } finally {
            large.unlock();
        }
    }

    /**
     * Gives what a large picture took back to the system, before the detector takes as much of it;
     * does nothing when there was none.
     */
    void giveBack() {
        if (taken.getAndSet(false)) {
            collection.run();
        }
    }

    private boolean has(long bytes) {
        long needed = bytes + RESERVE;
        if (free.getAsLong() < needed) {
            collection.run();
        }
        return free.getAsLong() >= needed;
    }
}
