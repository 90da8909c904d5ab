// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.FrameListener;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recognition as services; a changed configuration ends all tracks and starts anew. */
@Component(immediate = true, configurationPid = PipelineComponent.PID)
@Designate(ocd = PipelineComponent.Config.class)
public final class PipelineComponent
        implements FrameListener, Pipelines, Recognizer, Enroller, ConditionSource {
    static final String PID = "io.facegate.pipeline";
    private static final Logger log = LoggerFactory.getLogger(PipelineComponent.class);

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
    private volatile PictureReader pictures;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<RecognitionListener> listeners = List.of();

    private final Settings settings;
    private final EventSequence sequence;
    private final StageCapture capture;
    private final CameraPipelines pipelines;
    private final Recognizer recognizer;
    private final Enroller enroller;

    @Activate
    public PipelineComponent(BundleContext context, Config config) {
        settings = Settings.of(config);
        settings.complaints()
                .forEach(complaint -> log.warn("configuration {}: {}", PID, complaint));
        String data =
                Optional.ofNullable(context.getProperty("facegate.data")).orElse("facegate-data");
        sequence = new EventSequence(Path.of(data, "sequence"));
        capture = new StageCapture(new Registered());
        FrameAnalyzer analyzer = new FrameAnalyzer(capture);
        pipelines =
                new CameraPipelines(settings, analyzer, new Audience(() -> listeners), sequence);
        recognizer = new FrameRecognizer(analyzer, settings.stageWaitMillis());
        enroller =
                new PictureEnroller(
                        analyzer,
                        capture,
                        () -> Optional.ofNullable(pictures),
                        settings.stageWaitMillis());
        log.info("recognition starts: {}", settings);
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

    @Override
    public Enrolment enrol(
            String name, Path picture, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        return enroller.enrol(name, picture, source, options, faces);
    }

    @Override
    public List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(settings.condition());
        sequence.condition().ifPresent(conditions::add);
        conditions.addAll(pipelines.conditions());
        return conditions;
    }

    /** The references of this moment. */
    private final class Registered implements StageSource {
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
    }

    /** What can be set; every value has a working default. */
    @ObjectClassDefinition(
            name = "Facegate recognition",
            description = "How faces of live streams are found, named and followed")
    public @interface Config {
        @AttributeDefinition(
                name = "Detection method",
                description = "hog (fast, frontal faces) or cnn (slow, needs the MMOD model)",
                options = {
                    @Option(label = "HOG", value = "hog"),
                    @Option(label = "CNN", value = "cnn")
                })
        String detectionMethod() default "hog";

        @AttributeDefinition(
                name = "Upsample",
                description = "Times a frame is doubled to find smaller faces, 0 to 2")
        int upsample() default 0;

        @AttributeDefinition(
                name = "Smallest face",
                description =
                        "In pixels of the frame, 0 to 10000; 0 = as small as the detector can")
        int minFace() default 0;

        @AttributeDefinition(
                name = "Processing width",
                description =
                        "Pixels, 0 to 10000: wider frames are scaled down to look for faces; 0 ="
                                + " never")
        int processingWidth() default 0;

        @AttributeDefinition(
                name = "Tolerance",
                description =
                        "Largest distance between descriptors of one person, above 0, at most 2")
        double tolerance() default 0.6;

        @AttributeDefinition(
                name = "Strategy",
                description = "How a frame speaks for a name: consensus, vote, nearest or knn",
                options = {
                    @Option(label = "Consensus", value = "consensus"),
                    @Option(label = "Vote", value = "vote"),
                    @Option(label = "Nearest", value = "nearest"),
                    @Option(label = "k nearest", value = "knn")
                })
        String strategy() default "consensus";

        @AttributeDefinition(
                name = "Neighbours",
                description = "Nearest encodings asked by the strategy knn, 1 to 1000")
        int k() default 3;

        @AttributeDefinition(
                name = "Frames to decide",
                description = "Of the last 5 frames of a face that must agree on a name, 1 to 5")
        int decideFrames() default 3;

        @AttributeDefinition(
                name = "Smallest margin",
                description =
                        "Distance by which the second-best person must be farther, 0 to 2; for the"
                                + " strategy consensus")
        double minMargin() default 0.05;

        @AttributeDefinition(
                name = "Frames to unknown",
                description = "Frames of a face without a name until it is unknown, 1 to 10000")
        int unknownFrames() default 8;

        @AttributeDefinition(
                name = "Time to unknown",
                description =
                        "Milliseconds of a face without a name until it is unknown also with fewer"
                                + " frames, 0 to 3600000")
        int unknownMillis() default 700;

        @AttributeDefinition(
                name = "Time to lost",
                description =
                        "Milliseconds without a face until it is gone, 100 to 60000; a slow"
                                + " pipeline waits for at least three frames")
        int trackLostMillis() default 1000;

        @AttributeDefinition(
                name = "Wait for parts",
                description =
                        "Milliseconds a frame waits for a part that is being replaced, 0 to 60000")
        int stageWaitMillis() default 2000;

        @AttributeDefinition(
                name = "Time to retire",
                description =
                        "Milliseconds without a frame until a camera's worker ends, 1000 to"
                                + " 86400000")
        int retireMillis() default 60000;
    }
}
