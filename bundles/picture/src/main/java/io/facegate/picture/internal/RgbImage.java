// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

/**
 * Packed RGB pixels on their way from a decoder into a frame.
 *
 * @param sourceWidth columns the picture has in its file, more where it was scaled down
 * @param sourceHeight rows it has in its file
 */
record RgbImage(int width, int height, byte[] rgb, int sourceWidth, int sourceHeight)
        implements PixelSink {
    /** In the size of its file. */
    RgbImage(int width, int height, byte[] rgb) {
        this(width, height, rgb, width, height);
    }

    static RgbImage empty(int width, int height) {
        return new RgbImage(width, height, new byte[Math.multiplyExact(3, width * height)]);
    }

    /** This picture, made of one of another size. */
    RgbImage of(int columns, int rows) {
        return new RgbImage(width, height, rgb, columns, rows);
    }

    @Override
    public void put(int x, int y, int pixels, byte[] from, int offset) {
        System.arraycopy(from, offset, rgb, 3 * (y * width + x), 3 * pixels);
    }

    @Override
    public RgbImage picture() {
        return this;
    }

    /**
     * This picture turned as EXIF's orientation 1..8 asks for.
     *
     * @see <a href="https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf">EXIF 2.3, tag 274</a>
     */
    RgbImage oriented(int orientation) {
        if (orientation <= 1 || orientation > 8) {
            return this;
        }
        boolean swapped = orientation >= 5;
        RgbImage to = swapped ? empty(height, width) : empty(width, height);
        for (int y = 0; y < to.height; y++) {
            for (int x = 0; x < to.width; x++) {
                int from = 3 * source(orientation, x, y);
                int at = 3 * (y * to.width + x);
                to.rgb[at] = rgb[from];
                to.rgb[at + 1] = rgb[from + 1];
                to.rgb[at + 2] = rgb[from + 2];
            }
        }
        return swapped ? to.of(sourceHeight, sourceWidth) : to.of(sourceWidth, sourceHeight);
    }

    private int source(int orientation, int x, int y) {
        int right = width - 1;
        int bottom = height - 1;
        return switch (orientation) {
            case 2 -> y * width + right - x;
            case 3 -> (bottom - y) * width + right - x;
            case 4 -> (bottom - y) * width + x;
            case 5 -> x * width + y;
            case 6 -> (bottom - x) * width + y;
            case 7 -> (bottom - x) * width + right - y;
            default -> x * width + right - y;
        };
    }
}
