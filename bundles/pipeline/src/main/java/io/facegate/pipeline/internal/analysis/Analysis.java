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
 * @param encodeMillis landmarks, chips and descriptors, and judging them
 * @param matchMillis comparing with the gallery
 * @param judged whether its encoded faces went through the gates of quality
 */
public record Analysis(
        Stages stages,
        List<RecognizedFace> faces,
        Search search,
        double detectMillis,
        double trackMillis,
        double encodeMillis,
        double matchMillis,
        boolean judged) {
    /** Copies the list. */
    public Analysis {
        faces = List.copyOf(faces);
    }

    /** Without gates of quality. */
    public Analysis(
            Stages stages,
            List<RecognizedFace> faces,
            Search search,
            double detectMillis,
            double trackMillis,
            double encodeMillis,
            double matchMillis) {
        this(stages, faces, search, detectMillis, trackMillis, encodeMillis, matchMillis, false);
    }

    /** The same with its faces judged, which took so long. */
    Analysis judged(List<RecognizedFace> judgedFaces, double millis) {
        return new Analysis(
                stages,
                judgedFaces,
                search,
                detectMillis,
                trackMillis,
                encodeMillis + millis,
                matchMillis,
                true);
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
