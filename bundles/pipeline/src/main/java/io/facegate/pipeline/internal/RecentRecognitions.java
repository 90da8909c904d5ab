// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecentRecognition;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.store.NewEncoding;
import io.facegate.pipeline.internal.track.Look;
import io.facegate.pipeline.internal.track.Track;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The faces recognised last, in case somebody says that they are not who they were taken for: of
 * each track the largest face that spoke for the person. In memory only. Thread-safe.
 */
final class RecentRecognitions {
    /** Tracks and people: 4 MB of aligned faces. */
    static final int KEPT = 60;

    /** The longest untouched first. */
    private final Map<Key, Remembered> kept = new LinkedHashMap<>();

    private record Key(String track, UUID person) {}

    /** A recognition and the face to be rejected. */
    record Remembered(RecentRecognition recognition, RecognizedFace face, ModelInfo model) {
        /** As it is kept in the store. */
        NewEncoding encoding() {
            return new NewEncoding(
                    face.descriptor().orElseThrow(),
                    face.chip(),
                    recognition.camera()
                            + " "
                            + recognition.timestamp().truncatedTo(ChronoUnit.SECONDS),
                    "");
        }
    }

    /** Remembers whom the open tracks of a camera show. */
    void note(String camera, List<Track> open) {
        for (Track track : open) {
            Optional<Match> known = track.decided().filter(Match::known);
            Optional<Look> look =
                    known.flatMap(match -> track.namedLook(match.personId().orElseThrow()));
            look.ifPresent(seen -> note(camera, track, known.get(), seen));
        }
    }

    private synchronized void note(String camera, Track track, Match match, Look look) {
        Key key = new Key(track.id(), match.personId().orElseThrow());
        Remembered before = kept.get(key);
        if (before != null
                && before.face() == look.face()
                && before.recognition().name().equals(match.name().orElseThrow())) {
            return;
        }
        kept.remove(key);
        kept.put(
                key,
                new Remembered(
                        new RecentRecognition(
                                track.id(),
                                camera,
                                look.seenAt().clock(),
                                key.person(),
                                match.name().orElseThrow()),
                        look.face(),
                        track.model()));
        if (kept.size() > KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    /** The latest first. */
    synchronized List<RecentRecognition> list() {
        List<RecentRecognition> list = new ArrayList<>();
        kept.values().forEach(remembered -> list.add(remembered.recognition()));
        Collections.reverse(list);
        return list;
    }

    /**
     * @param person empty: whom the track was taken for last
     */
    synchronized Optional<Remembered> find(String track, Optional<UUID> person) {
        Optional<Remembered> found = Optional.empty();
        for (Map.Entry<Key, Remembered> entry : kept.entrySet()) {
            if (entry.getKey().track().equals(track)
                    && (person.isEmpty() || person.get().equals(entry.getKey().person()))) {
                found = Optional.of(entry.getValue());
            }
        }
        return found;
    }

    /** Forgets one that was corrected. */
    synchronized void forget(RecentRecognition recognition) {
        kept.remove(new Key(recognition.eventId(), recognition.personId()));
    }

    /**
     * Forgets whatever may be of a person.
     *
     * @param descriptors the person's encodings
     * @param tolerances distances within which a face may be the person
     * @return number forgotten
     */
    synchronized int forget(UUID person, List<FaceDescriptor> descriptors, Tolerances tolerances) {
        int before = kept.size();
        kept.values()
                .removeIf(
                        one ->
                                one.recognition().personId().equals(person)
                                        || like(
                                                one.face(),
                                                descriptors,
                                                tolerances.of(one.model())));
        return before - kept.size();
    }

    /** Forgets whom somebody no longer wants to be kept. */
    synchronized void retain(Predicate<UUID> people) {
        kept.keySet().removeIf(key -> !people.test(key.person()));
    }

    private static boolean like(
            RecognizedFace face, List<FaceDescriptor> descriptors, double tolerance) {
        FaceDescriptor own = face.descriptor().orElseThrow();
        return descriptors.stream()
                .filter(d -> d.model().equals(own.model()))
                .anyMatch(d -> d.distanceTo(own) <= tolerance);
    }
}
