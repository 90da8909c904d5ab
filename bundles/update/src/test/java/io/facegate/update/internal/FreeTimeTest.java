// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

/** Work of 85 ms, on a clock that only sleeping and working move. */
class FreeTimeTest {
    private static final long WORK = TimeUnit.MILLISECONDS.toNanos(85);

    private long now;
    private long framesEnd;
    private final FreeTime time =
            new FreeTime(() -> now < framesEnd, () -> now, nanos -> now += nanos);

    @Test
    void withoutFramesItRestsForFifteenPartsOfAHundred() throws Exception {
        assertThat(waited()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(15));
        assertThat(waited()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(15));
    }

    @Test
    void framesGoFirst() throws Exception {
        framesEnd = WORK + TimeUnit.MILLISECONDS.toNanos(400);
        assertThat(waited()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(400));
    }

    @Test
    void whereFramesNeverEndItGetsATwentieth() throws Exception {
        framesEnd = Long.MAX_VALUE;
        assertThat(waited()).isEqualTo(19 * WORK);
        assertThat(waited()).isEqualTo(19 * WORK);
    }

    /** After a piece of work. */
    private long waited() throws InterruptedException {
        now += WORK;
        long before = now;
        time.await();
        return now - before;
    }
}
