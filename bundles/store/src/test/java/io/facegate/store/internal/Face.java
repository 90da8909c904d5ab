// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.sighting.NewUnknownFace;
import io.facegate.api.store.NewEncoding;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An encoding made up, all of which follows from a seed, so that any process can tell whether one
 * that is kept is what it was. The first two values of the descriptor say the seed.
 */
record Face(long seed, String source) {
    /** Begins the source of what was the face of an unknown person. */
    static final String UNKNOWN = "unknown/";

    /** Begins the source of what came from a file of people, without chips and hashes. */
    static final String IMPORTED = "import:";

    private static final int HALF = 15;
    private static final float SCALE = 1 << (HALF + 1);

    /** The face of which this is kept, which must be just that. */
    static Face of(FaceDescriptor kept, String source, Optional<FaceChip> chip) {
        float[] values = kept.toArray();
        long seed = ((long) (values[0] * SCALE) << HALF) + (long) (values[1] * SCALE);
        Face face = new Face(seed, source);
        assertThat(kept).isEqualTo(face.descriptor());
        assertThat(chip.map(FaceChip::size)).isEqualTo(face.chip().map(FaceChip::size));
        assertThat(chip.map(FaceChip::rgb).orElse(new byte[0]))
                .isEqualTo(face.chip().map(FaceChip::rgb).orElse(new byte[0]));
        return face;
    }

    NewEncoding encoding() {
        return new NewEncoding(descriptor(), chip(), source, contentHash());
    }

    NewUnknownFace unknown(UUID person) {
        return new NewUnknownFace(person, "front", Instant.EPOCH, descriptor(), chip());
    }

    String contentHash() {
        return source.startsWith(UNKNOWN) || source.startsWith(IMPORTED)
                ? ""
                : String.format("%064x", seed);
    }

    FaceDescriptor descriptor() {
        ModelKey model = seed % 5 == 0 ? Faces.OTHER : Faces.MODEL;
        float[] values = Faces.values(seed, 128);
        values[0] = (seed >> HALF) / SCALE;
        values[1] = (seed & ((1 << HALF) - 1)) / SCALE;
        return new FaceDescriptor(model, values);
    }

    /** Some are as large as real ones, most are small for speed, some have none. */
    private Optional<FaceChip> chip() {
        if (source.startsWith(IMPORTED)) {
            return Optional.empty();
        }
        return switch ((int) (seed % 7)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Faces.chip(seed, 150));
            default -> Optional.of(Faces.chip(seed, 10 + (int) (seed % 40)));
        };
    }
}
