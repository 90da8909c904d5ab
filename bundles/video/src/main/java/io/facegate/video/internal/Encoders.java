// SPDX-License-Identifier: Apache-2.0
package io.facegate.video.internal;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;

import io.facegate.api.video.VideoException;
import io.facegate.bytedeco.Ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;

/** Opens the best encoder that takes a size. */
final class Encoders {
    /** A key frame each so many seconds, where a player can begin. */
    private static final int KEY_SECONDS = 2;

    private Encoders() {}

    /**
     * Opens an encoder.
     *
     * @param width columns, even
     * @param height rows, even
     */
    static AVCodecContext open(
            VideoFile.Place place, VideoContainer kind, int width, int height, FrameRate rate)
            throws VideoException {
        int error = 0;
        for (VideoEncoding encoding : kind.encodings()) {
            AVCodec codec = avcodec_find_encoder_by_name(encoding.encoder());
            if (codec != null && Math.min(width, height) >= encoding.least()) {
                AVCodecContext encoder = avcodec_alloc_context3(codec);
                set(encoder, encoding, kind, rate, width, height);
                error = avcodec_open2(encoder, codec, (PointerPointer<?>) null);
                if (error >= 0) {
                    return encoder;
                }
                avcodec_free_context(encoder);
            }
        }
        throw new VideoException(
                place.file()
                        + " cannot be written: no encoder here takes "
                        + width
                        + "x"
                        + height
                        + " pixels"
                        + (error < 0 ? " (" + Ffmpeg.words(error) + ")." : "."));
    }

    private static void set(
            AVCodecContext encoder,
            VideoEncoding encoding,
            VideoContainer kind,
            FrameRate rate,
            int width,
            int height) {
        encoder.width(width);
        encoder.height(height);
        encoder.pix_fmt(encoding.pixels());
        encoder.thread_count(1);
        FrameRate.Clock clock = rate.clock();
        try (AVRational tick = rational(clock.seconds(), clock.ticks());
                AVRational frames =
                        rational((int) Math.round(rate.framesPerSecond() * 1000), 1000)) {
            encoder.time_base(tick);
            encoder.framerate(frames);
        }
        encoder.gop_size((int) Math.max(1, Math.round(KEY_SECONDS * rate.framesPerSecond())));
        encoder.color_range(encoding.fullRange() ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG);
        encoder.colorspace(YuvConverter.matrix(height, encoding.fullRange()));
        if (kind != VideoContainer.AVI) {
            // Headers once for the whole file, not in the frames.
            encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        encoding.set(encoder, rate.framesPerSecond());
    }

    private static AVRational rational(int numerator, int denominator) {
        return new AVRational().num(numerator).den(denominator);
    }

    static boolean isFullRange(AVCodecContext encoder) {
        return encoder.color_range() == AVCOL_RANGE_JPEG;
    }
}
