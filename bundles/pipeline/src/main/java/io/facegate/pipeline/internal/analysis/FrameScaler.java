// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;

import java.util.Arrays;

/** Makes a frame narrower for detection, by the mean of the pixels covered, and boxes back. */
final class FrameScaler {
    private FrameScaler() {}

    /**
     * A copy {@code width} columns wide with the frame's proportions; the frame itself when it is
     * not wider or {@code width} is 0.
     */
    static Frame narrow(Frame frame, int width) {
        if (width <= 0 || frame.width() <= width) {
            return frame;
        }
        int height = Math.max(1, (int) Math.round((double) frame.height() * width / frame.width()));
        int channels = frame.format().bytesPerPixel();
        byte[] target = new byte[width * height * channels];
        int[] columns = edges(frame.width(), width);
        int[] rows = edges(frame.height(), height);
        int[] sums = new int[width * channels];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, 0);
            for (int row = rows[y]; row < rows[y + 1]; row++) {
                addRow(frame, row, columns, sums);
            }
            int tall = rows[y + 1] - rows[y];
            for (int x = 0; x < width; x++) {
                int area = tall * (columns[x + 1] - columns[x]);
                for (int c = 0; c < channels; c++) {
                    int i = x * channels + c;
                    target[y * width * channels + i] = (byte) ((sums[i] + area / 2) / area);
                }
            }
        }
        return new Frame(
                frame.sourceId(),
                frame.sequence(),
                frame.captured(),
                frame.format(),
                width,
                height,
                width * channels,
                target);
    }

    /** A box of {@code small} in pixels of {@code source}. */
    static Box enlarge(Box box, Frame small, Frame source) {
        if (small == source) {
            return box;
        }
        double sx = (double) source.width() / small.width();
        double sy = (double) source.height() / small.height();
        int left = clamp((int) Math.round(box.left() * sx), 0, source.width() - 1);
        int top = clamp((int) Math.round(box.top() * sy), 0, source.height() - 1);
        int right = clamp((int) Math.round(box.right() * sx), left + 1, source.width());
        int bottom = clamp((int) Math.round(box.bottom() * sy), top + 1, source.height());
        return new Box(left, top, right, bottom);
    }

    private static void addRow(Frame frame, int row, int[] columns, int[] sums) {
        byte[] pixels = frame.pixels();
        int channels = frame.format().bytesPerPixel();
        int at = row * frame.stride();
        for (int x = 0; x + 1 < columns.length; x++) {
            for (int column = columns[x]; column < columns[x + 1]; column++) {
                for (int c = 0; c < channels; c++) {
                    sums[x * channels + c] += pixels[at++] & 0xff;
                }
            }
        }
    }

    /** Where each of {@code to} cells begins among {@code from} pixels, and the end of the last. */
    private static int[] edges(int from, int to) {
        int[] edges = new int[to + 1];
        for (int i = 0; i <= to; i++) {
            edges[i] = (int) ((long) i * from / to);
        }
        return edges;
    }

    private static int clamp(int value, int low, int high) {
        return Math.max(low, Math.min(high, value));
    }
}
