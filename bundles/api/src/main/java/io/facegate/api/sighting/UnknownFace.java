// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.sighting;

import io.facegate.api.encoder.FaceDescriptor;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A face kept of an unknown person.
 *
 * @param id rises in the order of adding
 * @param unknownId whose it is
 * @param camera where it was seen
 * @param seenAt capture time of its frame
 * @param descriptor the embedding with its model
 * @param hasChip whether its aligned face is kept
 * @param later what other models made of its chip
 */
public record UnknownFace(
        long id,
        UUID unknownId,
        String camera,
        Instant seenAt,
        FaceDescriptor descriptor,
        boolean hasChip,
        List<FaceDescriptor> later) {
    public UnknownFace {
        Objects.requireNonNull(unknownId, "unknownId");
        Objects.requireNonNull(camera, "camera");
        Objects.requireNonNull(seenAt, "seenAt");
        Objects.requireNonNull(descriptor, "descriptor");
        later = List.copyOf(later);
    }

    /** One no other model was asked about. */
    public UnknownFace(
            long id,
            UUID unknownId,
            String camera,
            Instant seenAt,
            FaceDescriptor descriptor,
            boolean hasChip) {
        this(id, unknownId, camera, seenAt, descriptor, hasChip, List.of());
    }
}
