// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

/** How a name is made out of distances. */
public enum Strategy {
    /**
     * The person with the most encodings within the tolerance, ties to the one whose first such
     * encoding was added first: exactly what the Python scripts do.
     */
    VOTE,
    /** The owner of the nearest encoding, when within the tolerance. */
    NEAREST,
    /** The majority among the k nearest encodings, when the nearest is within the tolerance. */
    KNN,
    /**
     * For streams: decided over the frames of one track, each by {@link #NEAREST}, with a margin to
     * the second-best person. On a single picture the same as {@link #NEAREST}.
     */
    CONSENSUS
}
