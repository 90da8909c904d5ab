// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.PixelAspect;

/**
 * What a source says of itself.
 *
 * @param kind in words
 * @param codec as FFmpeg calls it; empty: not said
 * @param width columns as they are coded; 0: not said
 * @param height rows; 0: not said
 * @param pixelAspect {@link PixelAspect#AUTO}: not said
 * @param durationMillis 0: not said
 */
record StreamFormat(
        String kind,
        String codec,
        int width,
        int height,
        PixelAspect pixelAspect,
        long durationMillis) {
    /** Of pictures, whose size the first one tells. */
    static StreamFormat pictures(String kind, String codec) {
        return new StreamFormat(kind, codec, 0, 0, PixelAspect.AUTO, 0);
    }
}
