// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

/**
 * How fast what waited pours out. A broker acknowledges what it takes, not what its subscribers
 * get: of 10,000 events at full speed a slow one got the first 1,000. For one thread.
 */
final class Pace {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double most;
    private double allowed;
    private long then;

    /**
     * @param perSecond events; 0 for as fast as the broker acknowledges
     */
    Pace(int perSecond, long now) {
        this.perSecond = perSecond;
        most = Math.max(1, perSecond / 2.0);
        then = now;
    }

    /** How many may go now, {@code limit} at the most. */
    int allowed(int limit, long now) {
        if (perSecond <= 0) {
            return limit;
        }
        allowed = Math.min(most, allowed + (now - then) / NANOS * perSecond);
        then = now;
        return (int) Math.min(limit, allowed);
    }

    /** So many went. */
    void went(int events) {
        allowed -= events;
    }

    /** Whether more may go as soon as the broker has acknowledged. */
    boolean unlimited() {
        return perSecond <= 0;
    }
}
