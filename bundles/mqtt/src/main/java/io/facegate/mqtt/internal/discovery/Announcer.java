// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

import com.google.gson.JsonObject;

import io.facegate.mqtt.internal.delivery.RetainedStates;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * When Home Assistant is told what. It loses entities of messages that follow each other without a
 * gap while it starts, so they are a second apart; and it removes only what it discovered since it
 * was started, so what is gone is announced once more and removed a second later: at the start of
 * the gateway, whenever Home Assistant says {@code online}, and until it has said so. For one
 * thread.
 */
public final class Announcer {
    /** 200 ms were enough for Home Assistant 2026.11. */
    private static final long GAP_NANOS = 1_000_000_000L;

    /** By then it has loaded its platforms. */
    private static final long LATE_NANOS = 60_000_000_000L;

    private final Discovery discovery;
    private final Announced announced;
    private final RetainedStates retained;
    private Map<String, JsonObject> entities = Map.of();
    private Optional<Told> told = Optional.empty();

    /** Whether what is to be said may differ from what was said. */
    private boolean news;

    /** Whether what is gone stands in the messages as if it were there. */
    private boolean revived;

    /** What was gone when Home Assistant was heard last: it is there to remove that. */
    private Set<String> heard = Set.of();

    private boolean changed;
    private Optional<Long> repeatAt = Optional.empty();
    private Optional<Long> lateAt = Optional.empty();
    private Optional<Long> saidAt = Optional.empty();

    public Announcer(Discovery discovery, Announced announced, RetainedStates retained) {
        this.discovery = discovery;
        this.announced = announced;
        this.retained = retained;
        revived = true;
    }

    /** What there is now. */
    public void tell(Told now) {
        if (told.filter(now::equals).isEmpty()) {
            entities = discovery.entities(now);
            told = Optional.of(now);
            news = true;
        }
    }

    /** The same for something that has to be forgotten: no gap is waited for. */
    public void tellAtOnce(Told now) {
        tell(now);
        saidAt = saidAt.map(at -> at - GAP_NANOS);
    }

    /** Home Assistant was started. */
    public void online(long now) {
        repeatAt = Optional.of(repeatAt.orElse(now + GAP_NANOS));
        lateAt = Optional.of(now + LATE_NANOS);
        changed = false;
    }

    /** Where Home Assistant says {@code online}. */
    public String statusTopic() {
        return discovery.statusTopic();
    }

    /** To be called before states are sent, and only while they can be. */
    public void sending(long now) {
        if (told.isEmpty() || saidAt.filter(at -> now - at < GAP_NANOS).isPresent()) {
            return;
        }
        boolean again = due(repeatAt, now);
        if (!news && !again && !revived && heard.isEmpty() && !due(lateAt, now)) {
            return;
        }
        Map<String, String> dead = dead();
        if (again) {
            repeatAt = Optional.empty();
            revived = !dead.isEmpty();
            heard = Set.copyOf(dead.keySet());
        } else if (saidAt.isPresent() && revived) {
            revived = false;
        } else if (saidAt.isPresent() && !heard.isEmpty()) {
            dead.keySet().retainAll(heard);
            forget(dead);
            return;
        }
        if (due(lateAt, now)) {
            lateAt = Optional.empty();
            again |= changed;
        }
        news = false;
        say(dead, again, now);
    }

    private void say(Map<String, String> dead, boolean again, long now) {
        Map<String, String> messages =
                discovery.messages(entities, dead, revived, told.get().settings());
        Map<String, String> live = new TreeMap<>();
        entities.forEach((id, entity) -> live.put(id, Discovery.platform(entity)));
        Set<String> stale = new HashSet<>(announced.messages());
        stale.removeAll(messages.keySet());
        if (!stale.isEmpty()) {
            // what is announced in another form has to be gone before it comes again
            stale.forEach(topic -> retained.set(topic, ""));
            announced.remove(Set.of(), stale);
            saidAt = Optional.of(now);
            news = true;
            return;
        }
        announced.add(live, messages.keySet());
        boolean said = again;
        for (Map.Entry<String, String> message : messages.entrySet()) {
            said |= retained.put(message.getKey(), message.getValue());
            if (again) {
                retained.resend(message.getKey());
            }
        }
        if (said) {
            changed |= !again;
            saidAt = Optional.of(now);
        }
    }

    /** Home Assistant was there and removed them. */
    private void forget(Map<String, String> dead) {
        Set<String> topics = new HashSet<>();
        if (told.get().settings().single()) {
            dead.forEach((id, platform) -> topics.add(discovery.topic(id, platform)));
        }
        announced.remove(dead.keySet(), topics);
        heard = Set.of();
        news = true;
    }

    /** Whose people nobody knows are not gone. */
    private Map<String, String> dead() {
        Map<String, String> dead = new TreeMap<>(announced.entities());
        dead.keySet().removeAll(entities.keySet());
        if (told.get().people().isEmpty()) {
            dead.keySet().removeIf(id -> id.startsWith(Discovery.PERSON));
        }
        return dead;
    }

    private static boolean due(Optional<Long> at, long now) {
        return at.filter(moment -> now - moment >= 0).isPresent();
    }
}
