// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.model.EncoderInput;
import io.facegate.dlib.FaceChips;

import java.util.List;

/**
 * Derives the picture an encoder wants from dlib's chip, by the map of its alignment: between four
 * pixels linearly; what the chip does not show is black. Thread-safe.
 */
final class ChipWarp {
    private static final int TAPS = 4;

    private final EncoderInput input;

    /** Of each pixel the four of the chip it is made of, by the place of their first byte. */
    private final int[] from;

    /** How much each of the four counts; 0 for those outside the chip. */
    private final float[] weights;

    ChipWarp(EncoderInput input) {
        this.input = input;
        int side = input.size();
        from = new int[TAPS * side * side];
        weights = new float[TAPS * side * side];
        double scale = (double) input.alignment().size() / side;
        List<Double> m = input.alignment().fromDlib();
        double determinant = m.get(0) * m.get(4) - m.get(1) * m.get(3);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                // centres of pixels stay centres when a picture is scaled
                double u = (x + 0.5) * scale - 0.5 - m.get(2);
                double v = (y + 0.5) * scale - 0.5 - m.get(5);
                tap(
                        TAPS * (y * side + x),
                        (m.get(4) * u - m.get(1) * v) / determinant,
                        (m.get(0) * v - m.get(3) * u) / determinant);
            }
        }
    }

    private void tap(int at, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        for (int i = 0; i < TAPS; i++) {
            int column = left + i % 2;
            int row = top + i / 2;
            boolean inside =
                    column >= 0 && column < FaceChips.SIZE && row >= 0 && row < FaceChips.SIZE;
            double weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
            from[at + i] = inside ? 3 * (row * FaceChips.SIZE + column) : 0;
            weights[at + i] = inside ? (float) weight : 0;
        }
    }

    /**
     * Derives one.
     *
     * @param planes whether one channel comes after the other, rather than pixel after pixel
     */
    float[] of(FaceChip chip, boolean planes) {
        byte[] rgb = chip.rgb();
        int pixels = input.size() * input.size();
        float[] values = new float[3 * pixels];
        for (int channel = 0; channel < 3; channel++) {
            int colour = input.blueFirst() ? 2 - channel : channel;
            float mean = input.mean().get(channel).floatValue();
            float deviation = input.deviation().get(channel).floatValue();
            for (int pixel = 0; pixel < pixels; pixel++) {
                int at = planes ? channel * pixels + pixel : 3 * pixel + channel;
                values[at] = (value(rgb, pixel, colour) - mean) / deviation;
            }
        }
        return values;
    }

    private float value(byte[] rgb, int pixel, int colour) {
        float sum = 0;
        for (int i = TAPS * pixel; i < TAPS * pixel + TAPS; i++) {
            sum += weights[i] * (rgb[from[i] + colour] & 0xff);
        }
        return sum;
    }
}
