// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesakeTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aWordOfSomebodyIsAnsweredOnceAndForgotten() {
        Namesake namesake = new Namesake(0);
        assertThat(namesake.answer(0)).isFalse();
        namesake.heard(0);
        assertThat(namesake.there(0)).isFalse();
        assertThat(namesake.answer(0)).isTrue();
        assertThat(namesake.answer(60 * SECOND)).isFalse();
        assertThat(namesake.there(90 * SECOND)).isFalse();
        namesake.heard(200 * SECOND);
        assertThat(namesake.there(200 * SECOND)).isFalse();
    }

    @Test
    void twoKnowOfEachOtherAsLongAsBothAreThere() {
        Namesake one = new Namesake(0);
        Namesake other = new Namesake(0);
        other.heard(0); // one says that it is there
        long last = 0;
        for (long now = 0; now < 300 * SECOND; now += SECOND / 4) {
            if (one.answer(now)) {
                other.heard(now);
            }
            if (other.answer(now)) {
                one.heard(now);
                last = now;
            }
            if (now > 3 * SECOND) {
                assertThat(one.there(now) && other.there(now)).isTrue();
            }
        }
        assertThat(other.there(last + 120 * SECOND)).as("the one is gone").isFalse();
    }
}
