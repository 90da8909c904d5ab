// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.exchange.internal.PickleValues.Bytes;

/**
 * An account of the memory that reading a pickle takes, by estimate: one byte of a file can stand
 * for an object of fifty. The estimate is never below what is really used.
 */
final class PickleMemory {
    /** What an object takes besides its content. */
    static final int OBJECT = 64;

    private static final int SLOT = 8;
    private static final int NUMBER = 24;

    private final long limit;
    private long taken;

    PickleMemory(long limit) {
        this.limit = limit;
    }

    void take(long bytes) throws RefusedFileException {
        taken += bytes;
        if (taken > limit || taken < 0) {
            throw new RefusedFileException(
                    "it takes more than the "
                            + (limit >> 20)
                            + " MB of memory there are for it (FACEGATE_HEAP=1g gives more)");
        }
    }

    void give(long bytes) {
        taken -= bytes;
    }

    /** What a call made, of which nothing was counted yet. */
    void takeMade(Object made) throws RefusedFileException {
        long content = 2L * OBJECT;
        if (made instanceof Bytes bytes) {
            content = bytes.content().length;
        } else if (made instanceof String text) {
            content = 2L * text.length();
        }
        take(OBJECT + content);
    }

    /** What a place that holds an object takes; numbers count with every place that holds them. */
    static long slot(Object held) {
        return held instanceof Double || held instanceof Long ? SLOT + NUMBER : SLOT;
    }
}
