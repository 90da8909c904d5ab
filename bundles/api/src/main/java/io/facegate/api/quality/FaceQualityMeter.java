// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.quality;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.Landmarks;

import org.osgi.annotation.versioning.ProviderType;

import java.util.Set;

/** Measures faces and judges them by the configured gates. Thread-safe; returns at once. */
@ProviderType
public interface FaceQualityMeter {
    /**
     * Measures a face.
     *
     * @param detection where it is in its frame
     * @param landmarks its landmarks in the same frame
     * @param chip the aligned face
     */
    FaceQuality measure(FaceDetection detection, Landmarks landmarks, FaceChip chip);

    /** What speaks against a face by the gates in force; empty for a good one. */
    Set<QualityProblem> problems(FaceQuality quality);

    /** What to say of a problem: the value measured, the gate, what to do; one line. */
    String explain(QualityProblem problem, FaceQuality quality);
}
