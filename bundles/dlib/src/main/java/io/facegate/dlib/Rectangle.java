// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

/**
 * A box in source pixels in dlib's convention: {@code right} and {@code bottom} are the last column
 * and row that belong to it. May leave the picture.
 */
public record Rectangle(int left, int top, int right, int bottom) {
    /** Refuses an empty box. */
    public Rectangle {
        if (right < left || bottom < top) {
            throw new IllegalArgumentException(
                    "no box: [" + left + ", " + top + ", " + right + ", " + bottom + "]");
        }
    }

    /** Columns covered, at least 1. */
    public int width() {
        return right - left + 1;
    }

    /** Rows covered, at least 1. */
    public int height() {
        return bottom - top + 1;
    }
}
