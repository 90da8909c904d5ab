// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

class HeapRoomTest {
    private static final long MB = 1 << 20;

    @Test
    void collectsOnceAfterWhatTookMuch() {
        AtomicInteger collections = new AtomicInteger();
        HeapRoom heap = new HeapRoom(() -> 1000 * MB, collections::incrementAndGet);
        heap.giveBack();
        heap.<Integer, RuntimeException>within(20 * MB, () -> 1, () -> 2);
        heap.giveBack();
        assertThat(collections).as("too little for it").hasValue(0);
        heap.<Integer, RuntimeException>within(70 * MB, () -> 1, () -> 2);
        heap.<Integer, RuntimeException>within(20 * MB, () -> 1, () -> 2);
        heap.giveBack();
        heap.giveBack();
        assertThat(collections).hasValue(1);
    }
}
