// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.Corrections;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.metrics.engine.Engine;

import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The services the page works with, as they are at the moment; any may be missing. Thread-safe. */
@Component(service = GatewayServices.class)
public final class GatewayServices {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Pipelines pipelines;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ModelRegistry models;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ModelUpdates updates;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile EncodingStore store;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile CounterExamples counterExamples;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Corrections corrections;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Enroller enroller;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Eraser eraser;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PictureWriter writer;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile UnknownPeople unknownPeople;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Sightings sightings;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ConfigurationAdmin configurations;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Camera> cameras = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ConditionSource> conditions = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ServiceReference<FaceDetector>> detectors = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ServiceReference<FaceEncoder>> encoders = List.of();

    @Activate
    public GatewayServices() {
        // they come and go
    }

    /** What one request sees. */
    Parts parts() {
        List<Engine> engines = new ArrayList<>(Engine.of("detect", detectors));
        engines.addAll(Engine.of("encode", encoders));
        return new Parts(
                cameras, conditions, pipelines(), models(), store(), corrections(), engines);
    }

    List<Camera> cameras() {
        return List.copyOf(cameras);
    }

    Optional<Pipelines> pipelines() {
        return Optional.ofNullable(pipelines);
    }

    Optional<ModelRegistry> models() {
        return Optional.ofNullable(models);
    }

    Optional<EncodingStore> store() {
        return Optional.ofNullable(store);
    }

    Optional<CounterExamples> counterExamples() {
        return Optional.ofNullable(counterExamples);
    }

    Optional<ModelUpdates> updates() {
        return Optional.ofNullable(updates);
    }

    Optional<Corrections> corrections() {
        return Optional.ofNullable(corrections);
    }

    Optional<Enroller> enroller() {
        return Optional.ofNullable(enroller);
    }

    Optional<Eraser> eraser() {
        return Optional.ofNullable(eraser);
    }

    Optional<PictureWriter> writer() {
        return Optional.ofNullable(writer);
    }

    Optional<UnknownPeople> unknownPeople() {
        return Optional.ofNullable(unknownPeople);
    }

    Optional<Sightings> sightings() {
        return Optional.ofNullable(sightings);
    }

    Optional<ConfigurationAdmin> configurations() {
        return Optional.ofNullable(configurations);
    }
}
