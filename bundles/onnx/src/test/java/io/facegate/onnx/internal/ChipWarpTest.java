// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.FaceAlignment;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class ChipWarpTest {
    private static final int SIZE = 150;

    /** Red rises to the right, green downwards, blue is 200. */
    private static FaceChip chip() {
        byte[] rgb = new byte[3 * SIZE * SIZE];
        for (int i = 0; i < SIZE * SIZE; i++) {
            rgb[3 * i] = (byte) (i % SIZE);
            rgb[3 * i + 1] = (byte) (i / SIZE);
            rgb[3 * i + 2] = (byte) 200;
        }
        return new FaceChip(SIZE, rgb);
    }

    private static EncoderInput input(FaceAlignment alignment, int size, boolean blueFirst) {
        return new EncoderInput(
                alignment,
                size,
                blueFirst,
                List.of(100.0, 100.0, 100.0),
                List.of(50.0, 50.0, 50.0));
    }

    @Test
    void aChipOfItsOwnSizeStaysAsItIs() {
        float[] values = new ChipWarp(input(FaceAlignment.DLIB, SIZE, false)).of(chip(), false);
        byte[] rgb = chip().rgb();
        for (int i = 0; i < rgb.length; i++) {
            assertThat(values[i] * 50 + 100).isCloseTo(rgb[i] & 0xff, within(1e-4f));
        }
    }

    @Test
    void planesAndBlueFirstAreOtherOrdersOfTheSame() {
        float[] pixels = new ChipWarp(input(FaceAlignment.DLIB, 75, false)).of(chip(), false);
        float[] planes = new ChipWarp(input(FaceAlignment.DLIB, 75, true)).of(chip(), true);
        int count = 75 * 75;
        for (int i = 0; i < count; i++) {
            for (int channel = 0; channel < 3; channel++) {
                assertThat(planes[channel * count + i]).isEqualTo(pixels[3 * i + 2 - channel]);
            }
        }
        // between pixels 0 and 1, and 2 and 3
        assertThat(pixels[0] * 50 + 100).isCloseTo(0.5f, within(1e-4f));
        assertThat(pixels[3] * 50 + 100).isCloseTo(2.5f, within(1e-4f));
    }

    @Test
    void pixelsOfArcFaceLieWhereItsMapSays() {
        float[] values = new ChipWarp(input(FaceAlignment.ARCFACE, 112, false)).of(chip(), false);
        List<Double> m = FaceAlignment.ARCFACE.fromDlib();
        for (int[] point : new int[][] {{40, 60}, {75, 75}, {110, 90}}) {
            double x = m.get(0) * point[0] + m.get(1) * point[1] + m.get(2);
            double y = m.get(3) * point[0] + m.get(4) * point[1] + m.get(5);
            int at = 3 * ((int) Math.round(y) * 112 + (int) Math.round(x));
            assertThat(values[at] * 50 + 100).isCloseTo(point[0], within(1.2f));
            assertThat(values[at + 1] * 50 + 100).isCloseTo(point[1], within(1.2f));
            assertThat(values[at + 2] * 50 + 100).isCloseTo(200, within(1e-3f));
        }
    }

    @Test
    void whatTheChipDoesNotShowIsBlack() {
        float[] values = new ChipWarp(input(FaceAlignment.ARCFACE, 112, false)).of(chip(), false);
        assertThat(Arrays.copyOf(values, 3)).containsOnly(-2);
    }
}
