// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;

import io.facegate.api.picture.PictureReader;

import org.bytedeco.javacpp.PointerScope;

import java.io.IOException;

/**
 * Decodes a large JPEG at a half, a quarter or an eighth of its size, which takes as much less
 * memory and time. Loaded only when such a picture comes.
 */
final class FfmpegJpeg {
    private static final int SMALLEST = 3;

    private FfmpegJpeg() {}

    /**
     * Decodes.
     *
     * @param width columns as the file's header says
     * @param height rows as the file's header says
     */
    @SuppressWarnings("try") // the scope is there to be closed
    static RgbImage decode(byte[] file, int width, int height) throws IOException {
        PixelSink[] sink = new PixelSink[1];
        try (PointerScope scope = new PointerScope();
                FfmpegPixels pixels = new FfmpegPixels()) {
            new PacketDecoder(AV_CODEC_ID_MJPEG)
                    .decode(
                            file,
                            decoder ->
                                    decoder.lowres(halvings(width, height))
                                            .max_pixels(PictureReader.MAX_PIXELS),
                            picture -> {
                                sink[0] = AreaReducer.of(picture.width(), picture.height());
                                pixels.put(picture, 0, 0, sink[0]);
                            });
        }
        return sink[0].picture().of(width, height);
    }

    /** As many as leave no fewer pixels than the result has. */
    static int halvings(int width, int height) {
        int times = 0;
        while (times < SMALLEST
                && (long) width * height >> 2 * (times + 1) >= PictureReader.REDUCED_PIXELS) {
            times++;
        }
        return times;
    }
}
