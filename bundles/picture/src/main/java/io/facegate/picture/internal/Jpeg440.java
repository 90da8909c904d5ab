// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;

import java.io.IOException;

/**
 * Decodes JPEGs whose chroma has half the rows (4:4:0) with FFmpeg: builds of Java with libjpeg 6b
 * repeat the rows and those with libjpeg-turbo blend them, which moves a face by up to 0.07. The
 * blend here is libjpeg-turbo's, as Pillow's is.
 */
final class Jpeg440 {
    private final AVFrame picture;
    private final byte[][] chroma = new byte[2][];
    private final int chromaRows;

    private Jpeg440(AVFrame picture) {
        this.picture = picture;
        chromaRows = (picture.height() + 1) / 2;
        for (int plane = 1; plane <= 2; plane++) {
            chroma[plane - 1] = new byte[picture.width() * chromaRows];
            for (int y = 0; y < chromaRows; y++) {
                row(plane, y, chroma[plane - 1], y * picture.width());
            }
        }
    }

    /** Decodes a file. */
    @SuppressWarnings("try") // the scope is there to be closed
    static RgbImage decode(byte[] file) throws IOException {
        RgbImage[] decoded = new RgbImage[1];
        try (PointerScope scope = new PointerScope()) {
            new PacketDecoder(AV_CODEC_ID_MJPEG)
                    .decode(
                            file,
                            decoder -> decoder.idct_algo(AVCodecContext.FF_IDCT_INT),
                            picture -> {
                                if (picture.format() != AV_PIX_FMT_YUVJ440P) {
                                    throw new UnreadFormException("another subsampling");
                                }
                                decoded[0] = new Jpeg440(picture).toRgb();
                            });
        }
        return decoded[0];
    }

    private void row(int plane, int y, byte[] to, int offset) {
        BytePointer data = picture.data(plane);
        data.getPointer((long) y * picture.linesize(plane)).get(to, offset, picture.width());
    }

    private RgbImage toRgb() {
        int width = picture.width();
        RgbImage to = RgbImage.empty(width, picture.height());
        byte[] luma = new byte[width];
        byte[] rgb = new byte[3 * width];
        int[] row = new int[3 * width];
        RasterPixels.Samples ycc = RasterPixels.ycc();
        for (int y = 0; y < picture.height(); y++) {
            row(0, y, luma, 0);
            for (int x = 0; x < width; x++) {
                row[3 * x] = luma[x] & 0xFF;
                row[3 * x + 1] = blended(chroma[0], x, y);
                row[3 * x + 2] = blended(chroma[1], x, y);
            }
            ycc.toRgb(row, rgb);
            to.put(0, y, width, rgb, 0);
        }
        return to;
    }

    /** Three parts of the row a pixel lies in and one of the row it lies next to (jdsample.c). */
    private int blended(byte[] plane, int x, int y) {
        int near = y / 2;
        boolean upper = y % 2 == 0;
        int far = Math.max(0, Math.min(chromaRows - 1, upper ? near - 1 : near + 1));
        int width = picture.width();
        int sum = 3 * (plane[near * width + x] & 0xFF) + (plane[far * width + x] & 0xFF);
        return sum + (upper ? 1 : 2) >> 2;
    }
}
