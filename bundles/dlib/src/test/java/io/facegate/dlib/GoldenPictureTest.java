// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** Every reference picture gives what face_recognition 1.3.0 on dlib 20.0.1 gave. */
@ParameterizedClass(name = "{0}")
@MethodSource("pictures")
class GoldenPictureTest {
    private static final double DESCRIPTOR_TOLERANCE = 5e-6;
    private static final double MMOD_SCORE_TOLERANCE = 1e-4;

    /** Exact on x86; ARM's compiler may order sums another way. */
    private static final double HOG_SCORE_TOLERANCE =
            System.getProperty("os.arch").equals("amd64") ? 0 : 1e-6;

    private static GoldenPicture decodedPicture;
    private static Image decoded;

    private final GoldenPicture picture;

    GoldenPictureTest(GoldenPicture picture) {
        this.picture = picture;
    }

    /** The baseline library gets the smaller half: it takes twice the time. */
    static Stream<GoldenPicture> pictures() {
        Stream<GoldenPicture> dlib = Reference.pictures("golden_dlib.json").stream();
        return System.getProperty("facegate.dlib.variant") != null
                ? dlib
                : Stream.concat(Reference.pictures("golden_peer.json").stream(), dlib);
    }

    @Test
    void decodesToTheSamePixels() {
        assertThat(Reference.sha256(image().pixels())).isEqualTo(picture.rgbSha256());
    }

    @Test
    void hogFindsTheSameBoxesAndScores() {
        assertSameDetections(
                Models.hog().detect(image(), HogOptions.DEFAULT), picture.faces("hog_up0"));
    }

    @Test
    void hogFindsTheSameCandidatesBelowTheThreshold() {
        HogOptions options = HogOptions.DEFAULT.withAdjustThreshold(-0.5);
        assertSameDetections(Models.hog().detect(image(), options), picture.candidates("hog_up0"));
    }

    /** One run serves both: what scores below zero suppresses nothing that scores above. */
    @Test
    void hogFindsTheSameBoxesAndScoresUpsampled() {
        List<Detection> candidates =
                Models.hog()
                        .detect(
                                image(),
                                HogOptions.DEFAULT.withUpsample(1).withAdjustThreshold(-0.5));
        assertSameDetections(candidates, picture.candidates("hog_up1"));
        assertSameDetections(
                candidates.stream().filter(face -> face.score() >= 0).toList(),
                picture.faces("hog_up1"));
    }

    @Test
    void landmarksChipsAndDescriptorsAreTheSame() {
        assertSameFaces(image(), picture.faces("hog_up0"));
        assertSameFaces(image(), picture.faces("hog_up1"));
    }

    @Test
    void mmodFindsTheSameFaces() {
        Image input = picture.cnnInput().map(Reference::decode).orElseGet(this::image);
        assertThat(Reference.sha256(input.pixels())).isEqualTo(picture.cnnRgbSha256());
        List<Detection> found = Models.mmod().detect(input, 0, 0);
        List<Detection> expected = detections(picture.faces("cnn_up0"));
        assertThat(found).extracting(Detection::box).isEqualTo(boxes(expected));
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).score())
                    .isCloseTo(expected.get(i).score(), within(MMOD_SCORE_TOLERANCE));
        }
        assertSameFaces(input, picture.faces("cnn_up0"));
    }

    private Image image() {
        if (decodedPicture != picture) {
            decoded = Reference.decode(picture.path());
            decodedPicture = picture;
        }
        return decoded;
    }

    private static void assertSameDetections(
            List<Detection> found, List<GoldenPicture.Face> faces) {
        List<Detection> expected = detections(faces);
        assertThat(found).extracting(Detection::box).isEqualTo(boxes(expected));
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).score())
                    .isCloseTo(expected.get(i).score(), within(HOG_SCORE_TOLERANCE));
            assertThat(found.get(i).weightIndex()).isEqualTo(expected.get(i).weightIndex());
        }
    }

    private static void assertSameFaces(Image image, List<GoldenPicture.Face> untrimmed) {
        List<GoldenPicture.Face> faces =
                untrimmed.stream()
                        .flatMap(face -> Stream.concat(Stream.of(face), face.trimmed().stream()))
                        .toList();
        List<Rectangle> boxes = faces.stream().map(GoldenPicture.Face::landmarksBox).toList();
        List<List<Point>> landmarks = Models.predictor().predict(image, boxes);
        List<byte[]> chips = FaceChips.extract(image, landmarks);
        List<float[]> descriptors = Models.encoder().encode(chips);
        for (int i = 0; i < faces.size(); i++) {
            byte[] chip = chips.get(i);
            assertThat(landmarks.get(i)).isEqualTo(faces.get(i).landmarks());
            faces.get(i)
                    .chipSha256()
                    .ifPresent(sha -> assertThat(Reference.sha256(chip)).isEqualTo(sha));
            assertThat(Reference.distance(descriptors.get(i), faces.get(i).descriptor()))
                    .isLessThan(DESCRIPTOR_TOLERANCE);
        }
    }

    private static List<Detection> detections(List<GoldenPicture.Face> faces) {
        return faces.stream().map(GoldenPicture.Face::detection).toList();
    }

    private static List<Rectangle> boxes(List<Detection> detections) {
        return detections.stream().map(Detection::box).toList();
    }
}
