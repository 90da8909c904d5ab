// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Room for as many messages on their way as the broker takes: Paho throws where there is none,
 * which costs more than to wait. Thread-safe.
 */
final class Room {
    /** What a broker takes that says nothing (MQTT 5, section 3.2.2.3.3). */
    static final int USUAL = 65_535;

    private static final long WAIT_MILLIS = 5000;

    private final Semaphore free;

    Room(int messages) {
        free = new Semaphore(messages);
    }

    /**
     * Waits for room for one more.
     *
     * @throws LinkException there is none for long
     */
    void enter() throws LinkException {
        try {
            if (!free.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new LinkException("the broker does not acknowledge");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException("interrupted", e);
        }
    }

    /** One is acknowledged, or never will be. */
    void leave() {
        free.release();
    }
}
