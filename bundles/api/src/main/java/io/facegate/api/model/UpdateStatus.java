// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import io.facegate.api.store.ModelCoverage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * How the update of the encoder is.
 *
 * @param inUse the encoder that serves; empty when none can
 * @param coverage how many people can be recognised with it; empty when it is not known
 * @param previous the encoder before it, to which one can go back
 * @param offer the encoder that is to come after it
 */
public record UpdateStatus(
        Optional<ModelKey> inUse,
        Optional<ModelCoverage> coverage,
        Optional<ModelKey> previous,
        Optional<Offer> offer) {
    /** What happens with an encoder that is offered. */
    public enum Phase {
        /** It is loaded beside the one in use, and its self-test runs. */
        LOADING,
        /** People are encoded with it. */
        ENCODING,
        /** It looks at the same faces as the one in use. */
        SHADOW,
        /** It waits for a person to decide; the message says why. */
        WAITING,
        /** It cannot be used; the message says why. */
        REFUSED
    }

    /**
     * An encoder on its way.
     *
     * @param model its identity
     * @param phase where it is
     * @param done faces encoded so far
     * @param of faces to be encoded in all
     * @param facesPerSecond the rate of the run; 0 when it is not known
     * @param message why it waits or was refused; empty otherwise
     * @param gallery what would change in the gallery; empty before it is known
     * @param live what would have changed before the cameras; empty before it is known
     */
    public record Offer(
            ModelInfo model,
            Phase phase,
            int done,
            int of,
            double facesPerSecond,
            String message,
            Optional<GalleryComparison> gallery,
            Optional<LiveComparison> live) {
        public Offer {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(phase, "phase");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(gallery, "gallery");
            Objects.requireNonNull(live, "live");
        }
    }

    /**
     * Every face of the gallery told by the others, with the encoder in use and the one offered.
     *
     * @param faces that were compared with the encoder offered
     * @param rightBefore faces that get their own name from the encoder in use
     * @param rightAfter from the one offered
     * @param wrongBefore faces that get somebody else's name from the encoder in use
     * @param wrongAfter from the one offered
     * @param worse ids of the people who would be told less well
     */
    public record GalleryComparison(
            int faces,
            int rightBefore,
            int rightAfter,
            int wrongBefore,
            int wrongAfter,
            List<UUID> worse) {
        public GalleryComparison {
            worse = List.copyOf(worse);
        }
    }

    /**
     * Faces before the cameras, looked at by both.
     *
     * @param faces looked at
     * @param same with the same answer
     * @param found unknown to the encoder in use, named by the one offered
     * @param lost named by the encoder in use, unknown to the one offered
     * @param other named differently
     */
    public record LiveComparison(int faces, int same, int found, int lost, int other) {}

    public UpdateStatus {
        Objects.requireNonNull(inUse, "inUse");
        Objects.requireNonNull(coverage, "coverage");
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(offer, "offer");
    }
}
