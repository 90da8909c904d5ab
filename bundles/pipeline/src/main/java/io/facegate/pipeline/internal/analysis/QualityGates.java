// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.RecognizedFace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The gates of quality in front of what faces have to say: which of them do not count, and why. */
public final class QualityGates {
    private QualityGates() {}

    /**
     * Judges the encoded faces of a frame with the meter captured for it; unchanged without one.
     *
     * @throws AnalysisException the meter failed
     */
    public static Analysis judge(Analysis analysis) throws AnalysisException {
        Optional<FaceQualityMeter> meter = analysis.stages().meter();
        if (meter.isEmpty()) {
            return analysis;
        }
        Stopwatch watch = new Stopwatch();
        List<RecognizedFace> faces = new ArrayList<>(analysis.faces().size());
        try {
            for (RecognizedFace face : analysis.faces()) {
                faces.add(face.descriptor().isPresent() ? judged(face, meter.get()) : face);
            }
        } catch (RuntimeException | Error e) {
            throw AnalysisException.failed("quality", e);
        }
        return analysis.judged(faces, watch.lap());
    }

    private static RecognizedFace judged(RecognizedFace face, FaceQualityMeter meter) {
        Set<QualityProblem> problems =
                meter.problems(
                        meter.measure(
                                face.detection(),
                                face.landmarks().orElseThrow(),
                                face.chip().orElseThrow()));
        return new RecognizedFace(
                face.detection(),
                face.landmarks(),
                face.chip(),
                face.descriptor(),
                face.match(),
                face.trackId(),
                problems.stream().sorted().findFirst());
    }
}
