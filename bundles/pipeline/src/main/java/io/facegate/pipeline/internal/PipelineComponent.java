// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.PersonDataHolder;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.FrameListener;
import io.facegate.api.load.LoadGuard;
import io.facegate.api.load.LoadLimit;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.recognition.Corrections;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.RecentRecognition;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.status.SystemClock;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;
import io.facegate.pipeline.internal.analysis.FrameRecognizer;
import io.facegate.pipeline.internal.analysis.StageCapture;
import io.facegate.pipeline.internal.analysis.StageSource;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Recognition as services; a changed configuration ends all tracks and starts anew. */
@Component(immediate = true, configurationPid = PipelineComponent.PID)
@Designate(ocd = PipelineConfig.class)
public final class PipelineComponent
        implements FrameListener,
                Pipelines,
                Recognizer,
                Corrections,
                Tolerances,
                PersonDataHolder,
                ConditionSource {
    static final String PID = "io.facegate.pipeline";
    private static final Logger log = LoggerFactory.getLogger(PipelineComponent.class);

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<RecognitionListener> listeners = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile UnknownPeople unknownPeople;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Camera> cameras = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SystemClock clock;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile CounterExamples counterExamples;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile LoadGuard guard;

    private final Settings settings;
    private final EventSequence sequence;
    private final StageCapture capture;
    private final CameraPipelines pipelines;
    private final Recognizer recognizer;
    private final RecentCorrections corrections;

    @Activate
    public PipelineComponent(
            BundleContext context, PipelineConfig config, @Reference StageSource stages) {
        String data =
                Optional.ofNullable(context.getProperty("facegate.data")).orElse("facegate-data");
        settings = Settings.of(config, Path.of(data));
        settings.complaints()
                .forEach(complaint -> log.warn("configuration {}: {}", PID, complaint));
        sequence = new EventSequence(Path.of(data, "sequence"));
        capture = new StageCapture(stages);
        RecentRecognitions recent = new RecentRecognitions();
        FrameAnalyzer analyzer = new FrameAnalyzer(capture);
        pipelines =
                new CameraPipelines(
                        settings,
                        analyzer,
                        new Audience(() -> listeners),
                        sequence,
                        () -> Optional.ofNullable(unknownPeople),
                        this::areas,
                        () -> Optional.ofNullable(clock),
                        recent,
                        new Throttle(settings, this::limit));
        corrections =
                new RecentCorrections(
                        recent,
                        pipelines,
                        stages::store,
                        () -> Optional.ofNullable(counterExamples),
                        settings.recognition().tolerances());
        recognizer = new FrameRecognizer(analyzer, settings.stageWaitMillis());
        log.info("recognition starts: {}", settings);
    }

    private LoadLimit limit() {
        LoadGuard asked = guard;
        return asked == null ? LoadLimit.NONE : asked.limit();
    }

    /** A camera that is just being swapped has no areas: its faces count wherever they are. */
    private WatchedAreas areas(String id) {
        return cameras.stream()
                .filter(camera -> camera.id().equals(id))
                .findFirst()
                .map(Camera::areas)
                .orElse(WatchedAreas.EVERYWHERE);
    }

    @Deactivate
    void deactivate() {
        capture.close();
        pipelines.close();
    }

    @Override
    public void onFrame(Frame frame) {
        pipelines.offer(frame);
    }

    @Override
    public List<PipelineStatus> status() {
        return pipelines.status();
    }

    @Override
    public void setRecognizing(String camera, boolean recognizing) {
        pipelines.setRecognizing(camera, recognizing);
    }

    @Override
    public FrameResult recognize(Frame frame, RecognitionOptions options) {
        return recognizer.recognize(frame, options);
    }

    /** As configured. */
    @Override
    public double of(ModelInfo model) {
        return settings.recognition().tolerances().of(model);
    }

    @Override
    public List<RecentRecognition> recent() {
        return corrections.recent();
    }

    @Override
    public StoredEncoding reject(String eventId, Optional<UUID> person) throws StoreException {
        return corrections.reject(eventId, person);
    }

    @Override
    public String place() {
        return "pipeline";
    }

    @Override
    public List<ErasedPart> eraseLike(Person person, List<FaceDescriptor> descriptors) {
        return corrections.forget(person, descriptors);
    }

    /** Of frames since then. */
    @Override
    public List<ErasedPart> erase(Person person) {
        return corrections.forget(person, List.of());
    }

    @Override
    public List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(settings.condition());
        sequence.condition().ifPresent(conditions::add);
        conditions.addAll(pipelines.conditions());
        return conditions;
    }
}
