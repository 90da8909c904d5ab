// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_WEBP;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;

import java.io.IOException;

/**
 * Decodes WebP with FFmpeg: the whole file is one packet of its WebP decoder. Loaded only when a
 * WebP picture comes, so that the other formats need no native library.
 */
final class WebpDecoder {
    /** Added to the level of each message of this decoder: beyond the most talkative level. */
    private static final int LOG_NOTHING = 64;

    private WebpDecoder() {}

    @SuppressWarnings("try") // the scope is there to be closed
    static RgbImage decode(byte[] file) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            AVCodecContext codec = avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_WEBP));
            AVPacket packet = av_packet_alloc();
            AVFrame frame = av_frame_alloc();
            try {
                codec.thread_count(1);
                codec.log_level_offset(LOG_NOTHING);
                check(avcodec_open2(codec, null, (AVDictionary) null));
                check(av_new_packet(packet, file.length));
                packet.data().capacity(file.length).put(file);
                check(avcodec_send_packet(codec, packet));
                check(avcodec_receive_frame(codec, frame));
                return toRgb(frame);
            } finally {
                av_frame_free(frame);
                av_packet_free(packet);
                avcodec_free_context(codec);
            }
        }
    }

    private static void check(int result) throws IOException {
        if (result < 0) {
            throw new IOException("FFmpeg's WebP decoder gives error " + result);
        }
    }

    private static RgbImage toRgb(AVFrame frame) throws IOException {
        RgbImage to = RgbImage.empty(frame.width(), frame.height());
        SwsContext scaler =
                sws_getContext(
                        to.width(),
                        to.height(),
                        frame.format(),
                        to.width(),
                        to.height(),
                        AV_PIX_FMT_RGB24,
                        SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT,
                        null,
                        null,
                        (DoublePointer) null);
        try (BytePointer pixels = new BytePointer(to.rgb().length + 64L);
                PointerPointer<BytePointer> planes = new PointerPointer<>(1);
                IntPointer strides = new IntPointer(1)) {
            planes.put(0, pixels);
            strides.put(0, 3 * to.width());
            check(
                    sws_scale(
                            scaler,
                            frame.data(),
                            frame.linesize(),
                            0,
                            to.height(),
                            planes,
                            strides));
            pixels.get(to.rgb());
            return to;
        } finally {
            sws_freeContext(scaler);
        }
    }
}
