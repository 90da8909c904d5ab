// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.facegate.api.picture.PictureException;
import io.facegate.bytedeco.Ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

import java.io.IOException;

/** Decodes a packet that holds one whole picture with a decoder of FFmpeg made for it alone. */
final class PacketDecoder {
    /** Added to the level of each message of the decoder: beyond the most talkative level. */
    private static final int LOG_NOTHING = 64;

    /** Most pixels of one packet where a decoder has all of them in memory: 64 to 256 MB. */
    private static final long MAX_PIXELS = 64_000_000;

    private static final int TRY_AGAIN = -11;
    private static final int NOT_IMPLEMENTED = -38;

    private final int codec;

    /**
     * @param codec FFmpeg's number of it
     */
    PacketDecoder(int codec) {
        this.codec = codec;
    }

    /** Sets a decoder up before it is opened. */
    interface Setup {
        void of(AVCodecContext decoder) throws IOException;
    }

    /** Takes what it needs of a picture, which is freed then. */
    interface Taker {
        void take(AVFrame picture) throws IOException;
    }

    /**
     * Looks at the size a container tells.
     *
     * @throws UnreadFormException it is too large to be decoded at once
     */
    static void check(int width, int height) throws UnreadFormException {
        if ((long) width * height > MAX_PIXELS) {
            throw new UnreadFormException("%d x %d pixels in one piece".formatted(width, height));
        }
    }

    /** Sets a decoder up as the container says. */
    static Setup as(AVCodecParameters parameters) {
        return decoder -> check(avcodec_parameters_to_context(decoder, parameters));
    }

    /**
     * Decodes a file that is one packet.
     *
     * @throws UnreadFormException this FFmpeg has no decoder for it
     */
    void decode(byte[] file, Setup setup, Taker taker) throws IOException {
        Ffmpeg.load(PictureException::new);
        AVPacket packet = av_packet_alloc();
        try {
            check(av_new_packet(packet, file.length));
            packet.data().capacity(file.length).put(file);
            decode(packet, setup, taker);
        } finally {
            av_packet_free(packet);
        }
    }

    /** The same of a packet that is there. */
    void decode(AVPacket packet, Setup setup, Taker taker) throws IOException {
        AVCodec found = avcodec_find_decoder(codec);
        if (found == null) {
            throw missing();
        }
        AVCodecContext decoder = avcodec_alloc_context3(found);
        AVFrame frame = av_frame_alloc();
        try {
            decoder.thread_count(1);
            decoder.max_pixels(MAX_PIXELS); // whatever the container says
            decoder.log_level_offset(LOG_NOTHING);
            setup.of(decoder);
            check(avcodec_open2(decoder, found, (AVDictionary) null));
            int sent = avcodec_send_packet(decoder, packet);
            if (sent == NOT_IMPLEMENTED) {
                throw missing(); // the decoder is there for graphics cards only
            }
            check(sent);
            int received = avcodec_receive_frame(decoder, frame);
            if (received == TRY_AGAIN) {
                check(avcodec_send_packet(decoder, null));
                received = avcodec_receive_frame(decoder, frame);
            }
            if (received == AVERROR_EOF) {
                throw new IOException("there is no picture in it");
            }
            check(received);
            taker.take(frame);
        } finally {
            av_frame_free(frame);
            avcodec_free_context(decoder);
        }
    }

    private UnreadFormException missing() {
        return new UnreadFormException(
                "a codec (%s) for which this FFmpeg has no decoder"
                        .formatted(avcodec_get_name(codec).getString()));
    }

    /**
     * Throws what FFmpeg returned, if that is an error.
     *
     * @throws IOException with FFmpeg's words
     */
    static int check(int result) throws IOException {
        if (result < 0) {
            throw new IOException(Ffmpeg.words(result));
        }
        return result;
    }
}
