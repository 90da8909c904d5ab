// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.quality.QualityProblem;

import java.util.Set;

/** Only has to be there. */
public final class FakeMeter implements FaceQualityMeter {
    @Override
    public FaceQuality measure(FaceDetection detection, Landmarks landmarks, FaceChip chip) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<QualityProblem> problems(FaceQuality quality) {
        return Set.of();
    }

    @Override
    public String explain(QualityProblem problem, FaceQuality quality) {
        return "";
    }
}
