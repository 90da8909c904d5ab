// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.enrolment;

import io.facegate.api.recognition.Enroller.Faces;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentException.Reason;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.RecognizedFace;

import java.util.Comparator;
import java.util.List;

/** Which of the faces of a picture are taken. */
final class FaceChoice {
    private FaceChoice() {}

    /**
     * @param picture its name, for messages
     * @return at least one
     * @throws EnrolmentException there is none, or several and that is refused
     */
    static List<RecognizedFace> of(
            String picture, List<RecognizedFace> found, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        if (found.isEmpty()) {
            throw new EnrolmentException(
                    Reason.NO_FACE,
                    picture
                            + ": no face found ("
                            + options.detectionMethod()
                            + ", upsample "
                            + options.detection().upsample()
                            + "); try a higher upsample, another detection method or another"
                            + " picture",
                    null);
        }
        if (found.size() == 1 || faces == Faces.ALL) {
            return found;
        }
        if (faces == Faces.REFUSE) {
            throw new EnrolmentException(
                    Reason.SEVERAL_FACES,
                    picture
                            + ": "
                            + found.size()
                            + " faces, and it is not clear whose they are; take a picture with one"
                            + " face",
                    null);
        }
        return List.of(
                found.stream()
                        .max(Comparator.comparingLong(face -> face.detection().box().area()))
                        .orElseThrow());
    }
}
