// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.quality.QualityProblem;

import java.util.Objects;
import java.util.Optional;

/**
 * A face of a frame and who it is.
 *
 * @param detection where
 * @param landmarks empty when the face was not encoded: no encoder present, or a face of a track
 *     whose identity is settled, followed without being looked at again
 * @param chip the aligned face; empty when not encoded
 * @param descriptor empty when not encoded
 * @param match who; of a settled track the track's answer; {@link Match#NONE} when neither encoded
 *     nor settled, and when the face does not count while its track is not decided
 * @param trackId the track it belongs to in a stream; empty for a single picture
 * @param problem the first reason for which the face, or when it was not encoded the last one of
 *     its track that was, does not count for a name; empty when it does, and without gates of
 *     quality
 */
public record RecognizedFace(
        FaceDetection detection,
        Optional<Landmarks> landmarks,
        Optional<FaceChip> chip,
        Optional<FaceDescriptor> descriptor,
        Match match,
        Optional<String> trackId,
        Optional<QualityProblem> problem) {
    public RecognizedFace {
        Objects.requireNonNull(detection, "detection");
        Objects.requireNonNull(landmarks, "landmarks");
        Objects.requireNonNull(chip, "chip");
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(trackId, "trackId");
        Objects.requireNonNull(problem, "problem");
    }

    /** A face nothing speaks against. */
    public RecognizedFace(
            FaceDetection detection,
            Optional<Landmarks> landmarks,
            Optional<FaceChip> chip,
            Optional<FaceDescriptor> descriptor,
            Match match,
            Optional<String> trackId) {
        this(detection, landmarks, chip, descriptor, match, trackId, Optional.empty());
    }
}
