// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

/**
 * How sharp a face is: the variance of its Laplacian (Pech-Pacheco et al., 2000), changed in three
 * ways, each of which told blurred from sharp better on the reference pictures. The second
 * derivatives of four directions are taken apart and the least counts, since a movement blurs one
 * direction only; they are divided by the variance of grey levels, so that dim and soft light is no
 * blur; and a face with fewer pixels than the chip is measured at its own size.
 */
final class Sharpness {
    /** Part of the chip's side left out at each border: background, hair, and black filling. */
    private static final double BORDER = 0.2;

    /** Fewest columns at which something can be said. */
    private static final int LEAST = 24;

    /** Steps to the neighbours whose second derivative is taken. */
    private static final int[][] DIRECTIONS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

    private Sharpness() {}

    /**
     * Measures a chip.
     *
     * @param size the face's size in its picture
     * @return hundredths of the variance of grey levels, on the scale of the Laplacian's; 0 for a
     *     surface without any structure
     */
    static double of(GreyChip chip, int size) {
        int own = (int) Math.round(chip.size() * (double) size / chip.faceSize());
        GreyChip grey = chip.shrunk(Math.max(LEAST, Math.min(chip.size(), own)));
        int from = (int) (grey.size() * BORDER) + 1;
        int to = grey.size() - from;
        double[] sums = new double[DIRECTIONS.length];
        double[] squares = new double[DIRECTIONS.length];
        double sum = 0;
        double square = 0;
        int count = 0;
        for (int y = from; y < to; y++) {
            for (int x = from; x < to; x++) {
                if (grey.filling(x, y)) {
                    continue;
                }
                double g = grey.at(x, y);
                sum += g;
                square += g * g;
                count++;
                for (int i = 0; i < DIRECTIONS.length; i++) {
                    int dx = DIRECTIONS[i][0];
                    int dy = DIRECTIONS[i][1];
                    double second = grey.at(x - dx, y - dy) + grey.at(x + dx, y + dy) - 2 * g;
                    sums[i] += second;
                    squares[i] += second * second;
                }
            }
        }
        double contrast = variance(sum, square, count);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < DIRECTIONS.length; i++) {
            // a diagonal step is longer by the root of two, so its second derivative doubles
            double weight = Math.abs(DIRECTIONS[i][0] * DIRECTIONS[i][1]) == 1 ? 0.5 : 1;
            least = Math.min(least, weight * variance(sums[i], squares[i], count));
        }
        return contrast < 1 ? 0 : 400 * least / contrast;
    }

    private static double variance(double sum, double square, int count) {
        return count == 0 ? 0 : square / count - (sum / count) * (sum / count);
    }
}
