// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.PixelAspect;

import java.util.Map;

/**
 * How a source shall be read.
 *
 * @param width columns asked of a device, most columns of other sources; 0: as the source has it
 * @param height rows, in the same way
 * @param framesPerSecond asked of a device, of a folder's pictures and of a web server that has
 *     single pictures; 0: as the source has it
 * @param rotate degrees clockwise: 0, 90, 180 or 270
 * @param pictureMillis how long each picture of a folder is shown
 * @param everyPictureOnce whether a picture of a folder is one frame, however long it is shown, and
 *     a picture file is read once
 * @param pixelAspect of video, whose pixels are made square
 * @param network what holds for cameras on a network
 * @param board what holds for cameras of the board
 */
record SourceSettings(
        int width,
        int height,
        double framesPerSecond,
        int rotate,
        int pictureMillis,
        boolean everyPictureOnce,
        PixelAspect pixelAspect,
        Network network,
        BoardSettings board) {
    /**
     * How cameras on a network are spoken to.
     *
     * @param silenceMillis a source from which nothing comes for so long is dead
     * @param verifyCertificate whether an https server that has pictures must prove its name
     * @param rtspTransport as FFmpeg calls it; empty: TCP, then UDP, then multicast
     * @param options of FFmpeg, added to those chosen here
     */
    record Network(
            int silenceMillis,
            boolean verifyCertificate,
            String rtspTransport,
            Map<String, String> options) {
        static final Network DEFAULT = new Network(8000, true, "", Map.of());

        /** For commands, which have no setting for it: as FFmpeg does, nothing is verified. */
        static final Network OF_COMMANDS = new Network(8000, false, "", Map.of());
    }

    /** For batch commands: every frame once, as it is. */
    static final SourceSettings PLAIN = plain(PixelAspect.AUTO);

    /** The same for pixels of this aspect. */
    static SourceSettings plain(PixelAspect pixelAspect) {
        return new SourceSettings(
                0, 0, 0, 0, 2000, true, pixelAspect, Network.OF_COMMANDS, BoardSettings.DEFAULT);
    }

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
                PixelAspect.AUTO,
                Network.DEFAULT,
                BoardSettings.DEFAULT);
    }
}
