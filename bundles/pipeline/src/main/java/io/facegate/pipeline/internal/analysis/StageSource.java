// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.tracker.BoxTrackers;

import java.util.Optional;

/** The stages as they are registered at this moment; each may come, go or change at any time. */
public interface StageSource {
    /** The detector of a method with the highest service ranking. */
    Optional<FaceDetector> detector(String method);

    /** The landmark detector in use. */
    Optional<LandmarkDetector> landmarks();

    /** The encoder in use. */
    Optional<FaceEncoder> encoder();

    /** The matcher in use. */
    Optional<FaceMatcher> matcher();

    /** The people and their encodings. */
    Optional<EncodingStore> store();

    /** Need not be there. */
    Optional<BoxTrackers> trackers();

    /** Need not be there. */
    Optional<FaceQualityMeter> meter();
}
