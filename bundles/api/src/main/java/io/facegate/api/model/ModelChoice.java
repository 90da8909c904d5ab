// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import org.osgi.annotation.versioning.ProviderType;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the encoders installed is used. Kept in the data folder, so that the gateway and every
 * command use the same, also after a kill. A model that is put beside the one in use is not used by
 * being newer: people are encoded with it first. Detectors and landmarks need no choice, the newest
 * is used. Thread-safe.
 */
@ProviderType
public interface ModelChoice {
    /**
     * What was chosen.
     *
     * @param inUse the encoder chosen, whether it is installed or not; empty before the first was
     * @param previous the one before it, to which {@link #use} goes back at once
     * @param declined those people went back from: they are not taken by themselves again
     */
    record Choice(Optional<ModelKey> inUse, Optional<ModelKey> previous, Set<ModelKey> declined) {
        /** Nothing chosen yet: the newest encoder installed is used. */
        public static final Choice NONE = new Choice(Optional.empty(), Optional.empty(), Set.of());

        public Choice {
            Objects.requireNonNull(inUse, "inUse");
            Objects.requireNonNull(previous, "previous");
            declined = Set.copyOf(declined);
        }
    }

    /** The choice as it is. */
    Choice choice();

    /**
     * The encoder that is served: that chosen; while it is not installed the previous one; empty
     * when neither is there.
     */
    Optional<ModelKey> served();

    /**
     * Whether every model that is installed was looked at: before that, one that is missing may
     * still come.
     */
    boolean settled();

    /**
     * Chooses an encoder; the one chosen before becomes the previous one. Durable when this
     * returns; the engines change over soon afterwards, and the encoder before goes on until then.
     *
     * @throws IOException it cannot be written; nothing changed
     */
    void use(ModelKey model) throws IOException;

    /**
     * Goes back to the previous encoder; the one in use becomes the previous one and is declined.
     * Durable when this returns.
     *
     * @return the encoder that is used now; empty when there is no previous one
     * @throws IOException it cannot be written; nothing changed
     */
    Optional<ModelKey> goBack() throws IOException;

    /**
     * One cannot go back to an encoder any more; it is declined. Durable when this returns; nothing
     * changes unless it is the previous one.
     *
     * @throws IOException it cannot be written; nothing changed
     */
    void forget(ModelKey model) throws IOException;

    /**
     * Has an encoder loaded beside the one in use, as {@link CandidateEncoder}, or none.
     *
     * @param model not the one in use
     */
    void tryOut(Optional<ModelKey> model);
}
