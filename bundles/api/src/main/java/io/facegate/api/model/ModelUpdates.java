// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.StoreException;

import org.osgi.annotation.versioning.ProviderType;

import java.io.IOException;
import java.util.Optional;

/**
 * The life of an encoder that is put beside the one in use: it is loaded, everybody is encoded with
 * it from their chips, it looks at the same faces for a while, and then it is used. Frames go on
 * with the encoder before it until that moment. What was done survives the end of the process.
 * Thread-safe.
 */
@ProviderType
public interface ModelUpdates {
    /** How it is now. */
    UpdateStatus status();

    /**
     * Has an encoder used, whatever speaks against it, once everybody who can be is encoded with
     * it. Of the one in use those are encoded who are not. Returns at once.
     *
     * @throws IllegalArgumentException it is not installed, or was refused; the message says which
     */
    void activate(ModelKey model);

    /**
     * Goes back to the encoder before the one in use, with everything that was encoded with it.
     * Durable when this returns; frames change over as soon as it is loaded.
     *
     * @return the encoder that is used from now on; empty when there was none before
     * @throws IOException the choice cannot be written; nothing changed
     */
    Optional<ModelKey> rollBack() throws IOException;

    /**
     * Removes every encoding of an encoder from the store, and overwrites where they lay; faces and
     * their chips stay. Blocks for the disk.
     *
     * @param force also of the encoder before the one in use, to which one cannot go back any more
     *     then
     * @throws IllegalArgumentException it is in use, on its way, or the previous one; the message
     *     says which and what to do
     * @throws IOException the choice cannot be written; nothing changed
     */
    ClearedEncodings clear(ModelKey model, boolean force) throws StoreException, IOException;
}
