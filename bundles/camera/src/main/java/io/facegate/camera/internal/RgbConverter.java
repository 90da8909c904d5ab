// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import io.facegate.api.camera.PixelAspect;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Decoded pictures to RGB on the heap, with square pixels, scaled down and rotated as asked. No
 * pixel is given up to make them square: wide ones widen the picture, high ones heighten it. For
 * one thread.
 */
final class RgbConverter implements AutoCloseable {
    /** Rows start at multiples of this, or the vector code of swscale is not used. */
    private static final int ALIGNMENT = 64;

    private static final double NEARLY_SQUARE = 0.01;

    private final int maxWidth;
    private final int maxHeight;
    private final int rotate;
    private final PixelAspect pixelAspect;
    private final PointerPointer<BytePointer> planes = new PointerPointer<>(4);
    private final IntPointer strides = new IntPointer(4);
    private SwsContext scaler;
    private BytePointer buffer = new BytePointer();
    private long coloured;
    private int appliedColours;

    /**
     * @param settings width and height are the most a frame may have, before it is rotated; an
     *     aspect of the pixels that counts more than the video's
     * @param rotate degrees clockwise, a multiple of 90, beside what the video says
     */
    RgbConverter(SourceSettings settings, int rotate) {
        this.maxWidth = settings.width();
        this.maxHeight = settings.height();
        this.rotate = rotate;
        this.pixelAspect = settings.pixelAspect();
    }

    Frame convert(AVFrame picture, Presentation said, String sourceId, long sequence) {
        double wider = pixelAspect.isAuto() ? likely(said.pixelAspect()) : pixelAspect.ratio();
        double squareWidth = picture.width() * Math.max(1, wider);
        double squareHeight = picture.height() / Math.min(1, wider);
        double scale = scale(squareWidth, squareHeight);
        int width = (int) Math.max(1, Math.round(squareWidth * scale));
        int height = (int) Math.max(1, Math.round(squareHeight * scale));
        int stride = (3 * width + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        prepare(picture, width, height, stride);
        sws_scale(scaler, picture.data(), picture.linesize(), 0, picture.height(), planes, strides);
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            buffer.position((long) y * stride).get(rgb, 3 * y * width, 3 * width);
        }
        buffer.position(0);
        Orientation orientation = said.orientation().turned(rotate);
        boolean lying = orientation.isLying();
        return Frame.rgb(
                sourceId,
                sequence,
                CaptureTime.now(),
                lying ? height : width,
                lying ? width : height,
                orientation.applied(rgb, width, height));
    }

    /** Nonsense is not followed, nor what changes no face: the pixels stay as they are. */
    private static double likely(double aspect) {
        boolean sane = aspect >= 1.0 / PixelAspect.MOST && aspect <= PixelAspect.MOST;
        return sane && Math.abs(aspect - 1) > NEARLY_SQUARE ? aspect : 1;
    }

    private double scale(double width, double height) {
        double scale = 1;
        if (maxWidth > 0) {
            scale = Math.min(scale, maxWidth / width);
        }
        return maxHeight > 0 ? Math.min(scale, maxHeight / height) : scale;
    }

    private void prepare(AVFrame picture, int width, int height, int stride) {
        scaler =
                sws_getCachedContext(
                        scaler,
                        picture.width(),
                        picture.height(),
                        picture.format(),
                        width,
                        height,
                        AV_PIX_FMT_RGB24,
                        SWS_BICUBIC,
                        null,
                        null,
                        (DoublePointer) null);
        setColours(picture);
        long bytes = (long) stride * height + ALIGNMENT;
        if (buffer.capacity() < bytes) {
            buffer.close();
            buffer = new BytePointer(bytes);
            planes.put(0, buffer);
        }
        strides.put(0, stride);
    }

    /**
     * Applies the matrix and range the video says it has. Left alone, swscale takes all for ITU-R
     * BT.601; with it, pixels are those OpenCV 5 and the ffmpeg program give.
     */
    private void setColours(AVFrame picture) {
        int space = picture.colorspace();
        boolean full =
                picture.color_range() == AVCOL_RANGE_JPEG
                        || picture.format() == AV_PIX_FMT_YUVJ420P
                        || picture.format() == AV_PIX_FMT_YUVJ422P
                        || picture.format() == AV_PIX_FMT_YUVJ444P;
        int colours = space << 1 | (full ? 1 : 0);
        if (scaler.address() == coloured && colours == appliedColours) {
            return;
        }
        sws_setColorspaceDetails(
                scaler,
                sws_getCoefficients(space),
                full ? 1 : 0,
                sws_getCoefficients(SWS_CS_DEFAULT),
                1,
                0,
                1 << 16,
                1 << 16);
        coloured = scaler.address();
        appliedColours = colours;
    }

    /** A picture turned clockwise by a multiple of 90 degrees. */
    static byte[] rotated(byte[] rgb, int width, int height, int degrees) {
        return Orientation.UPRIGHT.turned(degrees).applied(rgb, width, height);
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
