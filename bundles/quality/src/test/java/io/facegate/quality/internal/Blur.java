// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

import io.facegate.api.encoder.FaceChip;

/** Gaussian blur of chips. */
public final class Blur {
    private Blur() {}

    /** Blurs by so many pixels across and down. */
    public static FaceChip of(FaceChip chip, double across, double down) {
        int size = chip.size();
        byte[] once = pass(chip.rgb(), size, across, 3, 3 * size);
        return new FaceChip(size, pass(once, size, down, 3 * size, 3));
    }

    private static byte[] pass(byte[] rgb, int size, double sigma, int step, int line) {
        int reach = (int) Math.ceil(3 * sigma);
        byte[] result = new byte[rgb.length];
        for (int row = 0; row < size; row++) {
            for (int i = 0; i < size; i++) {
                for (int colour = 0; colour < 3; colour++) {
                    double sum = 0;
                    double weights = 0;
                    for (int d = -reach; d <= reach; d++) {
                        int at = Math.max(0, Math.min(size - 1, i + d));
                        double weight = Math.exp(-d * d / (2 * sigma * sigma));
                        sum += weight * (rgb[row * line + at * step + colour] & 0xff);
                        weights += weight;
                    }
                    result[row * line + i * step + colour] = (byte) Math.round(sum / weights);
                }
            }
        }
        return result;
    }
}
