// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelClockTest {
    @Test
    void aClockIsSynchronisedWhileTheKernelReckonsWithASmallError() {
        assertThat(new KernelClock(() -> 250_000).isSynchronized()).contains(true);
        assertThat(new KernelClock(() -> 15_999_999).isSynchronized()).contains(true);
        assertThat(new KernelClock(() -> 16_000_000).isSynchronized()).contains(false);
        assertThat(new KernelClock(() -> -1).isSynchronized()).as("nobody can tell").isEmpty();
    }

    @Test
    void theKernelOfThisMachineAnswers() {
        assertThat(new KernelClock().isSynchronized()).isPresent();
    }
}
