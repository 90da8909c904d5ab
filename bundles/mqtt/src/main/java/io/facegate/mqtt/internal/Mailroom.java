// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.mqtt.internal.delivery.Unsent;
import io.facegate.mqtt.internal.link.Message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What waits for the publisher's thread: events of the pipelines and messages of the broker. Both
 * are bounded, adding never blocks. When events come faster than they go for long, the oldest goes
 * and is counted. Thread-safe.
 */
final class Mailroom {
    private static final int MAX_MESSAGES = 100;

    /** Letters of all messages together; pictures are long. */
    private static final long MAX_LETTERS = 12L << 20;

    private final int capacity;
    private final Unsent unsent;
    private final Deque<RecognitionEvent> events = new ArrayDeque<>();
    private final Deque<Message> messages = new ArrayDeque<>();
    private boolean woken;
    private long dropped;
    private long letters;
    private int refused;

    Mailroom(int capacity, Unsent unsent) {
        this.capacity = capacity;
        this.unsent = unsent;
    }

    /**
     * Adds an event.
     *
     * @param json what is kept of it should the process be killed before it is {@link #settled}
     */
    synchronized void add(RecognitionEvent event, String json) {
        unsent.add(event.sequence(), json);
        if (events.size() >= capacity) {
            unsent.settled(List.of(events.removeFirst().sequence()));
            dropped++;
        }
        events.addLast(event);
        notifyAll();
    }

    /** Adds a message; false when too many wait and it was refused. */
    synchronized boolean add(Message message) {
        int length = message.payload().length();
        if (messages.size() >= MAX_MESSAGES || letters + length > MAX_LETTERS) {
            refused++;
            return false;
        }
        letters += length;
        messages.addLast(message);
        notifyAll();
        return true;
    }

    /** Makes the waiting thread look around. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Waits until there is something, or somebody calls {@link #wake()}, or time is up. */
    synchronized void await(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (events.isEmpty() && messages.isEmpty() && !woken) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        woken = false;
    }

    /** Takes the oldest events out. */
    synchronized List<RecognitionEvent> takeEvents(int limit) {
        List<RecognitionEvent> taken = new ArrayList<>();
        while (taken.size() < limit && !events.isEmpty()) {
            taken.add(events.removeFirst());
        }
        return taken;
    }

    /** Takes all messages out. */
    synchronized List<Message> takeMessages() {
        List<Message> taken = List.copyOf(messages);
        messages.clear();
        letters = 0;
        return taken;
    }

    /** How many messages were refused since the last call. */
    synchronized int takeRefused() {
        int taken = refused;
        refused = 0;
        return taken;
    }

    /** Events that were taken out are at the broker or in the backlog. */
    void settled(List<RecognitionEvent> taken) {
        unsent.settled(taken.stream().map(RecognitionEvent::sequence).toList());
    }

    /** Events waiting. */
    synchronized int size() {
        return events.size();
    }

    /** Events that had to go. */
    synchronized long dropped() {
        return dropped;
    }
}
