// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.util.List;

/** A client of one version of the protocol, for one connection. */
interface Client {
    /** Told from the client's threads; returns at once. */
    interface Events {
        /** The broker accepted the connection. */
        void connected();

        /** There was no connection. */
        void refused(Throwable why);

        /** The connection broke, or the broker ended it. */
        void lost(Throwable why);

        void message(Message message);
    }

    /** Begins to connect and returns. */
    void connect() throws LinkException;

    /**
     * Sends a message.
     *
     * @param expirySeconds after which the broker need not deliver it; 0 for never, and what MQTT
     *     3.1.1 does in any case
     */
    void publish(
            String topic,
            byte[] payload,
            int qos,
            boolean retained,
            int expirySeconds,
            Acks.Ack ack)
            throws LinkException;

    /** Sends an answer, with QoS 1; what it is known by is left out where MQTT 5 is not spoken. */
    default void answer(ReplyAddress to, byte[] payload, Acks.Ack ack) throws LinkException {
        publish(to.topic(), payload, 1, false, 0, ack);
    }

    /** Subscribes with QoS 1. */
    void subscribe(List<String> filters, Acks.Ack ack) throws LinkException;

    void unsubscribe(List<String> filters, Acks.Ack ack) throws LinkException;

    /** Says goodbye. */
    void disconnect(long millis);

    /** Lets go of everything; only after the attempt to connect has ended. */
    void close();
}
