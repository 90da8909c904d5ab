// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits on conditions. */
public final class Await {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Await() {}

    /**
     * Waits until a condition gives something.
     *
     * @param what what is waited for, for the failure
     * @param condition gives null or false as long as it does not hold
     * @return what the condition gave
     * @throws AssertionError when it does not hold in time
     */
    public static <T> T until(String what, Duration deadline, Callable<T> condition)
            throws Exception {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            T value = condition.call();
            if (value != null && !Boolean.FALSE.equals(value)) {
                return value;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + what + " within " + deadline);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /**
     * Waits until a condition holds that the test makes clear by itself.
     *
     * @throws AssertionError when it does not within a minute
     */
    public static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + MINUTE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("time is up");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
