// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.frame;

import java.time.Instant;
import java.util.Objects;

/**
 * One picture of a source, with pixels of its own on the heap. A frame is immutable by contract:
 * nobody writes to {@link #pixels()} after construction, so frames may be shared between threads.
 */
public final class Frame {
    private final String sourceId;
    private final long sequence;
    private final CaptureTime captured;
    private final int width;
    private final int height;
    private final int stride;
    private final PixelFormat format;
    private final byte[] pixels;
    private final int sourceWidth;
    private final int sourceHeight;

    /**
     * Takes over {@code pixels}; the caller gives the array away.
     *
     * @param sourceId id of the camera, or the name of the picture or video
     * @param sequence number of the frame in its source, from 0
     * @param captured when the source delivered it
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @param stride bytes from one row to the next, at least width x bytes per pixel
     * @param format layout of a pixel
     * @param pixels at least {@code stride x (height - 1) + width x bytes per pixel} bytes
     * @throws IllegalArgumentException when sizes do not fit together
     */
    public Frame(
            String sourceId,
            long sequence,
            CaptureTime captured,
            PixelFormat format,
            int width,
            int height,
            int stride,
            byte[] pixels) {
        this.sourceId = Objects.requireNonNull(sourceId, "sourceId");
        this.captured = Objects.requireNonNull(captured, "captured");
        this.format = Objects.requireNonNull(format, "format");
        this.pixels = Objects.requireNonNull(pixels, "pixels");
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("empty frame: " + width + "x" + height);
        }
        long row = (long) width * format.bytesPerPixel();
        if (stride < row || (long) stride * (height - 1) + row > pixels.length) {
            throw new IllegalArgumentException(
                    width
                            + "x"
                            + height
                            + " "
                            + format
                            + " with stride "
                            + stride
                            + " does not fit "
                            + pixels.length
                            + " bytes");
        }
        this.sequence = sequence;
        this.width = width;
        this.height = height;
        this.stride = stride;
        sourceWidth = width;
        sourceHeight = height;
    }

    /** The same frame, shared pixels and all. */
    private Frame(Frame like, String sourceId, long sequence, int columns, int rows) {
        this.sourceId = Objects.requireNonNull(sourceId, "sourceId");
        this.sequence = sequence;
        captured = like.captured;
        width = like.width;
        height = like.height;
        stride = like.stride;
        format = like.format;
        pixels = like.pixels;
        sourceWidth = columns;
        sourceHeight = rows;
    }

    /** The same of a frame that is delivered now, whatever the clock says. */
    public Frame(
            String sourceId,
            long sequence,
            Instant capturedAt,
            PixelFormat format,
            int width,
            int height,
            int stride,
            byte[] pixels) {
        this(
                sourceId,
                sequence,
                new CaptureTime(capturedAt, System.nanoTime()),
                format,
                width,
                height,
                stride,
                pixels);
    }

    /** A packed RGB frame, stride = 3 x width; see the constructor. */
    public static Frame rgb(
            String sourceId,
            long sequence,
            CaptureTime captured,
            int width,
            int height,
            byte[] rgb) {
        return new Frame(
                sourceId, sequence, captured, PixelFormat.RGB24, width, height, 3 * width, rgb);
    }

    /** The same of a frame that is delivered now, whatever the clock says. */
    public static Frame rgb(
            String sourceId, long sequence, Instant capturedAt, int width, int height, byte[] rgb) {
        return new Frame(
                sourceId, sequence, capturedAt, PixelFormat.RGB24, width, height, 3 * width, rgb);
    }

    /** The same frame, shared pixels and all, under another source's name and number. */
    public Frame of(String source, long number) {
        return new Frame(this, source, number, sourceWidth, sourceHeight);
    }

    /** The same frame, shared pixels and all, that was scaled down from a larger picture. */
    public Frame reducedFrom(int columns, int rows) {
        return new Frame(this, sourceId, sequence, columns, rows);
    }

    /** Id of the camera, or the name of the picture or video. */
    public String sourceId() {
        return sourceId;
    }

    /** Number of the frame in its source, from 0. */
    public long sequence() {
        return sequence;
    }

    /** When the source delivered the frame, as the clock showed it, UTC. */
    public Instant capturedAt() {
        return captured.clock();
    }

    /** When the source delivered the frame, to be told and to be compared with other frames. */
    public CaptureTime captured() {
        return captured;
    }

    /** Columns. */
    public int width() {
        return width;
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** Columns of the picture this was scaled down from; {@link #width()} of any other. */
    public int sourceWidth() {
        return sourceWidth;
    }

    /** Rows of the picture this was scaled down from; {@link #height()} of any other. */
    public int sourceHeight() {
        return sourceHeight;
    }

    /** A box of this frame in pixels of the picture it was scaled down from. */
    public Box inSource(Box box) {
        if (sourceWidth == width && sourceHeight == height) {
            return box;
        }
        double x = (double) sourceWidth / width;
        double y = (double) sourceHeight / height;
        return new Box(
                (int) Math.floor(box.left() * x),
                (int) Math.floor(box.top() * y),
                (int) Math.min(sourceWidth, Math.ceil(box.right() * x)),
                (int) Math.min(sourceHeight, Math.ceil(box.bottom() * y)));
    }

    /** Bytes from one row to the next. */
    public int stride() {
        return stride;
    }

    /** Layout of a pixel. */
    public PixelFormat format() {
        return format;
    }

    /** The frame's own array, not a copy; must not be written to. */
    public byte[] pixels() {
        return pixels;
    }

    @Override
    public String toString() {
        return "Frame[" + sourceId + " #" + sequence + " " + width + "x" + height + " " + format
                + "]";
    }
}
