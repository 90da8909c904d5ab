// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.util.Random;

/** Waits between attempts: 0.5 s, doubled up to 30 s, each up to a fifth longer or shorter. */
final class Backoff {
    private static final long FIRST_MILLIS = 500;
    private static final long LAST_MILLIS = 30_000;

    private final Random random = new Random();
    private long next = FIRST_MILLIS;

    /** Milliseconds to wait now. */
    long next() {
        long wait = next;
        next = Math.min(2 * next, LAST_MILLIS);
        return (long) (wait * (0.8 + 0.4 * random.nextDouble()));
    }

    void reset() {
        next = FIRST_MILLIS;
    }
}
