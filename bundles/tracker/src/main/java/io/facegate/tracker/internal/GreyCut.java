// SPDX-License-Identifier: Apache-2.0
package io.facegate.tracker.internal;

import io.facegate.api.frame.Frame;
import io.facegate.dlib.Image;
import io.facegate.dlib.PixelFormat;
import io.facegate.dlib.TrackedBox;

/**
 * The part of a frame that a tracker looks at, in grey, and smaller when the object is large: the
 * cost of following does not grow with the frame.
 *
 * @param image the part
 * @param left first column of the frame in it
 * @param top first row of the frame in it
 * @param step columns and rows of the frame for one of the part
 */
record GreyCut(Image image, int left, int top, int step) {
    /** The tracker looks at 1.4 times the box, and at sizes up to 1.4 times larger. */
    private static final double REACH = 2.2;

    /** Pixels that suffice for the object; more than the tracker's own. */
    private static final int OBJECT = 64;

    /**
     * Cuts out the surroundings of a box.
     *
     * @param box in pixels of the frame; may leave it
     */
    static GreyCut around(TrackedBox box, Frame frame) {
        double width = box.right() - box.left() + 1;
        double height = box.bottom() - box.top() + 1;
        int step = (int) Math.max(1, Math.max(width, height) / OBJECT);
        double x = (box.left() + box.right()) / 2;
        double y = (box.top() + box.bottom()) / 2;
        int left = clamp(x - REACH / 2 * width, frame.width() - 1);
        int top = clamp(y - REACH / 2 * height, frame.height() - 1);
        int right = clamp(x + REACH / 2 * width, frame.width());
        int bottom = clamp(y + REACH / 2 * height, frame.height());
        int columns = Math.max(1, (right - left) / step);
        int rows = Math.max(1, (bottom - top) / step);
        byte[] grey = new byte[columns * rows];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int u = Math.min(frame.width() - 1, left + column * step);
                int v = Math.min(frame.height() - 1, top + row * step);
                grey[at++] = (byte) (step == 1 ? luma(frame, u, v) : mean(frame, u, v, step / 2));
            }
        }
        return new GreyCut(new Image(grey, columns, rows, PixelFormat.GRAY8), left, top, step);
    }

    /** A place of the frame in the part. */
    TrackedBox toCut(TrackedBox box) {
        return new TrackedBox(
                (box.left() - left) / step,
                (box.top() - top) / step,
                (box.right() - left) / step,
                (box.bottom() - top) / step,
                box.peakToSideLobe());
    }

    /** A place of the part in the frame. */
    TrackedBox toFrame(TrackedBox box) {
        return new TrackedBox(
                box.left() * step + left,
                box.top() * step + top,
                box.right() * step + left,
                box.bottom() * step + top,
                box.peakToSideLobe());
    }

    private static int mean(Frame frame, int x, int y, int half) {
        int right = Math.min(frame.width() - 1, x + half);
        int below = Math.min(frame.height() - 1, y + half);
        return (luma(frame, x, y)
                        + luma(frame, right, y)
                        + luma(frame, x, below)
                        + luma(frame, right, below))
                >> 2;
    }

    /** Red and blue weigh the same here, so that their order does not matter. */
    private static int luma(Frame frame, int x, int y) {
        byte[] pixels = frame.pixels();
        int channels = frame.format().bytesPerPixel();
        int at = y * frame.stride() + x * channels;
        return channels == 1
                ? pixels[at] & 0xff
                : ((pixels[at] & 0xff) + 2 * (pixels[at + 1] & 0xff) + (pixels[at + 2] & 0xff))
                        >> 2;
    }

    private static int clamp(double value, int high) {
        return (int) Math.max(0, Math.min(high, Math.round(value)));
    }
}
