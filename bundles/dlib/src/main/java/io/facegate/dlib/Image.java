// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import java.util.Objects;

/**
 * A picture in heap memory. The pixels are not copied; nothing in this package writes to them or
 * keeps them after the call.
 */
public final class Image {
    private final byte[] pixels;
    private final int width;
    private final int height;
    private final int stride;
    private final PixelFormat format;

    /**
     * @param pixels row by row, the first row at index 0
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @param stride bytes from the begin of one row to the next, at least a row's pixels
     * @throws IllegalArgumentException {@code pixels} is too short or the geometry impossible
     */
    public Image(byte[] pixels, int width, int height, int stride, PixelFormat format) {
        this.pixels = Objects.requireNonNull(pixels, "pixels");
        this.format = Objects.requireNonNull(format, "format");
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("no picture: " + width + " x " + height + " pixels");
        }
        long row = (long) width * format.bytesPerPixel();
        if (stride < row) {
            throw new IllegalArgumentException(
                    "stride " + stride + " is less than a row of " + row + " bytes");
        }
        long needed = (long) stride * (height - 1) + row;
        if (pixels.length < needed) {
            throw new IllegalArgumentException(
                    pixels.length + " bytes of pixels, " + needed + " needed");
        }
        this.width = width;
        this.height = height;
        this.stride = stride;
    }

    /** A picture whose rows follow each other without a gap. */
    public Image(byte[] pixels, int width, int height, PixelFormat format) {
        this(pixels, width, height, Math.multiplyExact(width, format.bytesPerPixel()), format);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Bytes from the begin of one row to the next. */
    public int stride() {
        return stride;
    }

    public PixelFormat format() {
        return format;
    }

    /** The array given to the constructor. */
    byte[] pixels() {
        return pixels;
    }
}
