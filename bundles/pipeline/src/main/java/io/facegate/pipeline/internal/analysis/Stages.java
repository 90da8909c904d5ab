// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.tracker.BoxTrackers;

import java.util.Optional;

/**
 * Everything one frame is worked on with, captured at its start: whatever is swapped meanwhile, the
 * frame sees one consistent set. Trackers need not be there: they only save work; nor the meter of
 * quality, without which every face counts.
 */
public record Stages(
        FaceDetector detector,
        LandmarkDetector landmarks,
        FaceEncoder encoder,
        ModelInfo model,
        FaceMatcher matcher,
        Optional<BoxTrackers> trackers,
        Optional<FaceQualityMeter> meter,
        EncodingStore store,
        Gallery gallery) {}
