// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.encoder.FaceChip;

import java.util.Objects;

/**
 * A face that is kept with its chip and lacks an encoding of some model.
 *
 * @param owner whose faces it is one of
 * @param id of its first encoding among those of that owner; rises in the order of adding
 * @param chip the aligned face
 */
public record KeptFace(Owner owner, long id, FaceChip chip) {
    /** Whose faces are kept. */
    public enum Owner {
        /** People of the gallery. */
        PERSON,
        /** People of the gallery, as what they are not: their counter-examples. */
        COUNTER_EXAMPLE,
        /** People nobody has named. */
        UNKNOWN
    }

    public KeptFace {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(chip, "chip");
    }
}
