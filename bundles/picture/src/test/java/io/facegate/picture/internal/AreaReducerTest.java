// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facegate.api.picture.PictureReader;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class AreaReducerTest {
    private static final int WIDTH = 3001;
    private static final int HEIGHT = 1999;

    private static void row(PixelSink sink, int y, int x, int pixels) {
        byte[] rgb = new byte[3 * pixels];
        for (int i = 0; i < pixels; i++) {
            rgb[3 * i] = (byte) ((x + i) * 256L / WIDTH);
            rgb[3 * i + 1] = (byte) (y * 256L / HEIGHT);
            rgb[3 * i + 2] = (byte) ((x + i + y) % 2 * 200);
        }
        sink.put(x, y, pixels, rgb, 0);
    }

    @Test
    void isTheMeanOfTheAreaEachPixelCovers() {
        PixelSink sink = PixelSink.of(WIDTH, HEIGHT);
        for (int y = 0; y < HEIGHT; y++) {
            row(sink, y, 0, WIDTH);
        }
        RgbImage picture = sink.picture();
        assertThat((long) picture.width() * picture.height())
                .isBetween(PictureReader.REDUCED_PIXELS * 99 / 100, PictureReader.REDUCED_PIXELS);
        assertThat(picture.sourceWidth()).isEqualTo(WIDTH);
        assertThat(picture.sourceHeight()).isEqualTo(HEIGHT);
        for (int y = 0; y < picture.height(); y += 97) {
            for (int x = 0; x < picture.width(); x += 89) {
                int at = 3 * (y * picture.width() + x);
                double red = (x + 0.5) * 256 / picture.width() - 0.5;
                double green = (y + 0.5) * 256 / picture.height() - 0.5;
                assertThat(picture.rgb()[at] & 0xFF).isCloseTo((int) red, within(1));
                assertThat(picture.rgb()[at + 1] & 0xFF).isCloseTo((int) green, within(1));
                assertThat(picture.rgb()[at + 2] & 0xFF).as("checks").isBetween(55, 145);
            }
        }
    }

    @Test
    void takesTilesInAnyOrder() {
        PixelSink whole = PixelSink.of(WIDTH, HEIGHT);
        PixelSink tiles = PixelSink.of(WIDTH, HEIGHT);
        for (int y = 0; y < HEIGHT; y++) {
            row(whole, y, 0, WIDTH);
            row(tiles, HEIGHT - 1 - y, 1024, WIDTH - 1024);
        }
        for (int y = 0; y < HEIGHT; y++) {
            row(tiles, y, 0, 1024);
        }
        byte[] expected = whole.picture().rgb();
        byte[] picture = tiles.picture().rgb();
        int most = 0;
        for (int i = 0; i < expected.length; i++) {
            most = Math.max(most, Math.abs((expected[i] & 0xFF) - (picture[i] & 0xFF)));
        }
        assertThat(most).as("rounding alone").isLessThanOrEqualTo(1);
    }

    @Test
    void whiteStaysWhite() {
        PixelSink sink = PixelSink.of(WIDTH, HEIGHT);
        byte[] white = new byte[3 * WIDTH];
        Arrays.fill(white, (byte) 255);
        for (int y = 0; y < HEIGHT; y++) {
            sink.put(0, y, WIDTH, white, 0);
        }
        for (byte sample : sink.picture().rgb()) {
            if (sample != -1) {
                assertThat(sample & 0xFF).isEqualTo(255);
            }
        }
    }
}
