// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.frame;

import java.util.Optional;

/**
 * An axis-parallel box in source pixels, in face_recognition's convention: trimmed to the picture,
 * {@code right} and {@code bottom} exclusive (at most width and height of the picture). A
 * face_recognition tuple {@code (top, right, bottom, left)} holds the same four numbers.
 *
 * @param left first column, 0 or more
 * @param top first row, 0 or more
 * @param right column after the last, greater than left
 * @param bottom row after the last, greater than top
 */
public record Box(int left, int top, int right, int bottom) {
    public Box {
        if (left < 0 || top < 0 || right <= left || bottom <= top) {
            throw new IllegalArgumentException(
                    "no box: [" + left + ", " + top + ", " + right + ", " + bottom + "]");
        }
    }

    /**
     * face_recognition's box of a detector's rectangle: the same four numbers, trimmed to the
     * picture, of which right and bottom are taken as exclusive although dlib means them inclusive.
     *
     * @return empty when nothing of the rectangle is in the picture
     */
    public static Optional<Box> trimmed(
            int left, int top, int right, int bottom, int width, int height) {
        int l = Math.max(left, 0);
        int t = Math.max(top, 0);
        int r = Math.min(right, width);
        int b = Math.min(bottom, height);
        return l < r && t < b ? Optional.of(new Box(l, t, r, b)) : Optional.empty();
    }

    /** Columns covered, at least 1. */
    public int width() {
        return right - left;
    }

    /** Rows covered, at least 1. */
    public int height() {
        return bottom - top;
    }

    /** Pixels covered. */
    public long area() {
        return (long) width() * height();
    }

    /** Intersection over union with another box, 0 (apart) to 1 (equal). */
    public double overlap(Box other) {
        long w = Math.min(right, other.right) - (long) Math.max(left, other.left);
        long h = Math.min(bottom, other.bottom) - (long) Math.max(top, other.top);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        double common = (double) w * h;
        return common / (area() + other.area() - common);
    }
}
