// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.message.Replies;
import io.facegate.mqtt.internal.link.Connection;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.internal.report.ErrorReports;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

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

    private record Answer(String topic, String payload) {}

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
        Answer answer = new Answer(topics.of(topic), Objects.requireNonNull(payload));
        if (!Topics.names(topic)) {
            throw new IllegalArgumentException(topic + " is no topic");
        }
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

    /** Sends what waits. */
    void send(MqttLink link) throws LinkException {
        for (Answer next = next(); next != null; next = next()) {
            link.publish(next.topic(), next.payload(), 1, false);
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
