// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_WEBP;

import org.bytedeco.javacpp.PointerScope;

import java.io.IOException;

/**
 * Decodes WebP with FFmpeg: the whole file is one packet of its WebP decoder. Loaded only when a
 * WebP picture comes, so that the other formats need no native library.
 */
final class WebpDecoder {
    private WebpDecoder() {}

    @SuppressWarnings("try") // the scope is there to be closed
    static RgbImage decode(byte[] file) throws IOException {
        PixelSink[] sink = new PixelSink[1];
        try (PointerScope scope = new PointerScope();
                FfmpegPixels pixels = new FfmpegPixels()) {
            new PacketDecoder(AV_CODEC_ID_WEBP)
                    .decode(
                            file,
                            decoder -> {},
                            picture -> {
                                sink[0] = PixelSink.of(picture.width(), picture.height());
                                pixels.put(picture, 0, 0, sink[0]);
                            });
        }
        return sink[0].picture();
    }
}
