// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import io.facegate.api.backup.Backups;
import io.facegate.api.camera.Camera;
import io.facegate.api.camera.FrameSourceFactory;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.display.ResultWindows;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.quality.GalleryReview;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.sighting.SightingStore;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.StoreEncryption;
import io.facegate.api.video.VideoWriterFactory;
import io.facegate.command.internal.session.Parts;
import io.facegate.command.internal.session.Tolerance;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The services of the running framework; every one of them may come and go at any time. */
@Component(service = Parts.class, configurationPid = Tolerance.PID)
public final class GatewayParts implements Parts {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile EncodingStore store;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile StoreEncryption encryption;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile GalleryExchange exchange;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Backups backups;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Eraser eraser;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Recognizer recognizer;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Enroller enroller;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile GalleryReview review;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile UnknownPeople unknown;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SightingStore sightingStore;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Sightings sightings;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FaceQualityMeter meter;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Pipelines pipelines;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PictureReader reader;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PictureWriter writer;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FrameSourceFactory sources;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile VideoWriterFactory videos;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ResultWindows windows;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ModelRegistry models;

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
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<FaceDetector> detectors = List.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Camera> cameras = List.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ConditionSource> conditionSources = List.of();

    private volatile Supplier<Tolerance> tolerance = () -> Tolerance.DEFAULT;

    /** Follows the configuration of the pipeline, as far as it concerns commands. */
    @Activate
    @Modified
    void configure(BundleContext context, Map<String, Object> pipeline) {
        Object value = pipeline.get("tolerance");
        String data = context.getProperty("facegate.data");
        if (value != null) {
            tolerance = () -> Tolerance.configured(value);
        } else if (data != null && "command".equals(context.getProperty("facegate.mode"))) {
            tolerance = () -> Tolerance.of(Path.of(data));
        } else {
            tolerance = () -> Tolerance.DEFAULT;
        }
    }

    @Override
    public Tolerance tolerance() {
        return tolerance.get();
    }

    @Override
    public <T> List<T> all(Class<T> type) {
        Stream<?> services;
        if (type == FaceDetector.class) {
            services = detectors.stream();
        } else if (type == Camera.class) {
            services = cameras.stream();
        } else if (type == ConditionSource.class) {
            services = conditionSources.stream();
        } else {
            services =
                    Stream.of(
                            new Object[] {
                                store,
                                encryption,
                                exchange,
                                backups,
                                eraser,
                                recognizer,
                                enroller,
                                review,
                                unknown,
                                sightingStore,
                                sightings,
                                meter,
                                pipelines,
                                reader,
                                writer,
                                sources,
                                videos,
                                windows,
                                models,
                                landmarks,
                                encoder
                            });
        }
        return services.filter(type::isInstance).<T>map(type::cast).toList();
    }
}
