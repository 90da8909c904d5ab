// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.encoder.FaceDescriptor;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * An encoding of the store.
 *
 * @param id rises in the order of adding
 * @param personId whose it is
 * @param descriptor the embedding with its model
 * @param source where it came from
 * @param contentHash SHA-256 of the picture file; empty when unknown
 * @param hasChip whether it can be encoded anew
 * @param createdAt when it was added
 * @param derived whether it is a later model's of a face whose first encoding is there too
 */
public record StoredEncoding(
        long id,
        UUID personId,
        FaceDescriptor descriptor,
        String source,
        String contentHash,
        boolean hasChip,
        Instant createdAt,
        boolean derived) {
    public StoredEncoding {
        Objects.requireNonNull(personId, "personId");
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(contentHash, "contentHash");
        Objects.requireNonNull(createdAt, "createdAt");
    }

    /** The first encoding of a face. */
    public StoredEncoding(
            long id,
            UUID personId,
            FaceDescriptor descriptor,
            String source,
            String contentHash,
            boolean hasChip,
            Instant createdAt) {
        this(id, personId, descriptor, source, contentHash, hasChip, createdAt, false);
    }
}
