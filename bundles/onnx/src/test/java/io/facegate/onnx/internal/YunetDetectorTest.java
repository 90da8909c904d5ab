// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;
import io.facegate.api.status.StaleServiceException;
import io.facegate.dlib.Rectangle;
import io.facegate.dlib.ShapePredictor;
import io.facegate.dlib.call.DlibCall;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.testing.Golden;
import io.facegate.testing.ModelJar;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** YuNet's faces beside HOG's and beside those of OpenCV. */
class YunetDetectorTest {
    @TempDir static Path cache;
    private static YunetLoader loader;
    private static YunetDetector yunet;

    @BeforeAll
    static void load() throws Exception {
        loader = new YunetLoader(new Networks(cache, 2));
        yunet = loader.load(ModelJar.yunet());
    }

    @AfterAll
    static void close() {
        yunet.close();
    }

    static Stream<Golden.Photo> photos() throws IOException {
        return Golden.photos();
    }

    @ParameterizedTest
    @MethodSource("photos")
    void theFacesAreThoseOfHogThatSearchesFourTimesThePixels(Golden.Photo photo) throws Exception {
        List<FaceDetection> found = yunet.detect(photo.frame(), DetectionOptions.LIVE);
        List<Box> hog = photo.faces("hog_up1").stream().map(Golden::box).toList();
        assertThat(found).hasSameSizeAs(hog);
        assertThat(hog)
                .allSatisfy(
                        box -> assertThat(found).anyMatch(face -> face.box().overlap(box) > 0.5));
        assertThat(found).allMatch(face -> face.score() >= 0 && face.score() <= 1);
    }

    @Test
    void boxesPointsAndScoresAreThoseOfOpenCv() throws Exception {
        Frame frame = Golden.photo("faces/2008_001322.jpg").frame();
        // cv2.FaceDetectorYN of OpenCV 5.0.0 with the same file, threshold 0.8 and NMS 0.3
        double[][] expected = {
            {
                233.878, 206.098, 61.485, 81.090, 247.837, 234.140, 276.919, 234.147, 259.603,
                249.657, 249.443, 262.746, 275.377, 262.736, 0.93748
            },
            {
                357.853, 143.361, 81.245, 109.463, 372.972, 184.951, 410.961, 182.000, 389.331,
                204.515, 378.245, 222.304, 412.176, 219.614, 0.93269
            },
            {
                107.058, 145.255, 68.278, 94.442, 126.371, 179.861, 157.925, 182.139, 141.061,
                198.681, 125.222, 212.822, 152.391, 214.885, 0.92334
            }
        };
        List<YunetFace> found = yunet.faces(frame, 1, YunetDetector.THRESHOLD);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers(found.get(i))).containsExactly(expected[i], within(0.01));
            assertThat(found.get(i).score()).isCloseTo(expected[i][14], within(1e-4));
        }
    }

    private static double[] numbers(YunetFace face) {
        double[] box = {face.left(), face.top(), face.width(), face.height()};
        return Stream.of(box, face.points(), new double[] {face.score()})
                .flatMapToDouble(DoubleStream::of)
                .toArray();
    }

    @Test
    void landmarksFromItsBoxesGiveTheDescriptorsOfHog() throws Exception {
        List<Double> distances = new ArrayList<>();
        var encoders = new EncoderLoader(new Networks(cache, 2), 8);
        try (var landmarks = ShapePredictor.load(ModelJar.landmarks().read());
                OnnxFaceEncoder encoder = encoders.load(ModelJar.resnet("onnx"))) {
            List<Golden.Photo> johns =
                    Golden.photos().filter(p -> p.name().startsWith("johns/")).toList();
            for (Golden.Photo photo : johns) {
                Frame frame = photo.frame();
                FaceDescriptor found = descriptor(frame, landmarks, encoder);
                JsonObject hog = photo.faces("hog_up1").get(0);
                distances.add(found.distanceTo(Golden.descriptor(hog, found.model())));
                assertThat(nearest(johns, photo, found)).isEqualTo(photo.name().split("/")[1]);
            }
        }
        // all 150 reference faces: 134 within 0.1, 148 within 0.2, median 0.04
        assertThat(distances).allMatch(d -> d < 0.2);
        assertThat(distances.stream().filter(d -> d < 0.1).count())
                .isGreaterThan(distances.size() * 85L / 100);
    }

    private static FaceDescriptor descriptor(
            Frame frame, ShapePredictor landmarks, OnnxFaceEncoder encoder) {
        Box box = yunet.detect(frame, DetectionOptions.LIVE).get(0).box();
        List<Rectangle> rectangles = List.of(DlibCall.rectangle(box));
        Landmarks points =
                DlibCall.landmarks(landmarks.predict(DlibCall.image(frame), rectangles).get(0));
        return encoder.encode(encoder.align(frame, List.of(points))).get(0);
    }

    /** Whose face that HOG found in another picture is the nearest. */
    private static String nearest(
            List<Golden.Photo> johns, Golden.Photo photo, FaceDescriptor face) {
        return johns.stream()
                .filter(other -> !other.name().equals(photo.name()))
                .min(
                        Comparator.comparingDouble(
                                other ->
                                        face.distanceTo(
                                                Golden.descriptor(
                                                        other.faces("hog_up1").get(0),
                                                        face.model()))))
                .map(other -> other.name().split("/")[1])
                .orElseThrow();
    }

    @Test
    void everyPixelFormatIsRead() throws Exception {
        Frame rgb = Golden.photo("faces/2008_001322.jpg").frame();
        byte[] swapped = rgb.pixels().clone();
        byte[] grey = new byte[rgb.width() * rgb.height()];
        for (int i = 0; i < grey.length; i++) {
            swapped[3 * i] = rgb.pixels()[3 * i + 2];
            swapped[3 * i + 2] = rgb.pixels()[3 * i];
            grey[i] = rgb.pixels()[3 * i + 1];
        }
        List<FaceDetection> expected = yunet.detect(rgb, DetectionOptions.LIVE);
        assertThat(yunet.detect(frame(rgb, PixelFormat.BGR24, swapped), DetectionOptions.LIVE))
                .isEqualTo(expected);
        assertThat(yunet.detect(frame(rgb, PixelFormat.GRAY8, grey), DetectionOptions.LIVE))
                .hasSameSizeAs(expected);
    }

    private static Frame frame(Frame like, PixelFormat format, byte[] pixels) {
        return new Frame(
                "other",
                0,
                like.capturedAt(),
                format,
                like.width(),
                like.height(),
                like.width() * format.bytesPerPixel(),
                pixels);
    }

    @Test
    void sizesOfAnyKindAreSearched() {
        for (int[] size : new int[][] {{1, 1}, {1, 700}, {2000, 3}, {33, 31}, {640, 480}}) {
            Frame frame =
                    Frame.rgb(
                            "black",
                            0,
                            Instant.EPOCH,
                            size[0],
                            size[1],
                            new byte[3 * size[0] * size[1]]);
            for (int upsample = 0; upsample <= 2; upsample++) {
                assertThat(yunet.detect(frame, new DetectionOptions(upsample, 0, 0))).isEmpty();
            }
        }
    }

    @Test
    void nothingOfTheFrameBeforeIsLeftInThePlanes() {
        byte[] pixels = new byte[3 * 40 * 33];
        Arrays.fill(pixels, (byte) 99);
        Frame wide = Frame.rgb("wide", 0, Instant.EPOCH, 40, 33, pixels);
        Frame high = Frame.rgb("high", 0, Instant.EPOCH, 33, 40, pixels);
        YunetPicture before = YunetPicture.of(wide, 1, Optional.empty());
        assertThat(floats(before)).containsOnly(0, 99);
        float[] fresh = floats(YunetPicture.of(high, 1, Optional.empty()));
        YunetPicture again = YunetPicture.of(high, 1, Optional.of(before.planes()));
        assertThat(again.planes()).isSameAs(before.planes());
        assertThat(floats(again)).isEqualTo(fresh);
        assertThat(YunetPicture.of(high, 2, Optional.of(before.planes())).planes())
                .isNotSameAs(before.planes());
    }

    private static float[] floats(YunetPicture picture) {
        float[] values = new float[picture.planes().capacity()];
        picture.planes().get(0, values);
        return values;
    }

    @Test
    void smallFacesAndUnsureOnesAreLeftOutWhenAskedFor() throws Exception {
        Frame frame = Golden.photo("faces/2008_001322.jpg").frame();
        List<FaceDetection> all = yunet.detect(frame, DetectionOptions.LIVE);
        int largest = all.stream().mapToInt(f -> f.box().width()).max().orElseThrow();
        double best = all.stream().mapToDouble(FaceDetection::score).max().orElseThrow();
        assertThat(yunet.detect(frame, new DetectionOptions(0, largest, 0))).hasSize(1);
        assertThat(yunet.detect(frame, new DetectionOptions(0, largest + 1, 0))).isEmpty();
        assertThat(yunet.detect(frame, new DetectionOptions(0, 0, best))).hasSize(1);
        assertThat(yunet.detect(frame, new DetectionOptions(0, 0, 1))).isEmpty();
    }

    @Test
    void otherModelsAreRefused() {
        assertThatThrownBy(() -> loader.load(ModelJar.yunet().withFileOf(ModelJar.mmod("onnx"))))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("it is no YuNet: it has the outputs [scores]");
        assertThatThrownBy(() -> loader.load(ModelJar.yunet().truncated(100_000)))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageStartingWith("ONNX Runtime cannot load it: ");
        var other = ModelJar.yunet().expecting(text -> text.replace("[16,", "[17,"));
        assertThatThrownBy(() -> loader.load(other))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("instead of");
    }

    @Test
    void closedDetectorIsStale() throws Exception {
        YunetDetector closed = loader.load(ModelJar.yunet());
        Frame frame = Golden.photo("examples/obama_small.jpg").frame();
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.detect(frame, DetectionOptions.LIVE))
                .isInstanceOf(StaleServiceException.class);
    }
}
