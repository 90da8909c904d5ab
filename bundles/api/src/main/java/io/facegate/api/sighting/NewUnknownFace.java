// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.sighting;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A face of an unknown person to be kept.
 *
 * @param unknownId whose it is; the person is made when missing
 * @param camera where it was seen
 * @param seenAt capture time of its frame
 * @param descriptor the embedding
 * @param chip the aligned face it was made of
 */
public record NewUnknownFace(
        UUID unknownId,
        String camera,
        Instant seenAt,
        FaceDescriptor descriptor,
        Optional<FaceChip> chip) {
    public NewUnknownFace {
        Objects.requireNonNull(unknownId, "unknownId");
        Objects.requireNonNull(camera, "camera");
        Objects.requireNonNull(seenAt, "seenAt");
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(chip, "chip");
    }
}
