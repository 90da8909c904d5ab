// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import io.facegate.api.picture.PictureReader;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Scales a picture down while it is decoded: each pixel of the result is the mean of the area it
 * covers, so that no detail is skipped and the whole picture is never in memory.
 */
final class AreaReducer implements PixelSink {
    /** Heap for the result, and for the sums of its rows that are not complete yet. */
    static final long BYTES = 6 * PictureReader.REDUCED_PIXELS;

    private final int sourceWidth;
    private final int sourceHeight;
    private final int width;
    private final int height;
    private final Axis columns;
    private final Axis rows;
    private final byte[] result;
    private final float[] row;

    /** Sums of the rows that have some of their pixels, and how many they still lack. */
    private final float[][] sums;

    private final long[] missing;
    private final Deque<float[]> free = new ArrayDeque<>();

    private AreaReducer(int sourceWidth, int sourceHeight, int width, int height) {
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        this.width = width;
        this.height = height;
        columns = new Axis(sourceWidth, width);
        rows = new Axis(sourceHeight, height);
        result = new byte[Math.multiplyExact(3, width * height)];
        row = new float[3 * width];
        sums = new float[height][];
        missing = new long[height];
        for (int y = 0; y < sourceHeight; y++) {
            missing[rows.to[y]] += sourceWidth;
            if (rows.rest(y) > 0) {
                missing[rows.to[y] + 1] += sourceWidth;
            }
        }
    }

    /** To the most pixels a reduced picture has, with the same proportions. */
    static AreaReducer of(int width, int height) {
        double scale = Math.sqrt(PictureReader.REDUCED_PIXELS / ((double) width * height));
        return new AreaReducer(
                width,
                height,
                (int) Math.max(1, Math.min(width, width * scale)),
                (int) Math.max(1, Math.min(height, height * scale)));
    }

    /** Where the pixels along one side go: to one pixel of the result, or a part to the next. */
    private static final class Axis {
        private final int[] to;
        private final float[] part;
        private final float whole;

        Axis(int from, int into) {
            double scale = (double) into / from;
            whole = (float) scale;
            to = new int[from];
            part = new float[from];
            for (int i = 0; i < from; i++) {
                int first = (int) Math.min(into - 1.0, Math.floor(i * scale));
                boolean last = first == into - 1;
                to[i] = first;
                part[i] = (float) (last ? scale : Math.min(scale, first + 1 - i * scale));
            }
        }

        float rest(int i) {
            return whole - part[i];
        }
    }

    @Override
    public void put(int x, int y, int pixels, byte[] rgb, int offset) {
        int first = 3 * columns.to[x];
        int end = Math.min(row.length, 3 * columns.to[x + pixels - 1] + 6);
        Arrays.fill(row, first, end, 0);
        int at = offset;
        for (int i = x; i < x + pixels; i++, at += 3) {
            int to = 3 * columns.to[i];
            float part = columns.part[i];
            int red = rgb[at] & 0xFF;
            int green = rgb[at + 1] & 0xFF;
            int blue = rgb[at + 2] & 0xFF;
            row[to] += part * red;
            row[to + 1] += part * green;
            row[to + 2] += part * blue;
            float rest = columns.rest(i);
            if (rest > 0) {
                row[to + 3] += rest * red;
                row[to + 4] += rest * green;
                row[to + 5] += rest * blue;
            }
        }
        add(rows.to[y], rows.part[y], first, end, pixels);
        if (rows.rest(y) > 0) {
            add(rows.to[y] + 1, rows.rest(y), first, end, pixels);
        }
    }

    private void add(int y, float weight, int first, int end, int pixels) {
        if (sums[y] == null) {
            sums[y] = free.isEmpty() ? new float[row.length] : free.pop();
        }
        float[] sum = sums[y];
        for (int i = first; i < end; i++) {
            sum[i] += weight * row[i];
        }
        missing[y] -= pixels;
        if (missing[y] == 0) {
            finish(y);
        }
    }

    private void finish(int y) {
        float[] sum = sums[y];
        int at = y * row.length;
        for (float sample : sum) {
            result[at++] = (byte) Math.min(255, Math.round(sample));
        }
        Arrays.fill(sum, 0);
        free.push(sum);
        sums[y] = null;
    }

    /**
     * Rows that were not put whole, as of a GIF smaller than its canvas, are black for the rest.
     */
    @Override
    public RgbImage picture() {
        for (int y = 0; y < height; y++) {
            if (sums[y] != null) {
                finish(y);
            }
        }
        return new RgbImage(width, height, result).of(sourceWidth, sourceHeight);
    }
}
