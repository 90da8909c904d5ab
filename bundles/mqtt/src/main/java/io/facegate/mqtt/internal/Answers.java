// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.message.Replies;
import io.facegate.mqtt.internal.link.Connection;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.link.ReplyAddress;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.internal.report.ErrorReports;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;

/**
 * Answers on their way to the publisher's thread. Those of which there are too many while the
 * broker is slow are lost, the oldest first. Thread-safe; {@link #send(MqttLink)} for one thread.
 */
final class Answers implements Replies {
    private static final int MAX_WAITING = 1000;

    private final Topics topics;
    private final ErrorReports errors;
    private final Runnable wake;
    private final Deque<Answer> waiting = new ArrayDeque<>();

    private record Answer(ReplyAddress to, String payload) {}

    /**
     * @param wake called when there is an answer
     */
    Answers(Topics topics, ErrorReports errors, Runnable wake) {
        this.topics = topics;
        this.errors = errors;
        this.wake = wake;
    }

    @Override
    public void send(String topic, String payload) {
        if (!Topics.names(topic)) {
            throw new IllegalArgumentException(topic + " is no topic");
        }
        add(new Answer(new ReplyAddress(topics.of(topic), null), Objects.requireNonNull(payload)));
    }

    private void add(Answer answer) {
        synchronized (waiting) {
            if (waiting.size() >= MAX_WAITING) {
                waiting.removeFirst();
            }
            waiting.addLast(answer);
        }
        wake.run();
    }

    @Override
    public void error(String code, String message) {
        send("errors", errors.payload(code, Connection.PART, message));
    }

    /** Those to a message that asked for answers somewhere, or nowhere. */
    Replies to(Optional<ReplyAddress> address) {
        if (address.isEmpty()) {
            return this;
        }
        return new Replies() {
            @Override
            public void send(String topic, String payload) {
                Answers.this.send(topic, payload);
            }

            @Override
            public void answer(String otherwise, String payload) {
                add(new Answer(address.get(), Objects.requireNonNull(payload)));
            }

            @Override
            public void error(String code, String message) {
                Answers.this.error(code, message);
            }
        };
    }

    /** Sends what waits. */
    void send(MqttLink link) throws LinkException {
        for (Answer next = next(); next != null; next = next()) {
            link.answer(next.to(), next.payload());
        }
    }

    /** The broker is away: nobody waits for them any more. */
    void forget() {
        synchronized (waiting) {
            waiting.clear();
        }
    }

    private Answer next() {
        synchronized (waiting) {
            return waiting.pollFirst();
        }
    }
}
