// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

/** The part of a picture that is shown. */
record Crop(int x, int y, int width, int height) {
    /** What fits into this part of a picture, in its own coordinates. */
    Crop within(Crop outer) {
        int left = Math.max(0, Math.min(x, outer.width - 1));
        int top = Math.max(0, Math.min(y, outer.height - 1));
        return new Crop(
                outer.x + left,
                outer.y + top,
                Math.max(1, Math.min(width, outer.width - left)),
                Math.max(1, Math.min(height, outer.height - top)));
    }

    /** A target for the whole picture that hands on this part of it. */
    PixelTarget into(PixelTarget part) {
        return (column, row, pixels, rgb, offset) -> {
            int first = Math.max(x, column);
            int end = Math.min(x + width, column + pixels);
            if (row >= y && row < y + height && first < end) {
                part.put(first - x, row - y, end - first, rgb, offset + 3 * (first - column));
            }
        };
    }
}
