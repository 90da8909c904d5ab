// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The retained messages as they should stand at the broker, in the order they are sent after a
 * connect. This is the truth, the broker a copy: everything is sent again on every connect. An
 * empty payload makes the broker forget the topic. For one thread.
 */
public final class RetainedStates {
    private final Map<String, String> states = new LinkedHashMap<>();
    private final Set<String> unsent = new HashSet<>();

    /** One state. */
    record State(String topic, String payload) {}

    /** What a topic should stand at. */
    public void set(String topic, String payload) {
        if (!payload.equals(states.put(topic, payload))) {
            unsent.add(topic);
        }
    }

    /**
     * The same; an empty payload only when the broker has, or is to have, the state.
     *
     * @return whether there is something to be sent
     */
    public boolean put(String topic, String payload) {
        if (payload.isEmpty() && !states.containsKey(topic)) {
            return false;
        }
        boolean changed = !payload.equals(states.get(topic));
        set(topic, payload);
        return changed;
    }

    /** What a topic should stand at; empty when at nothing. */
    String get(String topic) {
        return states.getOrDefault(topic, "");
    }

    /** Whether the broker has, or is to have or to forget, a state. */
    public boolean has(String topic) {
        return states.containsKey(topic);
    }

    /** Makes the broker forget a topic, when it may know it. */
    public void erase(String topic) {
        if (states.containsKey(topic)) {
            set(topic, "");
        }
    }

    /** Somebody asks for a state again. */
    public void resend(String topic) {
        if (states.containsKey(topic)) {
            unsent.add(topic);
        }
    }

    /** A new connection: the broker may know nothing. */
    void allUnsent() {
        unsent.addAll(states.keySet());
    }

    /** What the broker does not have yet, in order. */
    List<State> unsent() {
        List<State> result = new ArrayList<>();
        if (!unsent.isEmpty()) {
            states.forEach(
                    (topic, payload) -> {
                        if (unsent.contains(topic)) {
                            result.add(new State(topic, payload));
                        }
                    });
        }
        return result;
    }

    /** The broker acknowledged a state. */
    void sent(State state) {
        if (state.payload().equals(states.get(state.topic()))) {
            unsent.remove(state.topic());
            if (state.payload().isEmpty()) {
                states.remove(state.topic());
            }
        }
    }
}
