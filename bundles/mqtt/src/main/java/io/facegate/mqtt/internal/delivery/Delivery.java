// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import com.google.gson.JsonObject;

import io.facegate.api.camera.CameraIds;
import io.facegate.api.outbox.OutboxMessage;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.mqtt.internal.link.Acks;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.message.EventJson;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.json.Json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Sends events and states so that none is lost: what the broker did not acknowledge goes to the
 * backlog, and leaves it when acknowledged. For one thread.
 */
public final class Delivery {
    private static final long ACK_MILLIS = 5000;
    private static final long STOP_MILLIS = 1000;
    private static final int WINDOW = 50;

    /** Each is a wait for the disk and for all acknowledgements. */
    private static final int LARGE_WINDOW = 500;

    private final Topics topics;
    private final Backlog backlog;
    private final Repeats repeats;
    private final RetainedStates retained;
    private final Pace pace;
    private final int expiry;
    private final Translations translations;
    private final BooleanSupplier stopping;
    private final Set<String> waiting = new HashSet<>();
    private long published;

    /** An event on its way: its topics' acknowledgements. */
    private record Sent(Optional<JsonObject> event, List<Acks.Ack> acks) {
        boolean acknowledged() {
            return acks.stream().allMatch(Acks.Ack::done);
        }
    }

    /**
     * How events are sent.
     *
     * @param perSecond those of the backlog; 0 for as many as can be
     * @param expirySeconds after which the broker need not deliver one; 0 for never
     */
    public record Rules(int perSecond, int expirySeconds) {}

    /**
     * @param stopping once true, acknowledgements are awaited for a second at the most
     */
    public Delivery(
            Topics topics,
            Backlog backlog,
            RetainedStates retained,
            Rules rules,
            Translations translations,
            BooleanSupplier stopping) {
        this.topics = topics;
        this.backlog = backlog;
        repeats = backlog.repeats();
        this.retained = retained;
        this.translations = translations;
        this.stopping = stopping;
        pace = new Pace(rules.perSecond(), System.nanoTime());
        expiry = rules.expirySeconds();
    }

    /**
     * What comes first on a new connection: every retained state, and when the broker has them that
     * the gateway is there, so that nobody takes those of before for current.
     */
    public void greet(MqttLink link, Availability availability) throws LinkException {
        retained.allUnsent();
        states(link);
        await(link);
        availability.online(link);
        await(link);
    }

    /** Sends the states that changed. */
    public void states(MqttLink link) throws LinkException {
        List<RetainedStates.State> states = retained.unsent();
        for (int from = 0; from < states.size(); from += 500) {
            List<RetainedStates.State> part =
                    states.subList(from, Math.min(from + 500, states.size()));
            for (RetainedStates.State state : part) {
                link.publish(state.topic(), state.payload(), 1, true);
            }
            await(link);
            part.forEach(retained::sent);
        }
    }

    /**
     * Which of the events may go before those that wait: all but those of tracks of which some
     * wait, so that each track's stay in order.
     */
    public List<RecognitionEvent> ahead(List<RecognitionEvent> events) {
        if (backlog.size() == 0) {
            waiting.clear();
        }
        return events.stream()
                .filter(event -> !waiting.contains(event.id()))
                .filter(event -> !repeats.holds(event.id()))
                .toList();
    }

    /** Keeps what a killed process left on its way. */
    public void takeLeft() {
        backlog.takeLeft(topics.belowPrefix(Topics.EVENTS));
    }

    /** Keeps events for later. */
    public void keep(List<RecognitionEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        List<String> payloads = new ArrayList<>();
        for (RecognitionEvent event : events) {
            if (event.type() == RecognitionEvent.Type.END) {
                waiting.remove(event.id());
            } else {
                waiting.add(event.id());
            }
            payloads.add(Json.text(EventJson.of(event, topics.gateway(), true)));
        }
        backlog.append(topics.belowPrefix(Topics.EVENTS), payloads);
    }

    /** Sends events; those not acknowledged are kept for later. */
    public void send(MqttLink link, List<RecognitionEvent> events) throws LinkException {
        List<Sent> sent = new ArrayList<>();
        try {
            for (RecognitionEvent event : events) {
                sent.add(send(link, EventJson.of(event, topics.gateway(), false)));
            }
            for (RecognitionEvent event : events) {
                translations.send(link, event);
            }
            await(link);
            published += events.size();
            acknowledged(sent);
        } catch (LinkException e) {
            List<Sent> taken = sent.stream().filter(Sent::acknowledged).toList();
            List<RecognitionEvent> unsent = new ArrayList<>();
            for (int i = 0; i < events.size(); i++) {
                if (i >= sent.size() || !taken.contains(sent.get(i))) {
                    unsent.add(events.get(i));
                }
            }
            acknowledged(taken);
            keep(unsent);
            throw e;
        }
    }

    private void acknowledged(List<Sent> sent) {
        repeats.acknowledged(sent.stream().flatMap(one -> one.event().stream()).toList());
    }

    /** Whether {@link #drain} has something to send. */
    public boolean waits() {
        return repeats.pending() || backlog.size() > 0;
    }

    /**
     * Sends the oldest of what is sent again, then of the backlog, as many as the pace allows.
     *
     * @return whether more may go at once
     */
    public boolean drain(MqttLink link) throws LinkException {
        int window = pace.unlimited() ? LARGE_WINDOW : WINDOW;
        int most = pace.allowed(window, System.nanoTime());
        if (most == 0) {
            return false;
        }
        if (repeats.pending()) {
            return repeat(link, most);
        }
        List<OutboxMessage> messages = backlog.oldest(most);
        List<Sent> sent = new ArrayList<>();
        try {
            for (OutboxMessage message : messages) {
                sent.add(send(link, message));
            }
            pace.went(messages.size());
            await(link);
        } finally {
            int acknowledged = 0;
            while (acknowledged < sent.size() && sent.get(acknowledged).acknowledged()) {
                acknowledged++;
            }
            if (acknowledged > 0) {
                acknowledged(sent.subList(0, acknowledged));
                backlog.delivered(messages.get(acknowledged - 1).id());
                published += acknowledged;
            }
        }
        return pace.unlimited() && messages.size() == LARGE_WINDOW;
    }

    /** On the topic of all events alone: nobody is to act a second time. */
    private boolean repeat(MqttLink link, int most) throws LinkException {
        List<SentLog.Entry> entries = repeats.next(most);
        for (SentLog.Entry entry : entries) {
            Optional<JsonObject> event = Repeats.repeated(entry);
            if (event.isPresent()) {
                link.publish(topics.of(Topics.EVENTS), Json.text(event.get()), 1, false, expiry);
            }
        }
        pace.went(entries.size());
        await(link);
        repeats.repeated(entries.size());
        return pace.unlimited() && !entries.isEmpty();
    }

    /** Events the broker acknowledged. */
    public long published() {
        return published;
    }

    private Sent send(MqttLink link, OutboxMessage message) throws LinkException {
        Optional<JsonObject> event = EventJson.parse(message.payload());
        if (event.isPresent()) {
            return send(link, event.get());
        }
        return new Sent(
                Optional.empty(),
                List.of(
                        link.publish(
                                topics.prefix() + "/" + message.topic(),
                                message.payload(),
                                1,
                                false)));
    }

    private Sent send(MqttLink link, JsonObject event) throws LinkException {
        List<Acks.Ack> acks = new ArrayList<>();
        acks.add(link.publish(topics.of(Topics.EVENTS), Json.text(event), 1, false, expiry));
        String camera = event.get("camera").getAsString();
        if (CameraIds.allows(camera)) {
            acks.add(
                    link.publish(
                            topics.camera(camera, "event"),
                            Json.text(EventJson.forCamera(event)),
                            1,
                            false,
                            expiry));
        }
        return new Sent(Optional.of(event), acks);
    }

    private void await(MqttLink link) throws LinkException {
        link.awaitAcks(ACK_MILLIS, stopping, STOP_MILLIS);
    }
}
