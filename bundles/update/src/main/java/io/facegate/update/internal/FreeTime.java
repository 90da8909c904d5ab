// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The time that frames leave to work that can wait: 85 % of it are for that work. While a frame is
 * worked on, or waits, no piece of the work is begun, unless it would get less than a twentieth of
 * all time. For one run of one thread.
 */
final class FreeTime {
    /** Part of the free time that is left free. */
    private static final double REST = 0.15;

    /** How often frames are looked at. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** So many times as long as the last piece took may frames keep the next one waiting. */
    private static final int LONGEST = 19;

    private final BooleanSupplier framesInWork;
    private final LongSupplier clock;
    private final Sleep sleep;
    private long begun;

    /** Blocks for a time. */
    interface Sleep {
        void nanos(long nanos) throws InterruptedException;
    }

    /**
     * @param framesInWork whether a frame is worked on or waits; asked often
     */
    FreeTime(BooleanSupplier framesInWork) {
        this(framesInWork, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    FreeTime(BooleanSupplier framesInWork, LongSupplier clock, Sleep sleep) {
        this.framesInWork = framesInWork;
        this.clock = clock;
        this.sleep = sleep;
        begun = clock.getAsLong();
    }

    /** Between two pieces of work: blocks until it is time for the next one. */
    void await() throws InterruptedException {
        long done = clock.getAsLong();
        long worked = done - begun;
        sleep.nanos((long) (worked * REST / (1 - REST)));
        while (framesInWork.getAsBoolean() && clock.getAsLong() - done < LONGEST * worked) {
            sleep.nanos(LOOK_NANOS);
        }
        begun = clock.getAsLong();
    }
}
