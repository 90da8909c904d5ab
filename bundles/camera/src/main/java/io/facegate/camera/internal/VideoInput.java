// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_frame_rate;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.PixelAspect;
import io.facegate.bytedeco.Ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An open container with the decoder of its best video stream. FFmpeg's API is used itself, not
 * JavaCV's grabber: that one cannot be interrupted, holds a lock of the whole JVM while it opens (a
 * dead camera would keep all others from opening), and wants the desktop libraries for any file.
 */
final class VideoInput implements AutoCloseable {
    final AVFormatContext context;
    final AVCodecContext decoder;
    final AVStream stream;
    private final InterruptCallback callback;
    private final long watch;
    private final Orientation orientation;

    VideoInput(
            SourceAddress address,
            SourceSettings settings,
            InterruptCallback callback,
            Interrupt interrupt)
            throws FrameSourceException {
        this.callback = callback;
        context = avformat_alloc_context();
        watch = callback.watch(context, interrupt);
        try {
            openContainer(address, settings, interrupt);
            interrupt.allow(silence(address, settings));
            require(
                    avformat_find_stream_info(context, (PointerPointer<?>) null),
                    address,
                    interrupt);
            int best =
                    av_find_best_stream(
                            context, AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
            if (best < 0) {
                throw new FrameSourceException(
                        address.shown() + " holds no video: give one that does.");
            }
            stream = context.streams(best);
            decoder = openDecoder(address, stream.codecpar());
            orientation = orientation();
        } catch (FrameSourceException | RuntimeException e) {
            avformat_close_input(context);
            callback.forget(watch);
            throw e;
        }
    }

    private void openContainer(SourceAddress address, SourceSettings settings, Interrupt interrupt)
            throws FrameSourceException {
        AVInputFormat format = null;
        String url = address.target();
        switch (address.kind()) {
            case V4L2 -> {
                format = av_find_input_format("video4linux2");
                context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
            }
            case FILE -> url = "file:" + url;
            default -> {}
        }
        interrupt.allow(silence(address, settings));
        AVDictionary options = new AVDictionary(null);
        options(address, settings).forEach((key, value) -> av_dict_set(options, key, value, 0));
        try (BytePointer name = new BytePointer(url, StandardCharsets.UTF_8);
                PointerPointer<AVDictionary> rest = new PointerPointer<>(1)) {
            rest.put(0, options);
            try (PointerPointer<AVFormatContext> in = new PointerPointer<>(1)) {
                in.put(0, context);
                int result = avformat_open_input(in, name, format, rest);
                if (result < 0) {
                    context.setNull();
                }
                require(result, address, interrupt);
            } finally {
                av_dict_free(rest);
            }
        }
    }

    /** How long nothing may come from it; 0: as long as it likes. */
    static int silence(SourceAddress address, SourceSettings settings) {
        return address.kind() == SourceAddress.Kind.FILE ? 0 : settings.network().silenceMillis();
    }

    private static Map<String, String> options(SourceAddress address, SourceSettings settings) {
        Map<String, String> options = new LinkedHashMap<>();
        // A second line of defence: the interrupt comes first.
        String micros = Long.toString(2000L * settings.network().silenceMillis());
        switch (address.kind()) {
            case V4L2 -> {
                int width = settings.width() > 0 ? settings.width() : 640;
                int height = settings.height() > 0 ? settings.height() : 480;
                options.put("video_size", width + "x" + height);
                if (settings.framesPerSecond() > 0) {
                    options.put("framerate", Double.toString(settings.framesPerSecond()));
                }
            }
            case NETWORK -> {
                options.put("analyzeduration", "1500000");
                if (address.target().startsWith("rtsp")) {
                    rtspTransport(settings.network().rtspTransport(), options);
                    options.put("timeout", micros);
                } else {
                    options.put("rw_timeout", micros);
                    options.put("user_agent", "Facegate");
                }
            }
            default -> {}
        }
        options.putAll(settings.network().options());
        return options;
    }

    private static void rtspTransport(String chosen, Map<String, String> options) {
        if (chosen.isEmpty()) {
            options.put("rtsp_transport", "tcp+udp+udp_multicast");
            options.put("rtsp_flags", "prefer_tcp");
        } else {
            options.put("rtsp_transport", chosen);
        }
    }

    private static AVCodecContext openDecoder(SourceAddress address, AVCodecParameters parameters)
            throws FrameSourceException {
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (codec == null) {
            throw new FrameSourceException(
                    address.shown() + " is in a format nothing here decodes: convert it to H.264.");
        }
        AVCodecContext decoder = avcodec_alloc_context3(codec);
        avcodec_parameters_to_context(decoder, parameters);
        decoder.thread_count(2);
        if (address.kind() != SourceAddress.Kind.FILE) {
            // Threads per frame would hold each frame back until the next has come.
            decoder.thread_type(AVCodecContext.FF_THREAD_SLICE);
        }
        int result = avcodec_open2(decoder, codec, (PointerPointer<?>) null);
        if (result < 0) {
            avcodec_free_context(decoder);
            throw new FrameSourceException(
                    address.shown() + " cannot be decoded: " + Ffmpeg.words(result) + ".");
        }
        return decoder;
    }

    private static void require(int result, SourceAddress address, Interrupt interrupt)
            throws FrameSourceException {
        if (result < 0) {
            throw SourceErrors.opening(result, address, interrupt);
        }
    }

    /**
     * How a picture is to be shown: turned as is said beside it, or else beside the video; with
     * pixels as the container says, or else the picture.
     */
    Presentation presentation(AVFrame picture) {
        AVFrameSideData matrix = av_frame_get_side_data(picture, AV_FRAME_DATA_DISPLAYMATRIX);
        boolean said = matrix != null && !matrix.isNull();
        Orientation upright = said ? orientation(matrix.data()) : orientation;
        double aspect = ratio(stream.sample_aspect_ratio()); // as av_guess_sample_aspect_ratio
        return new Presentation(
                aspect > 0 ? aspect : ratio(picture.sample_aspect_ratio()), upright);
    }

    /** As phones write it beside the video. */
    private Orientation orientation() {
        AVCodecParameters parameters = stream.codecpar();
        AVPacketSideData data = parameters.coded_side_data();
        if (data == null || data.isNull()) {
            return Orientation.UPRIGHT;
        }
        AVPacketSideData matrix =
                av_packet_side_data_get(
                        data, parameters.nb_coded_side_data(), AV_PKT_DATA_DISPLAYMATRIX);
        return matrix == null || matrix.isNull() ? Orientation.UPRIGHT : orientation(matrix.data());
    }

    private static Orientation orientation(BytePointer data) {
        IntPointer matrix = new IntPointer(data);
        return Orientation.of(matrix.get(0), matrix.get(1), matrix.get(3), matrix.get(4));
    }

    /** Frames in a second; 0: not known. */
    double rate() {
        try (AVRational guess = av_guess_frame_rate(context, stream, null)) {
            return guess.den() == 0 ? 0 : guess.num() / (double) guess.den();
        }
    }

    StreamFormat format() {
        AVCodecParameters coded = stream.codecpar();
        AVRational container = stream.sample_aspect_ratio();
        AVRational aspect = ratio(container) > 0 ? container : coded.sample_aspect_ratio();
        long micros = context.duration();
        return new StreamFormat(
                "video",
                avcodec_get_name(coded.codec_id()).getString(),
                coded.width(),
                coded.height(),
                pixelAspect(aspect.num(), aspect.den()),
                micros == AV_NOPTS_VALUE ? 0 : Math.max(0, micros / 1000));
    }

    private static PixelAspect pixelAspect(int width, int height) {
        try {
            return width > 0 && height > 0 ? new PixelAspect(width, height) : PixelAspect.AUTO;
        } catch (IllegalArgumentException e) {
            return PixelAspect.AUTO; // beyond what is followed
        }
    }

    /** 0: not said. */
    static double ratio(AVRational aspect) {
        return aspect.num() > 0 && aspect.den() > 0 ? aspect.num() / (double) aspect.den() : 0;
    }

    @Override
    public void close() {
        avcodec_free_context(decoder);
        avformat_close_input(context);
        callback.forget(watch);
    }
}
