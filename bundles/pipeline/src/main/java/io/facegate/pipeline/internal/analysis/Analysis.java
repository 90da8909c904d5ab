// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognizedFace;

import java.util.List;

/**
 * What the stages found in one frame.
 *
 * @param stages what it was found with
 * @param faces in the detector's order, each with its own match
 * @param search how they were found
 * @param detectMillis finding faces
 * @param trackMillis following faces and deciding where to look
 * @param encodeMillis landmarks, chips and descriptors
 * @param matchMillis comparing with the gallery
 */
public record Analysis(
        Stages stages,
        List<RecognizedFace> faces,
        Search search,
        double detectMillis,
        double trackMillis,
        double encodeMillis,
        double matchMillis) {
    /** Copies the list. */
    public Analysis {
        faces = List.copyOf(faces);
    }

    /** Faces that were encoded. */
    public int encodedFaces() {
        return (int) faces.stream().filter(face -> face.descriptor().isPresent()).count();
    }

    /** What became of the frame. */
    public Outcome outcome() {
        return faces.isEmpty() ? Outcome.NO_FACE : Outcome.RECOGNIZED;
    }
}
