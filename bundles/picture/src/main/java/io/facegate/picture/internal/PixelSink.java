// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import io.facegate.api.picture.PictureReader;

/** Makes a picture of pixels that come in any order, each of them once. */
interface PixelSink extends PixelTarget {
    /** The picture, when all of it was put; called once. */
    RgbImage picture();

    /** For a picture of this size: one that keeps every pixel, or scales a large one down. */
    static PixelSink of(int width, int height) {
        return isLarge(width, height)
                ? AreaReducer.of(width, height)
                : RgbImage.empty(width, height);
    }

    /** Whether a picture is scaled down. */
    static boolean isLarge(int width, int height) {
        return (long) width * height > PictureReader.FULL_PIXELS;
    }

    /** Bytes of heap a sink takes, and the picture it makes. */
    static long bytes(int width, int height) {
        return isLarge(width, height) ? AreaReducer.BYTES : 3L * width * height;
    }
}
