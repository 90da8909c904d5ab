// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** The same picture in another layout gives the same results. */
class PixelFormatTest {
    private static final HogOptions OPTIONS = HogOptions.DEFAULT.withAdjustThreshold(-0.5);

    private Image rgb;

    @BeforeEach
    void decode() {
        rgb = Reference.photo("dlib/faces/2008_001322.jpg");
    }

    /** Everything this package makes of a picture. */
    private record Results(
            List<Detection> hog,
            List<Detection> mmod,
            List<List<Point>> landmarks,
            List<List<Byte>> chips,
            TrackedBox tracked) {
        static Results of(Image image) {
            List<Detection> hog = Models.hog().detect(image, OPTIONS);
            List<Rectangle> boxes = hog.stream().map(Detection::box).toList();
            List<List<Point>> landmarks = Models.predictor().predict(image, boxes);
            List<List<Byte>> chips =
                    FaceChips.extract(image, landmarks).stream().map(Results::list).toList();
            try (CorrelationTracker tracker = new CorrelationTracker()) {
                tracker.start(image, boxes.get(0));
                TrackedBox tracked = tracker.update(image);
                return new Results(
                        hog, Models.mmod().detect(image, 0, 0), landmarks, chips, tracked);
            }
        }

        private static List<Byte> list(byte[] bytes) {
            Byte[] boxed = new Byte[bytes.length];
            Arrays.setAll(boxed, i -> bytes[i]);
            return List.of(boxed);
        }
    }

    @Test
    void bgrEqualsRgb() {
        assertThat(Results.of(swapped(rgb))).isEqualTo(Results.of(rgb));
    }

    @Test
    void rowsMayBePadded() {
        Results expected = Results.of(rgb);
        assertThat(expected.hog()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(Results.of(padded(rgb, 61))).isEqualTo(expected);
        assertThat(Results.of(padded(swapped(rgb), 1))).isEqualTo(expected);
    }

    @Test
    void greyRowsMayBePadded() {
        Image grey = grey(rgb);
        assertThat(Results.of(padded(grey, 13))).isEqualTo(Results.of(grey));
    }

    @Test
    void greyFindsTheSameFaces() {
        List<Detection> colour = Models.hog().detect(rgb, HogOptions.DEFAULT);
        List<Detection> grey = Models.hog().detect(grey(rgb), HogOptions.DEFAULT);
        assertThat(grey)
                .extracting(Detection::box)
                .containsExactlyInAnyOrderElementsOf(colour.stream().map(Detection::box).toList());
    }

    private static Image swapped(Image image) {
        byte[] bgr = image.pixels().clone();
        for (int i = 0; i < bgr.length; i += 3) {
            bgr[i] = image.pixels()[i + 2];
            bgr[i + 2] = image.pixels()[i];
        }
        return new Image(bgr, image.width(), image.height(), PixelFormat.BGR24);
    }

    /** The padding is white, and the last row has none. */
    private static Image padded(Image image, int padding) {
        int row = image.width() * image.format().bytesPerPixel();
        int stride = row + padding;
        byte[] pixels = new byte[stride * (image.height() - 1) + row];
        Arrays.fill(pixels, (byte) 255);
        for (int y = 0; y < image.height(); y++) {
            System.arraycopy(image.pixels(), y * row, pixels, y * stride, row);
        }
        return new Image(pixels, image.width(), image.height(), stride, image.format());
    }

    private static Image grey(Image image) {
        byte[] grey = new byte[image.width() * image.height()];
        for (int i = 0; i < grey.length; i++) {
            int sum = 0;
            for (int channel = 0; channel < 3; channel++) {
                sum += image.pixels()[3 * i + channel] & 0xff;
            }
            grey[i] = (byte) (sum / 3);
        }
        return new Image(grey, image.width(), image.height(), PixelFormat.GRAY8);
    }
}
