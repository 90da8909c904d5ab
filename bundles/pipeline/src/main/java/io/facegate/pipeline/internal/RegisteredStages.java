// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.tracker.BoxTrackers;
import io.facegate.pipeline.internal.analysis.StageSource;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stages registered as services; for this bundle's components only. */
@Component(service = StageSource.class)
public final class RegisteredStages implements StageSource {
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, FaceDetector>> detectors = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile LandmarkDetector landmarks;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FaceEncoder encoder;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FaceMatcher matcher;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile EncodingStore store;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile BoxTrackers trackers;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FaceQualityMeter meter;

    @Override
    public Optional<FaceDetector> detector(String method) {
        return Ranking.highest(detectors, FaceDetector.METHOD, method);
    }

    @Override
    public Optional<LandmarkDetector> landmarks() {
        return Optional.ofNullable(landmarks);
    }

    @Override
    public Optional<FaceEncoder> encoder() {
        return Optional.ofNullable(encoder);
    }

    @Override
    public Optional<FaceMatcher> matcher() {
        return Optional.ofNullable(matcher);
    }

    @Override
    public Optional<EncodingStore> store() {
        return Optional.ofNullable(store);
    }

    @Override
    public Optional<BoxTrackers> trackers() {
        return Optional.ofNullable(trackers);
    }

    @Override
    public Optional<FaceQualityMeter> meter() {
        return Optional.ofNullable(meter);
    }
}
