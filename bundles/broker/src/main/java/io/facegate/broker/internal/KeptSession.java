// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.facegate.broker.users.TopicRule;

import java.util.List;

/**
 * A session that outlives its connection: by MQTT 3.1.1 one that is not clean, by MQTT 5 one that
 * expires later.
 *
 * @param client id
 * @param away since when its client is, in milliseconds since 1970; 0 while it is there
 * @param expirySeconds after which an absent client's is forgotten; negative for never
 */
record KeptSession(
        String client, long away, int expirySeconds, List<KeptSession.Subscription> subscriptions) {
    private static final long SECOND_MILLIS = 1000;

    KeptSession {
        subscriptions = List.copyOf(subscriptions);
    }

    /**
     * One of its subscriptions, with the options of MQTT 5 (section 3.8.3.1).
     *
     * @param id identifier, 0 for none
     */
    record Subscription(
            String filter,
            int qos,
            boolean noLocal,
            boolean retainAsPublished,
            int retainHandling,
            int id) {}

    boolean expired(long now) {
        return away > 0 && expirySeconds >= 0 && now - away > expirySeconds * SECOND_MILLIS;
    }

    /** The same of a client that is not there. */
    KeptSession awaySince(long time) {
        return away > 0 ? this : new KeptSession(client, time, expirySeconds, subscriptions);
    }

    /** Whether it is promised to be given what is published on a topic. */
    boolean awaits(String topic) {
        return subscriptions.stream()
                .filter(s -> s.qos() > 0)
                .anyMatch(s -> new TopicRule(true, false, s.filter()).covers(topic, ""));
    }
}
