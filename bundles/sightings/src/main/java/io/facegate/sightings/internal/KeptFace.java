// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.sighting.NewUnknownFace;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownSighting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A face of an unknown person, on disk or on its way there. Guarded by its {@link GroupTable}. */
final class KeptFace {
    final UUID unknown;
    final String camera;
    final Instant seenAt;
    final FaceDescriptor descriptor;

    /** What other models made of it. */
    final List<FaceDescriptor> later;

    /** Shorter side in pixels; 0 when read from disk. */
    final int size;

    /** Below 0 while it is not on disk: a number to ask for its chip by. */
    long id;

    /** Until it is on disk; empty then. */
    Optional<FaceChip> chip;

    /** It was read from disk with a chip, or written with one. */
    boolean chipStored;

    boolean removed;

    /** A new one. */
    KeptFace(UUID unknown, UnknownSighting sighting, int size, long temporaryId) {
        this.unknown = unknown;
        camera = sighting.camera();
        seenAt = sighting.seenAt();
        descriptor = sighting.descriptor();
        later = List.of();
        this.size = size;
        chip = Optional.of(sighting.chip());
        id = temporaryId;
    }

    /** One from disk. */
    KeptFace(UnknownFace face) {
        unknown = face.unknownId();
        camera = face.camera();
        seenAt = face.seenAt();
        descriptor = face.descriptor();
        later = face.later();
        size = 0;
        chip = Optional.empty();
        chipStored = face.hasChip();
        id = face.id();
    }

    boolean stored() {
        return id >= 0;
    }

    void written(long storedId) {
        id = storedId;
        chipStored = chip.isPresent();
        chip = Optional.empty();
    }

    /** For the store. */
    NewUnknownFace fresh() {
        return new NewUnknownFace(unknown, camera, seenAt, descriptor, chip);
    }

    /** For listeners. */
    UnknownFace view() {
        return new UnknownFace(
                id, unknown, camera, seenAt, descriptor, chipStored || chip.isPresent(), later);
    }
}
