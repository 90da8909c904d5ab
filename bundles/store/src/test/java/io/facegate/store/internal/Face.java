// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.NewEncoding;

import java.util.Optional;

/**
 * An encoding made up, all of which follows from a seed, so that any process can tell whether one
 * that is kept is what it was. The seed stands where the hash of the picture does.
 */
record Face(long seed, String source) {
    /** The face of an encoding that is kept, which must be just that. */
    static Face of(
            String contentHash, String source, FaceDescriptor kept, Optional<FaceChip> chip) {
        Face face = new Face(Long.parseLong(contentHash, 16), source);
        assertThat(kept).isEqualTo(face.descriptor());
        assertThat(chip.map(FaceChip::size)).isEqualTo(face.chip().map(FaceChip::size));
        assertThat(chip.map(FaceChip::rgb).orElse(new byte[0]))
                .isEqualTo(face.chip().map(FaceChip::rgb).orElse(new byte[0]));
        return face;
    }

    NewEncoding encoding() {
        return new NewEncoding(descriptor(), chip(), source, String.format("%064x", seed));
    }

    private FaceDescriptor descriptor() {
        ModelKey model = seed % 5 == 0 ? Faces.OTHER : Faces.MODEL;
        return Faces.descriptor(model, seed);
    }

    /** Some are as large as real ones, most are small for speed, some have none. */
    private Optional<FaceChip> chip() {
        return switch ((int) (seed % 7)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Faces.chip(seed, 150));
            default -> Optional.of(Faces.chip(seed, 10 + (int) (seed % 40)));
        };
    }
}
