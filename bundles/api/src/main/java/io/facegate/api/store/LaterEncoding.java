// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.encoder.FaceDescriptor;

import java.util.Objects;

/**
 * What another model makes of a face that is kept.
 *
 * @param owner whose faces it is one of
 * @param face id of the face, as in {@link KeptFace}
 * @param descriptor made of its chip
 */
public record LaterEncoding(KeptFace.Owner owner, long face, FaceDescriptor descriptor) {
    public LaterEncoding {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(descriptor, "descriptor");
    }
}
