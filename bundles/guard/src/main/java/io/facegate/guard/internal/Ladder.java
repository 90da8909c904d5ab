// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.internal;

import io.facegate.api.load.LoadLimit.Step;

import java.time.Duration;

/** Goes one step up while there is need, and one down after every span of calm. Not thread-safe. */
final class Ladder {
    private static final Step[] STEPS = Step.values();

    private final Duration up;
    private final Duration down;
    private int step;
    private long steppedAt;
    private long calmSince;

    /**
     * @param up from one step to the next, while there is need; the first is taken at once
     * @param down of calm until a step is taken back
     */
    Ladder(Duration up, Duration down) {
        this.up = up;
        this.down = down;
    }

    /**
     * Takes in how the machine is.
     *
     * @param need whether there is need
     * @param calm whether nothing is near its bound; not both
     * @param nanos of the clock that nobody sets
     */
    Step next(boolean need, boolean calm, long nanos) {
        if (!calm) {
            calmSince = nanos;
        }
        boolean due = step == 0 || nanos - steppedAt >= up.toNanos();
        if (need && due && step < STEPS.length - 1) {
            step++;
            steppedAt = nanos;
        } else if (calm && step > 0 && nanos - calmSince >= down.toNanos()) {
            step--;
            calmSince = nanos;
        }
        return STEPS[step];
    }
}
