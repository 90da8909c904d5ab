// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.sighting.LastSeen;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.DoubleSupplier;

/**
 * When people of the gallery were last seen. Somebody is seen from the event that names a track on,
 * in every frame with it, until its end: a frame that names somebody by mistake does not count.
 * Thread-safe; nothing here waits.
 */
final class KnownPeople {
    /** A track whose end was never told must not stay for ever. */
    private static final int TRACKS = 1000;

    private final Map<UUID, LastSeen> people = new HashMap<>();
    private final Map<UUID, LastSeen> unwritten = new HashMap<>();
    private final Map<String, UUID> tracks =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, UUID> eldest) {
                    return size() > TRACKS;
                }
            };
    private final DoubleSupplier standard;
    private volatile OptionalDouble told = OptionalDouble.empty();

    /**
     * @param standard the tolerance of recognition until an event says another
     */
    KnownPeople(DoubleSupplier standard) {
        this.standard = standard;
    }

    /** The tolerance people are recognised with. */
    double tolerance() {
        return told.orElseGet(standard);
    }

    synchronized void event(RecognitionEvent event) {
        told = OptionalDouble.of(event.tolerance());
        tracks.remove(event.id());
        Optional<UUID> person = event.match().personId();
        if (person.isPresent()) {
            Instant at = event.endTime().orElse(event.timestamp());
            saw(new LastSeen(person.get(), at, event.camera()));
            if (event.type() != RecognitionEvent.Type.END) {
                tracks.put(event.id(), person.get());
            }
        }
    }

    synchronized void result(FrameResult result) {
        if (tracks.isEmpty()) {
            return;
        }
        for (RecognizedFace face : result.faces()) {
            Optional<UUID> person = face.trackId().map(tracks::get);
            person.ifPresent(
                    id ->
                            saw(
                                    new LastSeen(
                                            id,
                                            result.frame().capturedAt(),
                                            result.frame().sourceId())));
        }
    }

    /** The last sighting of each. */
    synchronized Map<UUID, LastSeen> people() {
        return Map.copyOf(people);
    }

    /** Takes in what is on disk; what was not written yet stays. */
    synchronized void load(Map<UUID, LastSeen> stored) {
        people.clear();
        people.putAll(stored);
        unwritten.values().forEach(this::take);
    }

    /**
     * Forgets a person.
     *
     * @return whether a sighting was kept
     */
    synchronized boolean forget(UUID person) {
        unwritten.remove(person);
        tracks.values().removeIf(person::equals);
        return people.remove(person) != null;
    }

    /** What is not on disk. */
    synchronized List<LastSeen> unwritten() {
        return List.copyOf(unwritten.values());
    }

    synchronized void written(Collection<LastSeen> seen) {
        seen.forEach(one -> unwritten.remove(one.personId(), one));
    }

    private void saw(LastSeen seen) {
        if (take(seen)) {
            unwritten.put(seen.personId(), seen);
        }
    }

    private boolean take(LastSeen seen) {
        LastSeen before = people.get(seen.personId());
        boolean later =
                before == null
                        || seen.at().isAfter(before.at())
                        || seen.at().isBefore(before.at().minus(Group.SET_BACK));
        if (later) {
            people.put(seen.personId(), seen);
        }
        return later;
    }
}
