// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

import io.facegate.api.encoder.FaceChip;

/** A face chip in grey levels (ITU-R BT.601), 0 to 255. */
final class GreyChip {
    /** Pixels around black filling that it may have mixed with when the chip was cut. */
    private static final int MARGIN = 2;

    private final int size;
    private final float[] grey;
    private final boolean[] filling;

    private GreyChip(int size, float[] grey, boolean[] filling) {
        this.size = size;
        this.grey = grey;
        this.filling = filling;
    }

    /** Converts a chip; what is wholly black is taken for filling outside its picture. */
    static GreyChip of(FaceChip chip) {
        int size = chip.size();
        byte[] rgb = chip.rgb();
        float[] grey = new float[size * size];
        boolean[] filling = new boolean[size * size];
        for (int i = 0; i < grey.length; i++) {
            int r = rgb[3 * i] & 0xff;
            int g = rgb[3 * i + 1] & 0xff;
            int b = rgb[3 * i + 2] & 0xff;
            grey[i] = 0.299f * r + 0.587f * g + 0.114f * b;
            if ((r | g | b) == 0) {
                mark(filling, size, i % size, i / size);
            }
        }
        return new GreyChip(size, grey, filling);
    }

    private static void mark(boolean[] filling, int size, int column, int row) {
        for (int y = Math.max(0, row - MARGIN); y <= Math.min(size - 1, row + MARGIN); y++) {
            for (int x = Math.max(0, column - MARGIN);
                    x <= Math.min(size - 1, column + MARGIN);
                    x++) {
                filling[y * size + x] = true;
            }
        }
    }

    /** Columns and rows. */
    int size() {
        return size;
    }

    /**
     * Side of the detector's box of this face, were it found in the chip: dlib's padding is 1/4.
     */
    double faceSize() {
        return size / 1.5;
    }

    float at(int x, int y) {
        return grey[y * size + x];
    }

    /** Whether a pixel is, or may be mixed with, what lies outside the picture. */
    boolean filling(int x, int y) {
        return filling[y * size + x];
    }

    /** Mean grey level of the inner half, without filling; 0 when all is filling. */
    double brightness() {
        double sum = 0;
        int count = 0;
        for (int y = size / 4; y < size - size / 4; y++) {
            for (int x = size / 4; x < size - size / 4; x++) {
                if (!filling(x, y)) {
                    sum += at(x, y);
                    count++;
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** The chip with fewer pixels, each the mean of the area it covers. */
    GreyChip shrunk(int side) {
        if (side >= size) {
            return this;
        }
        float[] half = resized(grey, size, size, side);
        float[] both = resized(transposed(half, side, size), size, side, side);
        boolean[] filled = new boolean[side * side];
        for (int i = 0; i < filled.length; i++) {
            int x = (int) ((i % side + 0.5) * size / side);
            int y = (int) ((i / side + 0.5) * size / side);
            filled[i] = filling(x, y);
        }
        return new GreyChip(side, transposed(both, side, side), filled);
    }

    /** Rows of {@code columns} values made {@code side} long. */
    private static float[] resized(float[] values, int columns, int rows, int side) {
        float[] result = new float[rows * side];
        double step = (double) columns / side;
        for (int i = 0; i < side; i++) {
            double from = i * step;
            double to = Math.min(columns, from + step);
            for (int row = 0; row < rows; row++) {
                double sum = 0;
                for (int x = (int) from; x < to; x++) {
                    double part = Math.min(x + 1, to) - Math.max(x, from);
                    sum += part * values[row * columns + x];
                }
                result[row * side + i] = (float) (sum / (to - from));
            }
        }
        return result;
    }

    private static float[] transposed(float[] values, int columns, int rows) {
        float[] result = new float[values.length];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                result[x * rows + y] = values[y * columns + x];
            }
        }
        return result;
    }
}
