// SPDX-License-Identifier: Apache-2.0
package io.facegate.video.internal;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** Encoders, with the settings at which the letters of a name stay sharp. */
enum VideoEncoding {
    /**
     * OpenH264. It refuses less than 16 pixels (when the first frame comes) and more than 9.4
     * million. Its rate control is kept between two quantisers: frames of a live source come at any
     * time, and no rate says what they deserve.
     */
    H264("libopenh264", 16, AV_PIX_FMT_YUV420P) {
        @Override
        void set(AVCodecContext encoder, double framesPerSecond) {
            double pixels = (double) encoder.width() * encoder.height();
            encoder.bit_rate(Math.round(Math.max(300_000, 0.2 * pixels * framesPerSecond)));
            encoder.qmin(20);
            encoder.qmax(30);
        }
    },
    /** MPEG-4 part 2, of sizes that OpenH264 refuses. */
    MPEG4("mpeg4", 1, AV_PIX_FMT_YUV420P) {
        @Override
        void set(AVCodecContext encoder, double framesPerSecond) {
            constant(encoder, 3);
        }
    },
    /** Pictures for themselves, as the Python scripts write into an AVI. */
    MJPEG("mjpeg", 1, AV_PIX_FMT_YUVJ420P) {
        @Override
        void set(AVCodecContext encoder, double framesPerSecond) {
            constant(encoder, 3);
        }
    };

    private final String encoder;
    private final int least;
    private final int pixels;

    VideoEncoding(String encoder, int least, int pixels) {
        this.encoder = encoder;
        this.least = least;
        this.pixels = pixels;
    }

    /** Says how good the pictures shall be; size and rate are set already. */
    abstract void set(AVCodecContext encoder, double framesPerSecond);

    private static void constant(AVCodecContext encoder, int quantiser) {
        encoder.flags(encoder.flags() | AV_CODEC_FLAG_QSCALE);
        encoder.global_quality(quantiser * FF_QP2LAMBDA);
    }

    /** FFmpeg's name of the encoder. */
    String encoder() {
        return encoder;
    }

    /** Fewest columns and rows. */
    int least() {
        return least;
    }

    /** FFmpeg's pixel format. */
    int pixels() {
        return pixels;
    }

    /** Whether luminance takes all values from 0 to 255. */
    boolean fullRange() {
        return pixels == AV_PIX_FMT_YUVJ420P;
    }
}
