// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.encoder.FaceChip;

import org.osgi.annotation.versioning.ProviderType;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps the counter-examples of people, with the people and their encodings: faces that were taken
 * for somebody and are not. They are part of the {@linkplain GallerySection#counterExamples()
 * gallery}, of copies of the store, and of the person, with whom they are deleted; when two people
 * become one, so do theirs. Thread-safe; a change is durable before it is published and before the
 * call returns.
 */
@ProviderType
public interface CounterExamples {
    /** Those of a person, in the order of adding; nobody has none. */
    List<StoredEncoding> counterExamples(UUID person) throws StoreException;

    /** The aligned face of one; empty when it has none. */
    Optional<FaceChip> counterChip(long id) throws StoreException;

    /**
     * Says that a face is not a person. One the person has already (same model, same values) is not
     * kept twice.
     *
     * @return the counter-example, new or as it was
     * @throws StoreException the person is not in the gallery (any more)
     */
    StoredEncoding reject(UUID person, NewEncoding face) throws StoreException;

    /**
     * Deletes some; those that are not there are passed over.
     *
     * @return number deleted
     */
    int removeCounterExamples(Collection<Long> ids) throws StoreException;
}
