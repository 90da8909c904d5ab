// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

class ClosingTest {
    private final AtomicInteger freed = new AtomicInteger();
    private final Closing closing = new Closing(freed::incrementAndGet);

    @Test
    void whatIsNotReadIsFreedAtOnce() {
        assertThat(closing.beginReading()).isTrue();
        closing.endReading();
        assertThat(freed).hasValue(0);
        closing.close();
        assertThat(freed).hasValue(1);
        closing.close();
        assertThat(freed).hasValue(1);
        assertThat(closing.beginReading()).isFalse();
    }

    @Test
    void whatIsReadIsFreedAfterwards() {
        assertThat(closing.beginReading()).isTrue();
        closing.close();
        closing.close();
        assertThat(freed).hasValue(0);
        assertThat(closing.beginReading()).isFalse();
        closing.endReading();
        assertThat(freed).hasValue(1);
        closing.close();
        assertThat(freed).hasValue(1);
    }
}
