// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import java.util.concurrent.TimeUnit;

/**
 * Another gateway with the same id, as after a card was copied: it says that it is there when this
 * one did not. One such word may be anybody's; it is answered, so that the other hears of this one,
 * and a second within a while is a namesake. Each goes on saying so, so that both know as long as
 * both are there. For one thread.
 */
final class Namesake {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(90);

    private boolean heardOnce;
    private boolean known;
    private boolean due;
    private boolean news;
    private long heard;
    private long answered;

    Namesake(long now) {
        answered = now - REPEAT_NANOS;
    }

    /** Somebody else said that the gateway is there. */
    void heard(long now) {
        boolean before = known;
        known = heardOnce && now - heard < GONE_NANOS;
        news = !before;
        heardOnce = true;
        heard = now;
        due = true;
    }

    /** Whether there is one. */
    boolean there(long now) {
        if (heardOnce && now - heard >= GONE_NANOS) {
            known = false;
            heardOnce = false;
            due = false;
        }
        return known;
    }

    /** Whether it is to be told of this one now; true once. */
    boolean answer(long now) {
        if (!due || now - answered < (news ? PAUSE_NANOS : REPEAT_NANOS)) {
            return false;
        }
        due = known;
        news = false;
        answered = now;
        return true;
    }
}
