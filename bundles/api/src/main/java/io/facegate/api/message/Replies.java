// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.message;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends what answers a message, with QoS 1 and not retained. Thread-safe; every call returns at
 * once. An answer is lost when the broker is away or the publisher stops: nothing waits for it.
 */
@ProviderType
public interface Replies {
    /**
     * Sends an answer.
     *
     * @param topic below the gateway's own, without wildcards
     */
    void send(String topic, String payload);

    /**
     * Answers the message these replies came with: where whoever sent it asked for that (the
     * response topic of MQTT 5, section 4.10, with the correlation data), otherwise on a topic.
     *
     * @param otherwise topic below the gateway's own, without wildcards
     */
    default void answer(String otherwise, String payload) {
        send(otherwise, payload);
    }

    /**
     * Says on the topic of errors that something asked for was not done.
     *
     * @param code one word for programs, such as {@code unknown_camera}
     * @param message one line for a person: what is wrong and what to do
     */
    void error(String code, String message);
}
