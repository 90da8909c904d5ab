// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.sighting;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.Landmarks;

import java.time.Instant;
import java.util.Objects;

/**
 * A face that a track decided to be unknown by.
 *
 * @param track id of the track
 * @param camera id of the camera
 * @param seenAt capture time of the frame
 * @param detection where the face is in the frame
 * @param landmarks its landmarks
 * @param chip the aligned face
 * @param descriptor its embedding
 */
public record UnknownSighting(
        String track,
        String camera,
        Instant seenAt,
        FaceDetection detection,
        Landmarks landmarks,
        FaceChip chip,
        FaceDescriptor descriptor) {
    public UnknownSighting {
        Objects.requireNonNull(track, "track");
        Objects.requireNonNull(camera, "camera");
        Objects.requireNonNull(seenAt, "seenAt");
        Objects.requireNonNull(detection, "detection");
        Objects.requireNonNull(landmarks, "landmarks");
        Objects.requireNonNull(chip, "chip");
        Objects.requireNonNull(descriptor, "descriptor");
    }
}
