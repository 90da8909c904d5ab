// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.tracker.BoxTrackers;
import io.facegate.dlib.FaceChips;
import io.facegate.dlib.HogFaceDetector;
import io.facegate.dlib.HogOptions;
import io.facegate.dlib.Image;
import io.facegate.dlib.PixelFormat;
import io.facegate.dlib.Point;
import io.facegate.dlib.Rectangle;
import io.facegate.dlib.ResNetFaceEncoder;
import io.facegate.dlib.ShapePredictor;
import io.facegate.matcher.internal.MatcherComponent;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.analysis.StageSource;
import io.facegate.quality.internal.QualityComponent;
import io.facegate.quality.internal.QualityConfig;
import io.facegate.testing.SharedData;
import io.facegate.tracker.internal.Trackers;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * dlib as stages, which remember what they computed for a frame: the same film can be played many
 * times. Frames are told apart by source, number and size, faces by their box too.
 */
final class RealStages
        implements StageSource, FaceDetector, LandmarkDetector, FaceEncoder, AutoCloseable {
    /** With its default gates. */
    static final FaceQualityMeter QUALITY = gates(Map.of());

    private final HogFaceDetector hog = new HogFaceDetector(2);
    private final ShapePredictor landmarks;
    private final ResNetFaceEncoder encoder;
    private final Trackers trackers = new Trackers();
    private final FaceMatcher matcher = new MatcherComponent();
    private final Map<String, List<FaceDetection>> found = new HashMap<>();
    private final Map<String, FaceDescriptor> encoded = new HashMap<>();
    private final Map<Landmarks, String> keys = new HashMap<>();
    private final Map<FaceChip, String> chips = new HashMap<>();
    Gallery gallery = Gallery.EMPTY;
    boolean tracking = true;
    Optional<FaceQualityMeter> meter = Optional.of(QUALITY);

    RealStages() {
        landmarks =
                ShapePredictor.load(SharedData.file("models/shape_predictor_5_face_landmarks.dat"));
        encoder =
                ResNetFaceEncoder.load(
                        SharedData.file("models/dlib_face_recognition_resnet_model_v1.dat"));
    }

    /** The real meter with some gates set. */
    static FaceQualityMeter gates(Map<String, Object> values) {
        return new QualityComponent(
                (QualityConfig)
                        Proxy.newProxyInstance(
                                RealStages.class.getClassLoader(),
                                new Class<?>[] {QualityConfig.class},
                                (proxy, method, args) ->
                                        values.getOrDefault(
                                                method.getName(), method.getDefaultValue())));
    }

    @Override
    public Optional<FaceDetector> detector(String method) {
        return Optional.of(this);
    }

    @Override
    public Optional<LandmarkDetector> landmarks() {
        return Optional.of(this);
    }

    @Override
    public Optional<FaceEncoder> encoder() {
        return Optional.of(this);
    }

    @Override
    public Optional<FaceMatcher> matcher() {
        return Optional.of(matcher);
    }

    @Override
    public Optional<EncodingStore> store() {
        return Optional.of(Fakes.Store.of(gallery));
    }

    @Override
    public Optional<BoxTrackers> trackers() {
        return tracking ? Optional.of(trackers) : Optional.empty();
    }

    @Override
    public Optional<FaceQualityMeter> meter() {
        return meter;
    }

    @Override
    public String method() {
        return "hog";
    }

    @Override
    public List<FaceDetection> detect(Frame frame, DetectionOptions options) {
        boolean whole = frame.width() >= 640;
        return whole
                ? found.computeIfAbsent(key(frame) + options, k -> search(frame, options))
                : search(frame, options);
    }

    private List<FaceDetection> search(Frame frame, DetectionOptions options) {
        HogOptions hogOptions =
                new HogOptions(
                        options.upsample(),
                        options.thresholdAdjustment(),
                        options.minFace(),
                        options.grey());
        List<FaceDetection> faces = new ArrayList<>();
        hog.detect(image(frame), hogOptions)
                .forEach(
                        d -> {
                            Box box =
                                    new Box(
                                            Math.max(0, d.box().left()),
                                            Math.max(0, d.box().top()),
                                            Math.min(frame.width(), d.box().right()),
                                            Math.min(frame.height(), d.box().bottom()));
                            faces.add(new FaceDetection(box, d.score()));
                        });
        return List.copyOf(faces);
    }

    @Override
    public List<Landmarks> landmarks(Frame frame, List<Box> boxes) {
        List<Rectangle> rectangles =
                boxes.stream()
                        .map(b -> new Rectangle(b.left(), b.top(), b.right(), b.bottom()))
                        .toList();
        List<Landmarks> result = new ArrayList<>();
        for (List<Point> points : landmarks.predict(image(frame), rectangles)) {
            Landmarks face =
                    new Landmarks(
                            points.stream()
                                    .map(p -> new io.facegate.api.encoder.Point(p.x(), p.y()))
                                    .toList());
            keys.put(face, key(frame) + face);
            result.add(face);
        }
        return result;
    }

    @Override
    public ModelInfo model() {
        return new ModelInfo(
                SharedData.MODEL.id(),
                ModelKind.ENCODER,
                "dlib",
                "1.0.0",
                "sha",
                SharedData.MODEL.weights());
    }

    @Override
    public List<FaceChip> align(Frame frame, List<Landmarks> faces) {
        List<List<Point>> points =
                faces.stream()
                        .map(
                                face ->
                                        face.points().stream()
                                                .map(p -> new Point(p.x(), p.y()))
                                                .toList())
                        .toList();
        List<FaceChip> result = new ArrayList<>();
        List<byte[]> rgb = FaceChips.extract(image(frame), points);
        for (int i = 0; i < rgb.size(); i++) {
            FaceChip chip = new FaceChip(FaceChips.SIZE, rgb.get(i));
            chips.put(chip, keys.get(faces.get(i)));
            result.add(chip);
        }
        return result;
    }

    @Override
    public List<FaceDescriptor> encode(List<FaceChip> faces) {
        return faces.stream()
                .map(
                        chip ->
                                encoded.computeIfAbsent(
                                        chips.remove(chip),
                                        k ->
                                                new FaceDescriptor(
                                                        SharedData.MODEL,
                                                        encoder.encode(List.of(chip.rgb()))
                                                                .get(0))))
                .toList();
    }

    @Override
    public void close() {
        trackers.deactivate();
        encoder.close();
        landmarks.close();
        hog.close();
    }

    private static String key(Frame frame) {
        return frame.sourceId() + " " + frame.sequence() + " " + frame.width() + " ";
    }

    private static Image image(Frame frame) {
        return new Image(
                frame.pixels(), frame.width(), frame.height(), frame.stride(), PixelFormat.RGB24);
    }
}
