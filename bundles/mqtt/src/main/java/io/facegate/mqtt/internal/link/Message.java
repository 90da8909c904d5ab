// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.util.Optional;

/**
 * A message of the broker.
 *
 * @param topic in full
 * @param payload as text
 * @param retained whether the broker kept it from earlier
 * @param replyTo where an answer was asked for, with MQTT 5
 */
public record Message(
        String topic, String payload, boolean retained, Optional<ReplyAddress> replyTo) {
    /** One that asks for no answer. */
    public Message(String topic, String payload, boolean retained) {
        this(topic, payload, retained, Optional.empty());
    }
}
