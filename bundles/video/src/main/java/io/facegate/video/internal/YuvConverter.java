// SPDX-License-Identifier: Apache-2.0
package io.facegate.video.internal;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Frames to the pictures an encoder takes. For one thread. */
final class YuvConverter implements AutoCloseable {
    /** Rows start at multiples of this, or the vector code of swscale is not used. */
    private static final int ALIGNMENT = 64;

    /** Rows of the tallest picture that players take for one of the old television standards. */
    private static final int STANDARD_HEIGHT = 576;

    private final int width;
    private final int height;
    private final AVFrame to;
    private final boolean fullRange;
    private final PointerPointer<BytePointer> planes = new PointerPointer<>(4);
    private final IntPointer strides = new IntPointer(4);
    private SwsContext scaler;
    private int preparedColumns;
    private int preparedRows;
    private int prepared = -1;
    private BytePointer buffer = new BytePointer();

    /**
     * @param width columns of a usual frame
     * @param height rows of a usual frame
     * @param to what is written to; of the same size, or the next even one
     */
    YuvConverter(int width, int height, AVFrame to, boolean fullRange) {
        this.width = width;
        this.height = height;
        this.to = to;
        this.fullRange = fullRange;
    }

    /** FFmpeg's number of the matrix; players that do not read it go by the height as well. */
    static int matrix(int height, boolean fullRange) {
        return height > STANDARD_HEIGHT && !fullRange ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
    }

    /** Converts a frame; one of another size than usual is scaled. */
    void convert(Frame frame) {
        boolean usual = frame.width() == width && frame.height() == height;
        int columns = usual ? to.width() : frame.width();
        int rows = usual ? to.height() : frame.height();
        int bytes = frame.format().bytesPerPixel();
        int stride = (bytes * columns + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        copy(frame, columns, rows, stride);
        prepare(columns, rows, format(frame.format()));
        strides.put(0, stride);
        sws_scale(scaler, planes, strides, 0, rows, to.data(), to.linesize());
    }

    /** Copies a frame; what it lacks of the columns and rows is its last one again. */
    private void copy(Frame frame, int columns, int rows, int stride) {
        long size = (long) stride * rows + ALIGNMENT;
        if (buffer.capacity() < size) {
            buffer.close();
            buffer = new BytePointer(size);
            planes.put(0, buffer);
        }
        int pixel = frame.format().bytesPerPixel();
        int row = pixel * frame.width();
        for (int y = 0; y < rows; y++) {
            int from = Math.min(y, frame.height() - 1) * frame.stride();
            buffer.position((long) y * stride).put(frame.pixels(), from, row);
            if (columns > frame.width()) {
                buffer.position((long) y * stride + row)
                        .put(frame.pixels(), from + row - pixel, pixel);
            }
        }
        buffer.position(0);
    }

    private void prepare(int columns, int rows, int format) {
        boolean another = columns != preparedColumns || rows != preparedRows || format != prepared;
        scaler =
                sws_getCachedContext(
                        scaler,
                        columns,
                        rows,
                        format,
                        to.width(),
                        to.height(),
                        to.format(),
                        SWS_BICUBIC | SWS_ACCURATE_RND,
                        null,
                        null,
                        (DoublePointer) null);
        if (scaler == null) {
            throw new IllegalStateException(
                    "no conversion of frames of " + columns + "x" + rows + " pixels");
        }
        if (another) {
            var coefficients = sws_getCoefficients(matrix(to.height(), fullRange));
            sws_setColorspaceDetails(
                    scaler, coefficients, 1, coefficients, fullRange ? 1 : 0, 0, 1 << 16, 1 << 16);
            preparedColumns = columns;
            preparedRows = rows;
            prepared = format;
        }
    }

    private static int format(PixelFormat format) {
        return switch (format) {
            case RGB24 -> AV_PIX_FMT_RGB24;
            case BGR24 -> AV_PIX_FMT_BGR24;
            case GRAY8 -> AV_PIX_FMT_GRAY8;
        };
    }

    @Override
    public void close() {
        sws_freeContext(scaler);
        scaler = null;
        buffer.close();
        planes.close();
        strides.close();
    }
}
