// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;

import java.util.Arrays;
import java.util.List;

/** The picture of a whole screen, one int 0xRRGGBB each pixel. Not thread-safe. */
final class Canvas {
    private static final int MARGIN = 2;

    private final int width;
    private final int height;
    private final int[] pixels;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.pixels = new int[width * height];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Row-major; the canvas's own array. */
    int[] pixels() {
        return pixels;
    }

    void clear() {
        Arrays.fill(pixels, 0);
    }

    /**
     * Draws a frame as large as it fits, its proportions kept, with black bars beside it. A frame
     * much larger than the screen is to be scaled down well before: this takes nearest pixels.
     */
    void draw(Frame frame) {
        clear();
        double scale = Math.min((double) width / frame.width(), (double) height / frame.height());
        int w = Math.max(1, Math.min(width, (int) Math.round(frame.width() * scale)));
        int h = Math.max(1, Math.min(height, (int) Math.round(frame.height() * scale)));
        int left = (width - w) / 2;
        int top = (height - h) / 2;
        int[] columns = new int[w];
        for (int x = 0; x < w; x++) {
            columns[x] = (int) ((long) x * frame.width() / w) * frame.format().bytesPerPixel();
        }
        for (int y = 0; y < h; y++) {
            int row = (int) ((long) y * frame.height() / h) * frame.stride();
            copyRow(frame, row, columns, (top + y) * width + left);
        }
    }

    private void copyRow(Frame frame, int row, int[] columns, int target) {
        byte[] source = frame.pixels();
        PixelFormat format = frame.format();
        // Offsets of red, green and blue within a pixel.
        int r = format == PixelFormat.BGR24 ? 2 : 0;
        int g = format == PixelFormat.GRAY8 ? 0 : 1;
        int b = format == PixelFormat.RGB24 ? 2 : 0;
        for (int x = 0; x < columns.length; x++) {
            int i = row + columns[x];
            pixels[target + x] =
                    (source[i + r] & 0xff) << 16
                            | (source[i + g] & 0xff) << 8
                            | source[i + b] & 0xff;
        }
    }

    /** Writes lines in the middle, broken to fit and as large as they fit (at most 4 times). */
    void write(List<String> lines, int colour) {
        clear();
        List<String> broken = lines;
        int size = 4;
        for (; size >= 1; size--) {
            int columns = Math.max(1, width / (Glyphs.CELL_WIDTH * size) - MARGIN);
            broken = TextLines.wrap(lines, columns);
            boolean whole = size == 1 || TextLines.longestWord(lines) <= columns;
            if (whole && (broken.size() + 1) * Glyphs.CELL_HEIGHT * size <= height) {
                break;
            }
        }
        size = Math.max(1, size);
        int y = Math.max(0, (height - broken.size() * Glyphs.CELL_HEIGHT * size) / 2);
        for (String line : broken) {
            int x = Math.max(0, (width - line.length() * Glyphs.CELL_WIDTH * size) / 2);
            Glyphs.draw(this, line, x, y, size, colour);
            y += Glyphs.CELL_HEIGHT * size;
        }
    }

    /** Fills a square of a letter's dot; what lies outside is left out. */
    void dot(int left, int top, int size, int colour) {
        for (int y = Math.max(0, top); y < Math.min(height, top + size); y++) {
            for (int x = Math.max(0, left); x < Math.min(width, left + size); x++) {
                pixels[y * width + x] = colour;
            }
        }
    }

    /** The picture as a packed RGB frame. */
    Frame toFrame(Frame like) {
        byte[] rgb = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            rgb[3 * i] = (byte) (pixels[i] >> 16);
            rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
            rgb[3 * i + 2] = (byte) pixels[i];
        }
        return Frame.rgb(like.sourceId(), like.sequence(), like.captured(), width, height, rgb);
    }
}
