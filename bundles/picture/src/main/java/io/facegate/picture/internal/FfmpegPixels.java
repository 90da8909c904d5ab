// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

import java.io.IOException;

/**
 * Converts pictures of FFmpeg's decoders to RGB in stripes, so that a large one is not in memory
 * twice. For one thread.
 */
final class FfmpegPixels implements AutoCloseable {
    /** Rows of a stripe; a multiple of what the chroma of any format is subsampled by. */
    private static final int STRIPE = 128;

    /** Rows above and below that are converted too, for the filter of the chroma. */
    private static final int MARGIN = 8;

    private final PointerPointer<BytePointer> planes = new PointerPointer<>(4);
    private final IntPointer strides = new IntPointer(4);
    private final PointerPointer<BytePointer> target = new PointerPointer<>(1);
    private final IntPointer targetStride = new IntPointer(1);
    private BytePointer converted = new BytePointer();
    private byte[] rgb = new byte[0];
    private SwsContext scaler;

    /**
     * Puts a picture into a sink.
     *
     * @param left column of the sink for the picture's first
     * @param top row of the sink for the picture's first
     */
    void put(AVFrame picture, int left, int top, PixelTarget sink) throws IOException {
        int row = 3 * picture.width();
        for (int y = 0; y < picture.height(); y += STRIPE) {
            int first = Math.max(0, y - MARGIN);
            int end = Math.min(picture.height(), y + STRIPE + MARGIN);
            convert(picture, first, end - first);
            int stop = Math.min(picture.height(), y + STRIPE);
            for (int at = y; at < stop; at++) {
                sink.put(left, top + at, picture.width(), rgb, (at - first) * row);
            }
        }
    }

    private void convert(AVFrame picture, int first, int rows) throws IOException {
        int width = picture.width();
        room(3 * width * rows);
        scaler =
                sws_getCachedContext(
                        scaler,
                        width,
                        rows,
                        picture.format(),
                        width,
                        rows,
                        AV_PIX_FMT_RGB24,
                        SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT,
                        null,
                        null,
                        (DoublePointer) null);
        if (scaler == null) {
            throw new UnreadFormException("samples of format " + picture.format());
        }
        IntPointer matrix = sws_getCoefficients(picture.colorspace());
        int full = picture.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
        sws_setColorspaceDetails(scaler, matrix, full, matrix, 1, 0, 1 << 16, 1 << 16);
        source(picture, first);
        target.put(0, converted);
        targetStride.put(0, 3 * width);
        PacketDecoder.check(sws_scale(scaler, planes, strides, 0, rows, target, targetStride));
        converted.position(0).get(rgb, 0, 3 * width * rows);
    }

    private void source(AVFrame picture, int first) {
        int chroma = av_pix_fmt_desc_get(picture.format()).log2_chroma_h();
        for (int plane = 0; plane < 4; plane++) {
            BytePointer data = picture.data(plane);
            int stride = picture.linesize(plane);
            int row = plane == 1 || plane == 2 ? first >> chroma : first;
            strides.put(plane, stride);
            planes.put(plane, data == null ? null : data.getPointer((long) row * stride));
        }
    }

    private void room(int bytes) {
        if (rgb.length < bytes) {
            converted.close();
            converted = new BytePointer(bytes + 64L);
            rgb = new byte[bytes];
        }
    }

    @Override
    public void close() {
        sws_freeContext(scaler);
        scaler = null;
        converted.close();
        planes.close();
        strides.close();
        target.close();
        targetStride.close();
    }
}
