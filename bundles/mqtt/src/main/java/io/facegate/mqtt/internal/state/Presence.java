// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** Who is in front of which camera, from the events of tracks. For one thread. */
final class Presence {
    /**
     * Tracks remembered for each camera: a track whose end was never told must not stay for ever.
     */
    private static final int MAX_TRACKS = 200;

    private final Map<String, Map<String, Track>> cameras = new HashMap<>();

    private record Track(String camera, long sequence, Match match) {}

    /** Takes an event in. */
    void apply(RecognitionEvent event) {
        Map<String, Track> tracks =
                cameras.computeIfAbsent(event.camera(), c -> new LinkedHashMap<>());
        tracks.remove(event.id());
        if (event.type() == RecognitionEvent.Type.END) {
            return;
        }
        if (tracks.size() >= MAX_TRACKS) {
            tracks.remove(tracks.keySet().iterator().next());
        }
        tracks.put(event.id(), new Track(event.camera(), event.sequence(), event.match()));
    }

    /** Forgets all tracks of a camera. */
    void clear(String camera) {
        cameras.remove(camera);
    }

    /** Forgets all tracks: whoever made them is gone and will not tell their end. */
    void clear() {
        cameras.clear();
    }

    /** Whoever was taken for a person is unknown now. */
    void forget(UUID person) {
        for (Map<String, Track> tracks : cameras.values()) {
            tracks.replaceAll(
                    (id, track) ->
                            track.match().personId().equals(Optional.of(person))
                                    ? new Track(track.camera(), track.sequence(), Match.NONE)
                                    : track);
        }
    }

    /** {@code Alice, Bob}, in alphabetical order, or {@code nobody}. */
    String names(String camera) {
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        tracks(camera).values().forEach(t -> t.match().name().ifPresent(names::add));
        return names.isEmpty() ? "nobody" : String.join(", ", names);
    }

    /** Known people in front of the camera. */
    long people(String camera) {
        return tracks(camera).values().stream()
                .flatMap(t -> t.match().personId().stream())
                .distinct()
                .count();
    }

    /** Faces of unknown people in front of the camera. */
    long unknown(String camera) {
        return tracks(camera).values().stream().filter(t -> !t.match().known()).count();
    }

    /** Whether any face is in front of the camera. */
    boolean occupied(String camera) {
        return !tracks(camera).isEmpty();
    }

    /** The camera that saw a person last, while the person is there. */
    Optional<String> camera(UUID person) {
        return cameras.values().stream()
                .flatMap(tracks -> tracks.values().stream())
                .filter(t -> t.match().personId().equals(Optional.of(person)))
                .max(Comparator.comparingLong(Track::sequence))
                .map(Track::camera);
    }

    private Map<String, Track> tracks(String camera) {
        return cameras.getOrDefault(camera, Map.of());
    }
}
