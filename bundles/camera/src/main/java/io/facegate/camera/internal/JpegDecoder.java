// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;
import io.facegate.bytedeco.Ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;

import java.util.Optional;

/** Decodes JPEG pictures of a stream with FFmpeg. For one thread. */
final class JpegDecoder implements AutoCloseable {
    private final AVCodecContext decoder;
    private final AVPacket packet;
    private final AVFrame picture;
    private final RgbConverter converter;

    /**
     * @param size width and height are the most a frame may have, before it is rotated
     * @param rotate degrees clockwise
     */
    JpegDecoder(SourceSettings size, int rotate) throws FrameSourceException {
        Ffmpeg.load(FrameSourceException::new);
        var codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
        decoder = avcodec_alloc_context3(codec);
        decoder.thread_count(1);
        packet = av_packet_alloc();
        picture = av_frame_alloc();
        converter = new RgbConverter(size, rotate);
        int result = avcodec_open2(decoder, codec, (PointerPointer<?>) null);
        if (result < 0) {
            close();
            throw new FrameSourceException("JPEG cannot be decoded: " + Ffmpeg.words(result));
        }
    }

    /** Empty when the picture is damaged. */
    Optional<Frame> decode(byte[] jpeg, String sourceId, long sequence) {
        if (av_new_packet(packet, jpeg.length) < 0) {
            return Optional.empty();
        }
        packet.data().capacity(jpeg.length).put(jpeg);
        int sent = avcodec_send_packet(decoder, packet);
        av_packet_unref(packet);
        if (sent < 0 || avcodec_receive_frame(decoder, picture) < 0) {
            return Optional.empty();
        }
        double aspect = VideoInput.ratio(picture.sample_aspect_ratio());
        Presentation shown = new Presentation(aspect, Orientation.UPRIGHT);
        return Optional.of(converter.convert(picture, shown, sourceId, sequence));
    }

    @Override
    public void close() {
        converter.close();
        av_packet_free(packet);
        av_frame_free(picture);
        avcodec_free_context(decoder);
    }
}
