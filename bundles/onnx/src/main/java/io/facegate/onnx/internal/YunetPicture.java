// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.frame.Frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A frame as YuNet takes it: planes of blue, green and red, 0 to 255, scaled and then filled up
 * with black on the right and below.
 *
 * @param planes 3 x rows x columns, a direct buffer
 * @param rows with the filling, a multiple of 32
 * @param columns with the filling, a multiple of 32
 * @param scaleX columns of the frame for one of the picture
 * @param scaleY rows of the frame for one of the picture
 */
record YunetPicture(FloatBuffer planes, int rows, int columns, double scaleX, double scaleY) {
    /** The largest stride of the network. */
    private static final int STEP = 32;

    private static final int COLOURS = 3;

    /**
     * Scales a frame: each pixel is the average of those it covers, or lies between its neighbours
     * where the picture becomes larger.
     *
     * @param factor columns of the picture for one of the frame
     * @param spare planes no longer in use, which are written to if they have the size
     */
    static YunetPicture of(Frame frame, double factor, Optional<FloatBuffer> spare) {
        int width = Math.max(1, (int) Math.round(frame.width() * factor));
        int height = Math.max(1, (int) Math.round(frame.height() * factor));
        int columns = filled(width);
        int rows = filled(height);
        FloatBuffer planes =
                spare.filter(buffer -> buffer.capacity() == COLOURS * rows * columns)
                        .orElseGet(() -> planes(rows, columns));
        Taps across = Taps.of(frame.width(), width);
        Taps down = Taps.of(frame.height(), height);
        float[] sum = new float[frame.width() * frame.format().bytesPerPixel()];
        float[] line = new float[columns];
        for (int y = 0; y < height; y++) {
            addRows(frame, down, y, sum);
            for (int colour = 0; colour < COLOURS; colour++) {
                across.apply(sum, frame.format().bytesPerPixel(), sample(frame, colour), line);
                planes.put((colour * rows + y) * columns, line);
            }
        }
        Arrays.fill(line, 0);
        for (int y = height; y < rows; y++) {
            for (int colour = 0; colour < COLOURS; colour++) {
                planes.put((colour * rows + y) * columns, line);
            }
        }
        return new YunetPicture(
                planes,
                rows,
                columns,
                (double) frame.width() / width,
                (double) frame.height() / height);
    }

    private static FloatBuffer planes(int rows, int columns) {
        return ByteBuffer.allocateDirect(COLOURS * rows * columns * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static int filled(int size) {
        return (size + STEP - 1) / STEP * STEP;
    }

    /** Where a pixel has blue (0), green or red (2). */
    private static int sample(Frame frame, int colour) {
        return switch (frame.format()) {
            case RGB24 -> 2 - colour;
            case BGR24 -> colour;
            case GRAY8 -> 0;
        };
    }

    private static void addRows(Frame frame, Taps down, int y, float[] sum) {
        Arrays.fill(sum, 0);
        byte[] pixels = frame.pixels();
        for (int tap = 0; tap < down.weights[y].length; tap++) {
            float weight = down.weights[y][tap];
            int from = (down.first[y] + tap) * frame.stride();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * (pixels[from + i] & 0xff);
            }
        }
    }

    /**
     * Which samples of a line make one of a scaled line.
     *
     * @param first of them
     * @param weights of them and those that follow; their sum is 1
     */
    private record Taps(int[] first, float[][] weights) {
        static Taps of(int from, int to) {
            var taps = new Taps(new int[to], new float[to][]);
            double scale = (double) from / to;
            for (int i = 0; i < to; i++) {
                if (scale >= 1) {
                    taps.cover(i, i * scale, Math.min(from, (i + 1) * scale));
                } else {
                    taps.between(i, (i + 0.5) * scale - 0.5, from - 1);
                }
            }
            return taps;
        }

        private void cover(int i, double begin, double end) {
            first[i] = (int) begin;
            weights[i] = new float[(int) Math.ceil(end - 1e-9) - first[i]];
            for (int tap = 0; tap < weights[i].length; tap++) {
                double sample = (double) first[i] + tap;
                double part = Math.min(end, sample + 1) - Math.max(begin, sample);
                weights[i][tap] = (float) (part / (end - begin));
            }
        }

        private void between(int i, double place, int last) {
            double inside = Math.max(0, Math.min(last, place));
            first[i] = Math.min((int) inside, Math.max(0, last - 1));
            float second = (float) (inside - first[i]);
            weights[i] = last == 0 ? new float[] {1} : new float[] {1 - second, second};
        }

        void apply(float[] line, int step, int offset, float[] scaled) {
            for (int i = 0; i < weights.length; i++) {
                float[] parts = weights[i];
                int at = first[i] * step + offset;
                float sum = 0;
                for (int tap = 0; tap < parts.length; tap++) {
                    sum += parts[tap] * line[at + tap * step];
                }
                scaled[i] = sum;
            }
        }
    }
}
