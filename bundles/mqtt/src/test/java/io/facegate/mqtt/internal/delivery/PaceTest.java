// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    private static final long MILLI = 1_000_000;

    @ParameterizedTest
    @CsvSource({"50, 250", "50, 1", "1, 250", "3, 100", "1000, 40"})
    void asManyPerSecondAsItWasTold(int perSecond, int stepMillis) {
        Pace pace = new Pace(perSecond, 0);
        int went = 0;
        for (long now = 0; now <= 10_000; now += stepMillis) {
            int allowed = pace.allowed(50, now * MILLI);
            pace.went(allowed);
            went += allowed;
        }
        assertThat(went).isBetween(perSecond * 10 - 1, perSecond * 10);
    }

    @Test
    void noMoreThanHalfASecondsAtOnceAfterALongRest() {
        Pace pace = new Pace(50, 0);
        assertThat(pace.allowed(50, 3_600_000 * MILLI)).isEqualTo(25);
        pace.went(25);
        assertThat(pace.allowed(50, 3_600_000 * MILLI)).isZero();
    }

    @Test
    void withoutALimitAllThatAreAskedFor() {
        Pace pace = new Pace(0, 0);
        pace.went(1000);
        assertThat(pace.allowed(50, 0)).isEqualTo(50);
    }
}
