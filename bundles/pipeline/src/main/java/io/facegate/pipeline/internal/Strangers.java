// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.sighting.Stranger;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownSighting;
import io.facegate.pipeline.internal.track.Look;
import io.facegate.pipeline.internal.track.Track;
import io.facegate.pipeline.internal.track.TrackNews;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which unknown people the tracks of one camera show. Of those who are ignored nothing is told: to
 * listeners their tracks end, or never begin. For the pipeline's worker.
 */
final class Strangers {
    private static final Logger log = LoggerFactory.getLogger(Strangers.class);

    /** A face larger by this is worth being told again, in pixels of area. */
    private static final double LARGER = 1.5;

    private final String camera;
    private final Supplier<Optional<UnknownPeople>> people;
    private final Map<String, Face> faces = new HashMap<>();
    private String problem = "";

    /** News to be told, and which unknown person the track shows. */
    record Told(TrackNews news, Optional<UUID> unknownId) {}

    /** What is known of a track's face. */
    private static final class Face {
        private Optional<Stranger> stranger = Optional.empty();

        /** Who knew the stranger last; only to be compared. */
        private Object knownTo;

        private Optional<Look> look = Optional.empty();
        private boolean announced;
    }

    /**
     * @param people empty when unknown people are not told apart
     */
    Strangers(String camera, Supplier<Optional<UnknownPeople>> people) {
        this.camera = camera;
        this.people = people;
    }

    /**
     * What listeners are to be told.
     *
     * @param news of this frame
     * @param open tracks after it
     */
    List<Told> tell(List<TrackNews> news, List<Track> open) {
        List<Told> told = new ArrayList<>();
        Set<Track> changed = new HashSet<>();
        for (TrackNews one : news) {
            if (one.type() == Type.END) {
                end(one.track(), told);
            } else {
                changed.add(one.track());
                follow(one.track(), true, told);
            }
        }
        for (Track track : open) {
            if (!changed.contains(track) && track.decided().isPresent()) {
                follow(track, false, told);
            }
        }
        return told;
    }

    private void end(Track track, List<Told> told) {
        Face face = faces.remove(track.id());
        if (face != null && face.announced) {
            told.add(told(Type.END, track, face));
        }
    }

    private void follow(Track track, boolean changed, List<Told> told) {
        Face face = faces.computeIfAbsent(track.id(), id -> new Face());
        if (track.decided().filter(Match::known).isPresent()) {
            forget(track, face);
        } else {
            identify(track, face);
        }
        if (face.stranger.filter(Stranger::ignored).isPresent()) {
            if (face.announced) {
                told.add(told(Type.END, track, face));
                face.announced = false;
            }
        } else if (!face.announced) {
            face.announced = true;
            told.add(told(Type.NEW, track, face));
        } else if (changed) {
            told.add(told(Type.UPDATE, track, face));
        }
    }

    /** The face turned out to be somebody's. */
    private void forget(Track track, Face face) {
        if (face.stranger.isPresent()) {
            ask(
                    p -> {
                        p.retract(track.id());
                        return Optional.empty();
                    });
        }
        face.stranger = Optional.empty();
        face.look = Optional.empty();
    }

    private void identify(Track track, Face face) {
        Optional<Look> look = face.stranger.isEmpty() ? track.latestLook() : track.bestLook();
        if (look.filter(l -> worthTelling(l, face)).isPresent()) {
            face.look = look;
            face.stranger =
                    ask(p -> known(p, face, p.tell(sighting(track, look.get()))))
                            .or(() -> face.stranger);
        } else if (face.stranger.isPresent()) {
            UUID id = face.stranger.get().id();
            face.stranger =
                    ask(p -> known(p, face, p.find(id)).or(() -> gone(p, face, id)))
                            .or(() -> face.stranger);
        }
    }

    private static Optional<Stranger> known(
            UnknownPeople people, Face face, Optional<Stranger> stranger) {
        if (stranger.isPresent()) {
            face.knownTo = people;
        }
        return stranger;
    }

    /**
     * Somebody who was named or forgotten is not ignored any more. A service that has just taken
     * the place of another may not have read yet whom it keeps: what the other said holds.
     */
    private static Optional<Stranger> gone(UnknownPeople people, Face face, UUID id) {
        return face.knownTo == people ? Optional.of(new Stranger(id, false)) : Optional.empty();
    }

    private static boolean worthTelling(Look look, Face face) {
        return face.look
                .map(
                        before ->
                                face.stranger.isEmpty()
                                        ? look != before
                                        : look.area() >= LARGER * before.area())
                .orElse(true);
    }

    private UnknownSighting sighting(Track track, Look look) {
        RecognizedFace face = look.face();
        return new UnknownSighting(
                track.id(),
                camera,
                look.seenAt().clock(),
                face.detection(),
                face.landmarks().orElseThrow(),
                face.chip().orElseThrow(),
                face.descriptor().orElseThrow());
    }

    /** A service that fails or is being replaced must not hold up recognition. */
    private Optional<Stranger> ask(Function<UnknownPeople, Optional<Stranger>> question) {
        Optional<UnknownPeople> asked = people.get();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Stranger> answer = question.apply(asked.get());
            problem = "";
            return answer;
        } catch (RuntimeException e) {
            if (!problem.equals(e.toString())) {
                problem = e.toString();
                log.warn("camera {}: unknown people cannot be told apart: {}", camera, problem, e);
            }
            return Optional.empty();
        }
    }

    private static Told told(Type type, Track track, Face face) {
        return new Told(new TrackNews(type, track), face.stranger.map(Stranger::id));
    }
}
