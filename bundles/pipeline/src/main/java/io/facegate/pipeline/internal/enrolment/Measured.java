// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.enrolment;

import io.facegate.api.quality.FaceQuality;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.recognition.RecognizedFace;

import java.util.List;
import java.util.Optional;

/** A face's quality and what speaks against it. */
record Measured(Optional<FaceQuality> quality, List<EnrolmentWarning> warnings) {
    /** Measures an encoded face; knows nothing without a meter. */
    static Measured of(Optional<FaceQualityMeter> meter, RecognizedFace face) {
        if (meter.isEmpty()) {
            return new Measured(Optional.empty(), List.of());
        }
        FaceQuality quality =
                meter.get()
                        .measure(
                                face.detection(),
                                face.landmarks().orElseThrow(),
                                face.chip().orElseThrow());
        List<EnrolmentWarning> warnings =
                meter.get().problems(quality).stream()
                        .map(
                                problem ->
                                        new EnrolmentWarning(
                                                EnrolmentWarning.Kind.valueOf(problem.name()),
                                                meter.get().explain(problem, quality)))
                        .toList();
        return new Measured(Optional.of(quality), warnings);
    }
}
