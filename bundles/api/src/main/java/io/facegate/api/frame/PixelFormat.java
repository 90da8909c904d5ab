// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.frame;

/** Layout of the samples of one pixel; every sample is one unsigned byte. */
public enum PixelFormat {
    /** Red, green, blue. The format of every frame of this project's own sources. */
    RGB24(3),
    /** Blue, green, red: OpenCV's and many cameras' order. */
    BGR24(3),
    /** One sample of luminance. */
    GRAY8(1);

    private final int bytesPerPixel;

    PixelFormat(int bytesPerPixel) {
        this.bytesPerPixel = bytesPerPixel;
    }

    /** Bytes that one pixel takes, 1 or 3. */
    public int bytesPerPixel() {
        return bytesPerPixel;
    }
}
