// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Random;

class CorrelationTrackerTest {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 200;

    /** A camera that pans over a still picture: the face goes left and up. */
    @Test
    void followsAFaceThroughThePicture() {
        Image scene = Reference.photo("peer/examples/obama-240p.jpg");
        Rectangle face =
                Models.hog().detect(scene, HogOptions.DEFAULT.withUpsample(1)).get(0).box();
        try (CorrelationTracker tracker = new CorrelationTracker()) {
            tracker.start(view(scene, 0), face);
            for (int step = 1; step <= 10; step++) {
                TrackedBox tracked = tracker.update(view(scene, step));
                assertThat(tracked.left()).isCloseTo(face.left() - 4.0 * step, within(3.0));
                assertThat(tracked.top()).isCloseTo(face.top() - 2.0 * step, within(3.0));
                assertThat(tracked.right() - tracked.left())
                        .isCloseTo(face.width() - 1.0, within(4.0));
                assertThat(tracked.peakToSideLobe()).isGreaterThan(7);
            }
        }
    }

    @Test
    void sureOfTheSameAndUnsureOfNoise() {
        Image scene = Reference.photo("peer/examples/obama-240p.jpg");
        byte[] noise = new byte[scene.pixels().length];
        new Random(1).nextBytes(noise);
        Image other = new Image(noise, scene.width(), scene.height(), PixelFormat.RGB24);
        try (CorrelationTracker tracker = new CorrelationTracker()) {
            tracker.start(scene, new Rectangle(180, 40, 240, 100));
            double same = tracker.update(scene).peakToSideLobe();
            assertThat(tracker.update(other).peakToSideLobe()).isLessThan(same / 2);
        }
    }

    @Test
    void mustBeStartedInsideThePicture() {
        Image black = new Image(new byte[300], 10, 10, PixelFormat.RGB24);
        try (CorrelationTracker tracker = new CorrelationTracker()) {
            assertThatExceptionOfType(DlibException.class)
                    .isThrownBy(() -> tracker.update(black))
                    .withMessageContaining("not started");
            assertThatExceptionOfType(DlibException.class)
                    .isThrownBy(() -> tracker.start(black, new Rectangle(10, 10, 20, 20)))
                    .withMessageContaining("outside the picture");
        }
    }

    /** A picture without any structure gives dlib nothing but NaN to go on. */
    @Test
    void survivesPicturesWithoutStructure() {
        Image black = new Image(new byte[3 * WIDTH * HEIGHT], WIDTH, HEIGHT, PixelFormat.RGB24);
        try (CorrelationTracker tracker = new CorrelationTracker()) {
            tracker.start(black, new Rectangle(50, 50, 100, 100));
            for (int i = 0; i < 20; i++) {
                try {
                    TrackedBox tracked = tracker.update(black);
                    assertThat(tracked.right()).isGreaterThanOrEqualTo(tracked.left());
                } catch (DlibException lost) {
                    assertThat(lost).hasMessageContaining("lost");
                }
            }
        }
    }

    private static Image view(Image scene, int step) {
        byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            int from = (y + 2 * step) * scene.stride() + 3 * 4 * step;
            System.arraycopy(scene.pixels(), from, pixels, 3 * WIDTH * y, 3 * WIDTH);
        }
        return new Image(pixels, WIDTH, HEIGHT, PixelFormat.RGB24);
    }
}
