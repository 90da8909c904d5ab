// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.mqtt.internal.delivery.Unsent;
import io.facegate.mqtt.internal.link.Message;

import org.junit.jupiter.api.Test;

import java.util.Optional;

/** Messages of the broker that wait for the publisher. */
class MailroomTest {
    private final Mailroom mail = new Mailroom(1, new Unsent(Optional.empty()));

    @Test
    void onlySoManyWaitAndTheRestIsCounted() {
        for (int i = 0; i < 103; i++) {
            assertThat(mail.add(new Message("t", "m", false))).isEqualTo(i < 100);
        }
        assertThat(mail.takeMessages()).hasSize(100);
        assertThat(mail.takeRefused()).isEqualTo(3);
        assertThat(mail.takeRefused()).isZero();
        assertThat(mail.add(new Message("t", "m", false))).isTrue();
    }

    @Test
    void longOnesAreFewer() {
        Message picture = new Message("t", "p".repeat(4_000_000), false);
        for (int i = 0; i < 4; i++) {
            assertThat(mail.add(picture)).isEqualTo(i < 3);
        }
        assertThat(mail.takeMessages()).hasSize(3);
        assertThat(mail.add(picture)).isTrue();
        assertThat(mail.takeRefused()).isEqualTo(1);
    }
}
