// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.frame.CaptureTime;
import io.facegate.api.recognition.RecognizedFace;

/**
 * A look at a face that was encoded.
 *
 * @param face with landmarks, chip and descriptor
 * @param seenAt capture time of its frame
 */
public record Look(RecognizedFace face, CaptureTime seenAt) {
    /** Square pixels of the face in its frame. */
    public long area() {
        return face.detection().box().area();
    }
}
