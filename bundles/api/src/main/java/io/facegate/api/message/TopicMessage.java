// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.message;

import java.util.Objects;

/**
 * A message to be sent.
 *
 * @param topic the whole topic
 * @param payload as UTF-8
 */
public record TopicMessage(String topic, String payload) {
    public TopicMessage {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(payload, "payload");
    }
}
