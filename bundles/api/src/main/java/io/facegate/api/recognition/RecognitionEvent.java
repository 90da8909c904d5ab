// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.frame.Box;
import io.facegate.api.model.ModelInfo;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * News of a track: one face followed through the frames of one camera.
 *
 * @param type what happened to the track
 * @param id of the track, unique for ever
 * @param sequence unique in this gateway and rising, also over restarts
 * @param camera id of the camera
 * @param timestamp capture time of the frame that brought the news
 * @param startTime capture time of the track's first frame, by the clock of this timestamp
 * @param endTime capture time of its last frame, by the same clock; for {@link Type#END} only
 * @param duration from its first frame to its last so far, measured without the clock
 * @param clockSynchronized whether the timestamp is of a clock that the kernel knows to be
 *     synchronised; empty when nobody can tell
 * @param match who it is now
 * @param unknownId which unknown person it is, while it is an unknown one told from others; over
 *     tracks and restarts the same
 * @param tolerance in force, in the unit of the model
 * @param strategy in force
 * @param box where the face was last
 * @param frameWidth columns of the frame
 * @param frameHeight rows of the frame
 * @param zone name of the camera's zone the face was last in; empty where it has none
 * @param model the encoder's model
 * @param detector the detection method
 * @param times of the frame that brought the news
 */
public record RecognitionEvent(
        Type type,
        String id,
        long sequence,
        String camera,
        Instant timestamp,
        Instant startTime,
        Optional<Instant> endTime,
        Duration duration,
        Optional<Boolean> clockSynchronized,
        Match match,
        Optional<UUID> unknownId,
        double tolerance,
        Strategy strategy,
        Box box,
        int frameWidth,
        int frameHeight,
        Optional<String> zone,
        ModelInfo model,
        String detector,
        StageTimes times) {
    /** What happened to a track. */
    public enum Type {
        /** It was decided who it is, or that the face is unknown. */
        NEW,
        /** Its name changed. */
        UPDATE,
        /** The face is gone. */
        END
    }

    public RecognitionEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(camera, "camera");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(startTime, "startTime");
        Objects.requireNonNull(endTime, "endTime");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(clockSynchronized, "clockSynchronized");
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(unknownId, "unknownId");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(box, "box");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(detector, "detector");
        Objects.requireNonNull(times, "times");
    }

    /** How sure the match is, 0 to 1, by the encoder's own measure; 0 without a distance. */
    public double score() {
        return match.distance().isPresent()
                ? model.encoder().score(match.distance().getAsDouble(), tolerance)
                : 0;
    }

    /** The same, of somebody else. */
    public RecognitionEvent withMatch(Match other) {
        return new RecognitionEvent(
                type,
                id,
                sequence,
                camera,
                timestamp,
                startTime,
                endTime,
                duration,
                clockSynchronized,
                other,
                unknownId,
                tolerance,
                strategy,
                box,
                frameWidth,
                frameHeight,
                zone,
                model,
                detector,
                times);
    }
}
