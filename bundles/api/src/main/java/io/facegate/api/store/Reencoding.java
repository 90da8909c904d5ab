// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.model.ModelKey;

import org.osgi.annotation.versioning.ProviderType;

import java.util.List;

/**
 * Encodings of other models beside the first one of each face. They go with the face: whoever
 * renames, moves, deletes or erases it need not know of them. Encodings of different models stand
 * beside each other and are never compared. Thread-safe; every call blocks for the disk.
 */
@ProviderType
public interface Reencoding {
    /** How much has an encoding of a model. */
    ModelCoverage coverage(ModelKey model) throws StoreException;

    /**
     * Faces that have a chip and no encoding of a model, in the order of adding.
     *
     * @param after only faces with a greater id
     * @param most number of faces, at least 1
     */
    List<KeptFace> unencoded(ModelKey model, KeptFace.Owner owner, long after, int most)
            throws StoreException;

    /**
     * Adds encodings; all or nothing, but those whose face has gone or has one of that model are
     * left out.
     *
     * @return number added
     */
    int add(List<LaterEncoding> encodings) throws StoreException;

    /** What is kept of each model, in the order of their first encodings. */
    List<KeptEncodings> kept() throws StoreException;

    /**
     * Removes every encoding of a model, and overwrites where they lay. A face stays with its chip
     * and what other models made of it; an encoding that is the only one of its face stays too. All
     * or nothing.
     */
    ClearedEncodings clear(ModelKey model) throws StoreException;
}
