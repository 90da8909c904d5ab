// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.mqtt.internal.delivery.Delivery;
import io.facegate.mqtt.internal.gateway.Surroundings;
import io.facegate.mqtt.internal.link.Connection;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.message.EventJson;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.internal.state.GatewayStates;
import io.facegate.mqtt.json.Json;

import java.util.List;
import java.util.function.Consumer;

/**
 * The way of events from the mail to the broker, or to the backlog. {@link #add} for any thread,
 * the rest for the publisher's.
 */
final class EventFlow {
    private static final int BATCH = 50;

    private final Topics topics;
    private final Surroundings around;
    private final Mailroom mail;
    private final GatewayStates states;
    private final Delivery delivery;

    EventFlow(
            Topics topics,
            Surroundings around,
            Mailroom mail,
            GatewayStates states,
            Delivery delivery) {
        this.topics = topics;
        this.around = around;
        this.mail = mail;
        this.states = states;
        this.delivery = delivery;
    }

    /** Takes an event; returns at once, with what a killed process needs on file. */
    void add(RecognitionEvent event) {
        mail.add(event, Json.text(EventJson.of(event, topics.gateway(), true)));
    }

    /**
     * Sends or keeps the next events.
     *
     * @param unexpected told when a state cannot take an event in
     * @return whether there may be more
     */
    boolean next(Connection connection, Consumer<RuntimeException> unexpected)
            throws LinkException {
        delivery.takeLeft();
        List<RecognitionEvent> events = taken(BATCH);
        if (events.isEmpty()) {
            return false;
        }
        List<RecognitionEvent> now = connection.up() ? delivery.ahead(events) : List.of();
        for (RecognitionEvent event : events) {
            try {
                states.apply(event, EventJson.of(event, topics.gateway(), !now.contains(event)));
            } catch (RuntimeException e) {
                unexpected.accept(e);
            }
        }
        keep(events.stream().filter(event -> !now.contains(event)).toList());
        if (!now.isEmpty()) {
            try {
                delivery.send(connection.link(), now);
            } finally {
                mail.settled(now);
            }
        }
        return events.size() == BATCH;
    }

    /** Keeps the next events for later. */
    void keepNext() {
        keep(taken(BATCH));
    }

    /** Keeps all events for later. */
    void keepAll() {
        keep(taken(Integer.MAX_VALUE));
    }

    private void keep(List<RecognitionEvent> events) {
        delivery.keep(events);
        mail.settled(events);
    }

    /** None of them names a person who was deleted. */
    private List<RecognitionEvent> taken(int limit) {
        return mail.takeEvents(limit).stream()
                .map(event -> states.people().current(event, around.store()))
                .toList();
    }
}
