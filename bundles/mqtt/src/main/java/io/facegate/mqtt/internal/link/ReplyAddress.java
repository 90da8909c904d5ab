// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.util.Optional;

/** Where an answer goes, as MQTT 5 has it (section 4.10). Immutable. */
public final class ReplyAddress {
    private final String topic;
    private final Optional<byte[]> correlation;

    /**
     * @param topic in full
     * @param correlation what whoever asked knows the answer by; null for nothing
     */
    public ReplyAddress(String topic, byte[] correlation) {
        this.topic = topic;
        this.correlation = Optional.ofNullable(correlation).map(byte[]::clone);
    }

    /**
     * As a message has it.
     *
     * @param topic null when no answer is asked for
     */
    static Optional<ReplyAddress> of(String topic, byte[] correlation) {
        return Optional.ofNullable(topic).map(t -> new ReplyAddress(t, correlation));
    }

    /** In full. */
    public String topic() {
        return topic;
    }

    Optional<byte[]> correlation() {
        return correlation.map(byte[]::clone);
    }
}
