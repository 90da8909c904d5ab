// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import io.facegate.api.outbox.Outbox;
import io.facegate.api.outbox.OutboxMessage;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.Person;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Events that wait for the broker, in order: in the outbox on disk, and in memory behind it while
 * the outbox is not there or refuses. For one thread; {@link #problem()} for any.
 */
public final class Backlog {
    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    private final Supplier<Optional<Outbox>> outbox;
    private final MemoryRing ring;
    private final Unsent unsent;
    private final Repeats repeats;
    private boolean lastFromRing;
    private long outboxDropped;
    private volatile String problem = "";

    /**
     * @param outbox as it is now; empty while it is not there
     * @param ringCapacity messages kept in memory
     * @param unsent whose messages of before come first
     * @param repeats what may have to be sent again, before all that waits
     */
    public Backlog(
            Supplier<Optional<Outbox>> outbox, int ringCapacity, Unsent unsent, Repeats repeats) {
        this.outbox = outbox;
        this.unsent = unsent;
        this.repeats = repeats;
        ring = new MemoryRing(ringCapacity);
    }

    /**
     * Keeps messages with one wait for the disk; they are there when the call returns, unless
     * {@link #problem()} says otherwise.
     */
    void append(String topic, List<String> payloads) {
        emptyRing();
        Optional<Outbox> disk = outbox.get();
        if (disk.isPresent() && ring.size() == 0 && appended(disk.get(), topic, payloads)) {
            return;
        }
        payloads.forEach(payload -> ring.append(topic, payload));
    }

    /** Keeps what a killed process left, once the outbox is there. */
    void takeLeft(String topic) {
        List<String> left = unsent.left();
        if (!left.isEmpty() && outbox.get().isPresent()) {
            LOG.info("MQTT: {} events were on their way when the gateway ended.", left.size());
            append(topic, left);
            if (ring.size() == 0) {
                unsent.leftIsKept();
            }
        }
    }

    /** The oldest messages, in order; empty when there are none or they cannot be read now. */
    List<OutboxMessage> oldest(int limit) {
        emptyRing();
        Optional<Outbox> disk = outbox.get();
        if (disk.isPresent()) {
            try {
                List<OutboxMessage> messages = disk.get().oldest(limit);
                if (!messages.isEmpty()) {
                    lastFromRing = false;
                    return messages;
                }
            } catch (IOException | StaleServiceException e) {
                trouble("The outbox cannot be read", e);
                return List.of();
            }
        }
        lastFromRing = true;
        return ring.oldest(limit);
    }

    /** The messages of the last {@link #oldest} up to and with an id were acknowledged. */
    void delivered(long id) {
        if (lastFromRing) {
            ring.delivered(id);
            return;
        }
        try {
            Optional<Outbox> disk = outbox.get();
            if (disk.isPresent()) {
                disk.get().delivered(id);
                problem = "";
            }
        } catch (IOException | StaleServiceException e) {
            trouble("The outbox cannot be written; events may arrive twice", e);
        }
    }

    /** Removes the messages about a person; from the disk too, when the outbox is there. */
    public int erase(Person person) throws IOException {
        repeats.erase(person.id());
        int erased = ring.erase(person.id()) + unsent.erase(person.id());
        Optional<Outbox> disk = outbox.get();
        if (disk.isPresent()) {
            erased += disk.get().erase(person.id());
        }
        return erased;
    }

    /** What may have to be sent again. */
    Repeats repeats() {
        return repeats;
    }

    /** Messages waiting. */
    public long size() {
        return outbox.get().map(Backlog::size).orElse(0L) + ring.size();
    }

    /** The end: what waits in memory alone is lost, and said to be. */
    public void end() {
        if (ring.size() > 0) {
            LOG.warn(
                    "MQTT: {} events are lost: the publisher stops while neither the broker nor"
                            + " the outbox takes them.",
                    ring.size());
        }
    }

    /** Messages that had to go because there were too many. */
    public long dropped() {
        outbox.get().ifPresent(o -> outboxDropped = Math.max(outboxDropped, o.dropped()));
        return ring.dropped() + outboxDropped;
    }

    /** Why events are not kept on disk; empty when they are. */
    public String problem() {
        return problem;
    }

    private void emptyRing() {
        Optional<Outbox> disk = outbox.get();
        while (disk.isPresent() && ring.size() > 0) {
            OutboxMessage first = ring.oldest(1).get(0);
            if (!appended(disk.get(), first.topic(), List.of(first.payload()))) {
                return;
            }
            ring.delivered(first.id());
        }
    }

    private boolean appended(Outbox disk, String topic, List<String> payloads) {
        try {
            disk.append(topic, payloads);
            problem = "";
            return true;
        } catch (IOException | StaleServiceException e) {
            trouble("Events are kept in memory only", e);
            return false;
        }
    }

    private void trouble(String what, Exception e) {
        String text = what + ": " + e.getMessage();
        if (!text.equals(problem)) {
            LOG.warn("{}", text);
        }
        problem = text;
    }

    private static long size(Outbox disk) {
        try {
            return disk.size();
        } catch (StaleServiceException e) {
            return 0;
        }
    }
}
