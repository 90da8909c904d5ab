// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognizedFace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An open track in a frame.
 *
 * @param place where its face should be
 * @param sure whether it is followed there without a doubt, and need not be looked at
 */
record Sighting(Track track, Follower follower, Box place, boolean sure) {
    /** Overlap from which on a detected face is the followed one. */
    private static final double CONFIRMED = 0.4;

    /** Overlap from which on a face may be another's. */
    private static final double TOUCHING = 0.1;

    /** Where faces touch each other a tracker may go over from one to the other. */
    static List<Sighting> withoutCrossings(List<Sighting> sightings) {
        List<Sighting> result = new ArrayList<>();
        for (Sighting one : sightings) {
            boolean crossing =
                    sightings.stream()
                            .anyMatch(
                                    other ->
                                            other != one
                                                    && !other.follower.isMissed()
                                                    && other.place.overlap(one.place) > 0);
            if (crossing) {
                one.track.doubt();
            }
            result.add(new Sighting(one.track, one.follower, one.place, one.sure && !crossing));
        }
        return result;
    }

    /** The faces that may be its own. */
    List<FaceDetection> near(List<FaceDetection> found) {
        return found.stream().filter(face -> face.box().overlap(place) > TOUCHING).toList();
    }

    /** Whether a face can be nobody else's. */
    boolean owns(FaceDetection face, List<Sighting> all) {
        return face.box().overlap(place) >= CONFIRMED
                && all.stream()
                        .noneMatch(
                                other ->
                                        other != this
                                                && other.place.overlap(face.box()) > TOUCHING);
    }

    /** Its face, not encoded: who it is was settled before. */
    RecognizedFace followed(FaceDetection face) {
        return new RecognizedFace(
                face,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                track.decided().orElse(Match.NONE),
                Optional.of(track.id()),
                track.problem());
    }
}
