// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.DlibNative;

/** Layout of the samples of one pixel; every sample is one unsigned byte. */
public enum PixelFormat {
    /** Red, green, blue. */
    RGB24(3, DlibNative.RGB24),
    /** Blue, green, red. Swapped into a copy first: results are those of RGB24. */
    BGR24(3, DlibNative.BGR24),
    /** One sample of luminance. */
    GRAY8(1, DlibNative.GRAY8);

    private final int bytesPerPixel;
    private final int layout;

    PixelFormat(int bytesPerPixel, int layout) {
        this.bytesPerPixel = bytesPerPixel;
        this.layout = layout;
    }

    /** Bytes that one pixel takes, 1 or 3. */
    public int bytesPerPixel() {
        return bytesPerPixel;
    }

    int layout() {
        return layout;
    }
}
