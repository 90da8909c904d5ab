// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The detector's own scan against dlib's code in the same library: boxes and scores are equal. */
class HogParityTest {
    private static final String CROWD = "dlib/faces/2007_007763.jpg";
    private static final HogOptions LOW = HogOptions.DEFAULT.withAdjustThreshold(-1.2);

    /** Sizes around those of vectors, cells and the smallest level, where rows and columns end. */
    @ParameterizedTest
    @CsvSource({
        "8, 8",
        "20, 31",
        "63, 64",
        "64, 80",
        "81, 79",
        "97, 130",
        "133, 101",
        "200, 143",
        "317, 211",
        "319, 240",
        "323, 256",
        "500, 90",
        "90, 333"
    })
    void everySizeGivesTheSame(int width, int height) {
        Image crowd = cropped(Reference.photo(CROWD), 61, 40, width, height);
        Image noise = noise(width, height, 256);
        Image flat = noise(width, height, 3); // equal gradients in all channels are frequent
        for (int upsample = 0; upsample <= 2; upsample++) {
            for (Image image : List.of(crowd, noise, flat, luma(crowd))) {
                assertSame(image, LOW.withUpsample(upsample), 2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void threadsShareALargePictureWithoutATrace(int threads) {
        Image image = Reference.photo(CROWD);
        assertThat(assertSame(image, LOW.withUpsample(1), threads)).hasSizeGreaterThan(7);
        assertSame(luma(image), LOW.withUpsample(1), threads);
    }

    @Test
    void memoryOfLargerAndSmallerPicturesIsUsedAgain() {
        Image large = Reference.photo(CROWD);
        Image small = cropped(large, 0, 0, 203, 155);
        try (HogFaceDetector detector = new HogFaceDetector(2)) {
            for (Image image : List.of(small, large, luma(small), small, luma(large), large)) {
                assertThat(detector.detect(image, LOW))
                        .isEqualTo(Models.hog().detectByDlib(image, LOW));
            }
        }
    }

    @Test
    void greyIsTheLumaOfColours() {
        Image image = Reference.photo(CROWD);
        Image bgr =
                new Image(
                        swapped(image.pixels()), image.width(), image.height(), PixelFormat.BGR24);
        for (int upsample = 0; upsample <= 1; upsample++) {
            HogOptions colour = LOW.withUpsample(upsample);
            List<Detection> grey = Models.hog().detect(image, colour.withGrey(true));
            assertThat(grey)
                    .isNotEmpty()
                    .isNotEqualTo(Models.hog().detect(image, colour))
                    .isEqualTo(Models.hog().detect(bgr, colour.withGrey(true)))
                    .isEqualTo(Models.hog().detect(luma(image), colour))
                    .isEqualTo(Models.hog().detect(luma(image), colour.withGrey(true)));
        }
    }

    @Test
    void greyScoresALittleLowerAtTheSameFace() {
        Image image = Reference.photo("peer/examples/obama-480p.jpg");
        Detection colour = Models.hog().detect(image, HogOptions.DEFAULT.withUpsample(1)).get(0);
        Detection grey =
                Models.hog()
                        .detect(image, HogOptions.DEFAULT.withUpsample(1).withGrey(true))
                        .get(0);
        assertThat(grey.box()).isEqualTo(colour.box());
        assertThat(colour.score() - grey.score()).isBetween(-0.1, 0.4);
    }

    private static List<Detection> assertSame(Image image, HogOptions options, int threads) {
        assumeTrue(
                System.getProperty("os.arch").equals("amd64"),
                "dlib estimates roots and quotients on ARM, the detector does not");
        List<Detection> expected = Models.hog().detectByDlib(image, options);
        if (threads == 2) {
            assertThat(Models.hog().detect(image, options)).isEqualTo(expected);
        } else {
            try (HogFaceDetector detector = new HogFaceDetector(threads)) {
                assertThat(detector.detect(image, options)).isEqualTo(expected);
            }
        }
        return expected;
    }

    private static Image cropped(Image image, int left, int top, int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from =
                        (top + y) % image.height() * image.stride()
                                + 3 * ((left + x) % image.width());
                System.arraycopy(image.pixels(), from, pixels, 3 * (y * width + x), 3);
            }
        }
        return new Image(pixels, width, height, PixelFormat.RGB24);
    }

    private static Image noise(int width, int height, int values) {
        Random random = new Random(width * 1000L + height);
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(values);
        }
        return new Image(pixels, width, height, PixelFormat.RGB24);
    }

    /** As Pillow's {@code convert("L")}. */
    private static Image luma(Image image) {
        byte[] rgb = image.pixels();
        byte[] grey = new byte[image.width() * image.height()];
        for (int i = 0; i < grey.length; i++) {
            int sum =
                    19595 * (rgb[3 * i] & 0xff)
                            + 38470 * (rgb[3 * i + 1] & 0xff)
                            + 7471 * (rgb[3 * i + 2] & 0xff);
            grey[i] = (byte) (sum + 0x8000 >> 16);
        }
        return new Image(grey, image.width(), image.height(), PixelFormat.GRAY8);
    }

    private static byte[] swapped(byte[] rgb) {
        byte[] bgr = Arrays.copyOf(rgb, rgb.length);
        for (int i = 0; i < bgr.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 2] = rgb[i];
        }
        return bgr;
    }
}
