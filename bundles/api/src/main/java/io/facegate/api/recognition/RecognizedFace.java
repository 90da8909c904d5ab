// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.Landmarks;

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
 *     nor settled
 * @param trackId the track it belongs to in a stream; empty for a single picture
 */
public record RecognizedFace(
        FaceDetection detection,
        Optional<Landmarks> landmarks,
        Optional<FaceChip> chip,
        Optional<FaceDescriptor> descriptor,
        Match match,
        Optional<String> trackId) {
    public RecognizedFace {
        Objects.requireNonNull(detection, "detection");
        Objects.requireNonNull(landmarks, "landmarks");
        Objects.requireNonNull(chip, "chip");
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(trackId, "trackId");
    }
}
