// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.quality;

/** What speaks against using a face. */
public enum QualityProblem {
    /** Too few pixels. */
    SMALL,
    /** Out of focus or moved. */
    BLURRED,
    /** Turned, lifted or lowered too far. */
    TURNED,
    /** Too dark or too bright. */
    LIGHT,
    /** The detector is not sure that it is a face. */
    UNSURE
}
