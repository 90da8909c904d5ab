// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import io.facegate.api.outbox.OutboxMessage;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** Keeps the newest messages in memory while there is no outbox. For one thread. */
final class MemoryRing {
    private final int capacity;
    private final Deque<OutboxMessage> messages = new ArrayDeque<>();
    private long nextId = 1;
    private long dropped;

    MemoryRing(int capacity) {
        this.capacity = capacity;
    }

    void append(String topic, String payload) {
        if (messages.size() >= capacity) {
            messages.removeFirst();
            dropped++;
        }
        messages.addLast(new OutboxMessage(nextId++, topic, payload, Instant.now()));
    }

    List<OutboxMessage> oldest(int limit) {
        return messages.stream().limit(limit).toList();
    }

    void delivered(long id) {
        while (!messages.isEmpty() && messages.getFirst().id() <= id) {
            messages.removeFirst();
        }
    }

    /** Removes the messages about a person, as {@link io.facegate.api.outbox.Outbox#erase}. */
    int erase(UUID id) {
        int before = messages.size();
        messages.removeIf(m -> m.payload().contains(id.toString()));
        return before - messages.size();
    }

    int size() {
        return messages.size();
    }

    long dropped() {
        return dropped;
    }
}
