// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.PixelAspect;

/**
 * How a source shall be read.
 *
 * @param width columns asked of a device, most columns of other sources; 0: as the source has it
 * @param height rows, in the same way
 * @param framesPerSecond asked of a device and of a folder's pictures; 0: as the source has it
 * @param rotate degrees clockwise: 0, 90, 180 or 270
 * @param pictureMillis how long each picture of a folder is shown
 * @param everyPictureOnce whether a picture of a folder is one frame, however long it is shown
 * @param pixelAspect of video, whose pixels are made square
 */
record SourceSettings(
        int width,
        int height,
        double framesPerSecond,
        int rotate,
        int pictureMillis,
        boolean everyPictureOnce,
        PixelAspect pixelAspect) {
    /** For batch commands: every frame once, as it is. */
    static final SourceSettings PLAIN = new SourceSettings(0, 0, 0, 0, 2000, true);

    /** As the source says. */
    SourceSettings(
            int width,
            int height,
            double framesPerSecond,
            int rotate,
            int pictureMillis,
            boolean everyPictureOnce) {
        this(
                width,
                height,
                framesPerSecond,
                rotate,
                pictureMillis,
                everyPictureOnce,
                PixelAspect.AUTO);
    }

    /** Plain, but for the pixels. */
    static SourceSettings plain(PixelAspect pixelAspect) {
        return new SourceSettings(0, 0, 0, 0, 2000, true, pixelAspect);
    }
}
