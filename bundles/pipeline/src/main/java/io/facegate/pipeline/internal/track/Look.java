// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.recognition.RecognizedFace;

import java.time.Instant;

/**
 * A look at a face that was encoded.
 *
 * @param face with landmarks, chip and descriptor
 * @param seenAt capture time of its frame
 */
public record Look(RecognizedFace face, Instant seenAt) {
    /** Square pixels of the face in its frame. */
    public long area() {
        return face.detection().box().area();
    }
}
