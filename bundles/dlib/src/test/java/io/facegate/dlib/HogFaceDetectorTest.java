// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

class HogFaceDetectorTest {
    private static final String CROWD = "dlib/faces/2007_007763.jpg";
    private static final HogOptions UPSAMPLED = HogOptions.DEFAULT.withUpsample(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void threadsDoNotChangeTheResult(int threads) {
        Image image = Reference.photo(CROWD);
        HogOptions options = UPSAMPLED.withAdjustThreshold(-1);
        try (HogFaceDetector detector = new HogFaceDetector(threads)) {
            assertThat(detector.detect(image, options))
                    .hasSizeGreaterThan(7)
                    .isEqualTo(Models.hog().detect(image, options));
        }
    }

    /** What is new without the smaller boxes was suppressed by a better one of those before. */
    @ParameterizedTest
    @CsvSource({"0, 73", "0, 80", "0, 120", "1, 40", "1, 60", "1, 100", "2, 30"})
    void minimumSizeLeavesOutSmallerFacesOnly(int upsample, int minFace) {
        for (String name : List.of(CROWD, "dlib/faces/2008_001322.jpg")) {
            Image image = Reference.photo(name);
            HogOptions options = HogOptions.DEFAULT.withUpsample(upsample);
            List<Detection> all = Models.hog().detect(image, options);
            List<Detection> large = Models.hog().detect(image, options.withMinFace(minFace));
            assertThat(large)
                    .containsAll(all.stream().filter(d -> d.box().width() >= minFace).toList());
            assertThat(large)
                    .allMatch(d -> d.box().width() >= minFace - 1)
                    .allMatch(d -> all.contains(d) || all.stream().anyMatch(a -> hides(a, d)));
        }
    }

    private static boolean hides(Detection better, Detection other) {
        Rectangle a = better.box();
        Rectangle b = other.box();
        return better.score() > other.score()
                && Math.min(a.right(), b.right()) > Math.max(a.left(), b.left())
                && Math.min(a.bottom(), b.bottom()) > Math.max(a.top(), b.top());
    }

    @Test
    void minimumSizeAboveThePictureFindsNothing() {
        assertThat(Models.hog().detect(Reference.photo(CROWD), UPSAMPLED.withMinFace(5000)))
                .isEmpty();
    }

    @Test
    void upsamplingTwiceFindsTheFacesInSourcePixels() {
        Image image = Reference.photo("peer/examples/obama_small.jpg");
        Rectangle once = Models.hog().detect(image, UPSAMPLED).get(0).box();
        Rectangle twice =
                Models.hog().detect(image, HogOptions.DEFAULT.withUpsample(2)).get(0).box();
        assertThat(Math.abs(once.left() - twice.left())).isLessThan(once.width() / 5);
        assertThat(Math.abs(once.bottom() - twice.bottom())).isLessThan(once.height() / 5);
    }

    @Test
    void moreDetectionsThanExpectedAreAllReturned() {
        HogOptions low = HogOptions.DEFAULT.withUpsample(2).withAdjustThreshold(-2.5);
        List<Detection> many = Models.hog().detect(Reference.photo(CROWD), low);
        assertThat(many).hasSizeGreaterThan(256);
        assertThat(many)
                .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()))
                .allMatch(d -> d.score() >= -2.5 && d.weightIndex() >= 0 && d.weightIndex() < 5);
    }

    @Test
    void severalThreadsMayCallAtOnce() {
        Image image = Reference.photo(CROWD);
        List<Detection> expected = Models.hog().detect(image, UPSAMPLED);
        List<CompletableFuture<List<Detection>>> calls =
                Stream.generate(
                                () ->
                                        CompletableFuture.supplyAsync(
                                                () -> Models.hog().detect(image, UPSAMPLED)))
                        .limit(4)
                        .toList();
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 9", "1, 500", "500, 1", "79, 79"})
    void picturesWithoutRoomForAFaceHaveNone(int width, int height) {
        Image image = new Image(new byte[width * height], width, height, PixelFormat.GRAY8);
        for (int upsample = 0; upsample <= 2; upsample++) {
            assertThat(Models.hog().detect(image, HogOptions.DEFAULT.withUpsample(upsample)))
                    .isEmpty();
        }
    }

    @Test
    void optionsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HogOptions.DEFAULT.withUpsample(3))
                .withMessageContaining("upsample is 0, 1 or 2, not 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HogOptions.DEFAULT.withUpsample(-1))
                .withMessageContaining("not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HogOptions.DEFAULT.withAdjustThreshold(Double.NaN))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HogOptions.DEFAULT.withMinFace(-1))
                .withMessageContaining("minFace");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HogFaceDetector(0))
                .withMessageContaining("threads");
    }
}
