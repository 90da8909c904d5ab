// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.mqtt.internal.delivery.RetainedStates;
import io.facegate.mqtt.internal.discovery.Told;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.json.Json;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The retained topics of people. Those of who is in the gallery no longer are erased at the broker,
 * be it the next one it connects to. For one thread.
 */
public final class PeopleStates {
    private static final List<String> BELOW = List.of("state", "attributes", "last_seen");

    /** Home Assistant's word for a time that is not known. */
    private static final String NEVER = "None";

    private static final Duration SEEN_AGAIN = Duration.ofMinutes(1);

    private final Topics topics;
    private final RetainedStates retained;
    private final RetainedPeople durable;
    private final Presence presence;
    private final Set<UUID> shown = new HashSet<>();
    private final Set<UUID> unnoted = new HashSet<>();
    private final Set<UUID> leaving = new HashSet<>();
    private final Map<UUID, Integer> cleared = new HashMap<>();
    private final Map<UUID, Long> erasedAt = new HashMap<>();
    private final Map<UUID, Instant> seen = new HashMap<>();
    private Set<UUID> gallery = Set.of();
    private List<Told.Named> named = List.of();
    private long revision = -1;

    PeopleStates(
            Topics topics, RetainedStates retained, RetainedPeople durable, Presence presence) {
        this.topics = topics;
        this.retained = retained;
        this.durable = durable;
        this.presence = presence;
    }

    /** Follows the gallery. */
    void refresh(EncodingStore store) {
        if (follow(store)) {
            unnoted.addAll(gallery);
            Set<UUID> told = new HashSet<>(durable.all());
            told.addAll(unnoted);
            for (UUID person : told) {
                if (!gallery.contains(person)) {
                    leave(person);
                }
            }
            leaving.removeAll(gallery);
            cleared.keySet().removeAll(gallery);
            shown.clear();
            shown.addAll(gallery);
        }
        refresh();
    }

    /** Where everybody is now. */
    void refresh() {
        for (UUID person : shown) {
            retained.set(topic(person, "state"), presence.camera(person).orElse("away"));
        }
    }

    /** When everybody was last seen; of those who are in view once in a while. */
    void refresh(Map<UUID, LastSeen> sightings) {
        for (UUID person : shown) {
            Optional<Instant> now = Optional.ofNullable(sightings.get(person)).map(LastSeen::at);
            if (now.isEmpty()) {
                seen.remove(person);
                retained.set(topic(person, "last_seen"), NEVER);
            } else if (isNews(person, now.get())) {
                seen.put(person, now.get());
                retained.set(topic(person, "last_seen"), Json.time(now.get()).getAsString());
            }
        }
        seen.keySet().retainAll(shown);
    }

    private boolean isNews(UUID person, Instant now) {
        Instant before = seen.get(person);
        return before == null
                || presence.camera(person).isEmpty()
                || Duration.between(before, now).abs().compareTo(SEEN_AGAIN) >= 0;
    }

    /** The people of the gallery in the order they were enrolled; empty while nobody knows it. */
    Optional<List<Told.Named>> named() {
        if (revision < 0) {
            return Optional.empty();
        }
        return Optional.of(
                named.stream().filter(p -> erasedAt.getOrDefault(p.id(), -1L) < revision).toList());
    }

    /** Whether a person has topics. */
    boolean shows(UUID person) {
        return shown.contains(person);
    }

    /** The last event of a person. */
    void saw(UUID person, String attributes) {
        if (shown.add(person)) {
            unnoted.add(person);
        }
        retained.set(topic(person, "attributes"), attributes);
    }

    /**
     * The event, or the same of an unknown face when it names somebody who is in the gallery no
     * longer: a track goes on for a while after its person was deleted.
     */
    public RecognitionEvent current(RecognitionEvent event, Optional<EncodingStore> store) {
        Optional<UUID> person = event.match().personId();
        if (person.isEmpty() || store.isEmpty()) {
            return event;
        }
        Gallery now = store.get().gallery();
        boolean known =
                now.revision() == revision
                        ? gallery.contains(person.get())
                        : now.people().stream().anyMatch(p -> p.id().equals(person.get()));
        boolean erased = Long.valueOf(now.revision()).equals(erasedAt.get(person.get()));
        return known && !erased ? event : event.withMatch(Match.NONE);
    }

    /** Forgets a person, even one this gateway published nothing of so far. */
    void erase(UUID person, Optional<EncodingStore> store) {
        store.ifPresent(s -> erasedAt.put(person, s.gallery().revision()));
        shown.remove(person);
        presence.forget(person);
        if (!leaving.contains(person) && !cleared.containsKey(person)) {
            leave(person);
        }
    }

    /**
     * To be called before states are sent: notes whose may be at the broker from now on. Not
     * before, as without a broker there is nothing to remove from it.
     */
    public void sending() {
        durable.add(unnoted);
        unnoted.clear();
    }

    /** To be called when states were sent: whose topics are gone now. */
    public void sent() {
        List<UUID> gone =
                leaving.stream()
                        .filter(p -> BELOW.stream().noneMatch(b -> retained.has(topic(p, b))))
                        .toList();
        for (UUID person : gone) {
            leaving.remove(person);
            cleared.merge(person, durable.contains(person) ? BELOW.size() : 0, Integer::sum);
            durable.remove(person);
        }
        if (!gone.isEmpty() && leaving.isEmpty()) {
            durable.compact();
        }
    }

    /**
     * Number of topics erased at the broker since this was asked last; empty while they wait. None
     * of a person of whom nothing was ever sent.
     */
    public Optional<Integer> cleared(UUID person) {
        if (leaving.contains(person) && durable.mayHave(person)) {
            return Optional.empty();
        }
        return Optional.of(Optional.ofNullable(cleared.remove(person)).orElse(0));
    }

    private void leave(UUID person) {
        leaving.add(person);
        shown.remove(person);
        unnoted.remove(person);
        presence.forget(person);
        BELOW.forEach(below -> retained.set(topic(person, below), ""));
    }

    /** Whether it changed. */
    private boolean follow(EncodingStore store) {
        Gallery now = store.gallery();
        if (now.revision() == revision) {
            return false;
        }
        revision = now.revision();
        Set<UUID> ids = new HashSet<>();
        List<Told.Named> names = new ArrayList<>();
        for (Person person : now.people()) {
            ids.add(person.id());
            names.add(new Told.Named(person.id(), person.name()));
        }
        gallery = ids;
        named = names;
        return true;
    }

    private String topic(UUID person, String below) {
        return topics.of("person/" + person + "/" + below);
    }
}
