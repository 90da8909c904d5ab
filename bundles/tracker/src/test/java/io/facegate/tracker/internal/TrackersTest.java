// SPDX-License-Identifier: Apache-2.0
package io.facegate.tracker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.tracker.BoxTracker;
import io.facegate.api.tracker.TrackedBox;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Optional;

/** A patch of noise that moves over calmer noise. */
class TrackersTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;

    private final Trackers trackers = new Trackers();

    @AfterEach
    void close() {
        trackers.deactivate();
    }

    private static int noise(int x, int y, int seed) {
        int n = (x / 4 * 73_856_093) ^ (y / 4 * 19_349_663) ^ (seed * 83_492_791);
        n = (n ^ (n >>> 13)) * 1_274_126_177;
        return (n >>> 16) & 0xff;
    }

    /** The patch {@code seed} with its upper left corner at (x, y). */
    private static Frame frame(PixelFormat format, int x, int y, int size, int seed) {
        int channels = format.bytesPerPixel();
        byte[] pixels = new byte[WIDTH * HEIGHT * channels];
        for (int v = 0; v < HEIGHT; v++) {
            for (int u = 0; u < WIDTH; u++) {
                boolean inside = u >= x && v >= y && u < x + size && v < y + size;
                int value = inside ? noise(u - x, v - y, seed) : 96 + noise(u, v, 7) / 8;
                for (int c = 0; c < channels; c++) {
                    pixels[(v * WIDTH + u) * channels + c] = (byte) value;
                }
            }
        }
        return new Frame("a", 0, Instant.EPOCH, format, WIDTH, HEIGHT, WIDTH * channels, pixels);
    }

    private static Box box(int x, int y, int size) {
        return new Box(x, y, x + size, y + size);
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void followsAMovingObject(PixelFormat format) {
        try (BoxTracker tracker =
                trackers.follow(frame(format, 100, 100, 80, 1), box(100, 100, 80))) {
            for (int i = 1; i <= 20; i++) {
                Frame next = frame(format, 100 + 10 * i, 100 + 3 * i, 80, 1);
                TrackedBox found = tracker.update(next).orElseThrow();
                assertThat(found.box().overlap(box(100 + 10 * i, 100 + 3 * i, 80)))
                        .isGreaterThan(0.8);
                assertThat(found.confidence()).isGreaterThan(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 64, 150, 300})
    void followsObjectsOfAllSizes(int size) {
        Frame first = frame(PixelFormat.RGB24, 10, 10, size, 1);
        try (BoxTracker tracker = trackers.follow(first, box(10, 10, size))) {
            for (int i = 1; i <= 10; i++) {
                int x = 10 + i * size / 20;
                TrackedBox found =
                        tracker.update(frame(PixelFormat.RGB24, x, 10, size, 1)).orElseThrow();
                assertThat(found.box().overlap(box(x, 10, size))).isGreaterThan(0.75);
            }
        }
    }

    @Test
    void isLessSureWhenSomethingElseTakesThePlace() {
        Frame first = frame(PixelFormat.RGB24, 200, 100, 100, 1);
        try (BoxTracker tracker = trackers.follow(first, box(200, 100, 100))) {
            double same = tracker.update(first).orElseThrow().confidence();
            double other =
                    tracker.update(frame(PixelFormat.RGB24, 200, 100, 100, 2))
                            .map(TrackedBox::confidence)
                            .orElse(0.0);
            assertThat(other).isLessThan(0.6 * same);
        }
    }

    @Test
    void staysInsideTheFrameOrGivesUp() {
        Frame first = frame(PixelFormat.RGB24, 560, 200, 80, 1);
        try (BoxTracker tracker = trackers.follow(first, box(560, 200, 80))) {
            for (int i = 1; i <= 12; i++) {
                Optional<TrackedBox> found =
                        tracker.update(frame(PixelFormat.RGB24, 560 + 10 * i, 200, 80, 1));
                found.ifPresent(
                        f -> {
                            assertThat(f.box().right()).isLessThanOrEqualTo(WIDTH);
                            assertThat(f.box().bottom()).isLessThanOrEqualTo(HEIGHT);
                        });
            }
        }
    }

    @Test
    void boxOutsideTheFrameIsRefused() {
        Frame frame = frame(PixelFormat.RGB24, 0, 0, 10, 1);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> trackers.follow(frame, box(640, 0, 10)));
    }

    @Test
    void closedServiceMakesItsTrackersStale() {
        Frame frame = frame(PixelFormat.RGB24, 100, 100, 80, 1);
        BoxTracker tracker = trackers.follow(frame, box(100, 100, 80));
        trackers.deactivate();
        assertThatExceptionOfType(StaleServiceException.class)
                .isThrownBy(() -> tracker.update(frame));
        assertThatExceptionOfType(StaleServiceException.class)
                .isThrownBy(() -> trackers.follow(frame, box(100, 100, 80)));
        tracker.close();
    }

    @Test
    void closedTrackersLeaveNothingBehind() {
        Frame frame = frame(PixelFormat.RGB24, 100, 100, 80, 1);
        trackers.follow(frame, box(100, 100, 80)).close();
        long before = Pointer.totalBytes();
        for (int i = 0; i < 200; i++) {
            try (BoxTracker tracker = trackers.follow(frame, box(100, 100, 80))) {
                tracker.update(frame);
            }
        }
        assertThat(Pointer.totalBytes()).isEqualTo(before);
    }
}
