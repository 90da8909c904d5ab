// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.right;

import java.util.function.LongSupplier;

/** So many in a minute, all of them at once if need be. For one thread. */
public final class RateLimit {
    private static final double MINUTE = 60e9;

    private final int most;
    private final LongSupplier nanos;
    private double left;
    private long last;

    /**
     * @param most in a minute
     * @param nanos what {@link System#nanoTime()} says
     */
    public RateLimit(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        left = most;
        last = nanos.getAsLong();
    }

    /** Whether one more may be. */
    public boolean take() {
        long now = nanos.getAsLong();
        left = Math.min(most, left + (now - last) * most / MINUTE);
        last = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
