// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import java.util.Objects;

/**
 * Why a picture is doubtful.
 *
 * @param kind to count by
 * @param message what was measured and what to do, one line without the picture's name
 */
public record EnrolmentWarning(Kind kind, String message) {
    /** What may be wrong with a picture. */
    public enum Kind {
        /** The face has few pixels. */
        SMALL,
        /** The face is out of focus or moved. */
        BLURRED,
        /** The face is turned, lifted, lowered or tilted far. */
        TURNED,
        /** The face is too dark or too bright. */
        LIGHT,
        /** The detector is not sure that it is a face. */
        UNSURE,
        /** There are other faces in the picture, which were left out. */
        SEVERAL_FACES,
        /** The person has this picture already, from another source. */
        DUPLICATE,
        /** The face is nearer to another person, within the tolerance. */
        OTHER_PERSON,
        /** The face is farther than the tolerance from every picture the person has. */
        UNLIKE_OWN
    }

    public EnrolmentWarning {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }
}
