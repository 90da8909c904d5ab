// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.mqtt.internal.delivery.Availability;
import io.facegate.mqtt.internal.delivery.Delivery;
import io.facegate.mqtt.internal.delivery.Repeats;
import io.facegate.mqtt.internal.gateway.Surroundings;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.state.GatewayStates;

/**
 * How each connection begins: topics are subscribed to, all retained states are sent, and last it
 * is said that the gateway is there. A gateway that starts waits for its cameras first, whose
 * states of before would be taken for current. For one thread.
 */
final class Greeting {
    private static final long START_NANOS = 30_000_000_000L;

    private final Surroundings around;
    private final Inbox inbox;
    private final GatewayStates states;
    private final Delivery delivery;
    private final Availability availability;
    private final Repeats repeats;
    private boolean due;
    private long since;

    Greeting(
            Surroundings around,
            Inbox inbox,
            GatewayStates states,
            Delivery delivery,
            Availability availability,
            Repeats repeats) {
        this.around = around;
        this.inbox = inbox;
        this.states = states;
        this.delivery = delivery;
        this.availability = availability;
        this.repeats = repeats;
    }

    /**
     * There is a new connection.
     *
     * @param broker its URL
     */
    void connected(String broker) {
        repeats.connected(broker);
        due = true;
        since = System.nanoTime();
    }

    /** Whether the connection has not been greeted yet. */
    boolean due() {
        return due;
    }

    /** Whether it is too early for it. */
    boolean waits() {
        return due && !around.started() && System.nanoTime() - since < START_NANOS;
    }

    /** Greets. */
    void say(MqttLink link) throws LinkException {
        inbox.greet(link);
        states.sending();
        delivery.greet(link, availability);
        due = false;
    }
}
