// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

/** How the faces of a frame are found. */
public enum Search {
    /** The detector searches the whole frame. */
    FULL,
    /** The detector searches parts of the frame. */
    REGIONS,
    /** Faces are followed from the frame before. */
    TRACKED
}
