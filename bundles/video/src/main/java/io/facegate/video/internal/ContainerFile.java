// SPDX-License-Identifier: Apache-2.0
package io.facegate.video.internal;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;

import io.facegate.api.video.VideoException;
import io.facegate.bytedeco.Ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** The container with its one stream, in the hidden file. */
final class ContainerFile {
    private final VideoFile.Place place;
    private final AVFormatContext context = new AVFormatContext(null);
    private AVIOContext output;
    private AVStream stream;

    ContainerFile(VideoFile.Place place, VideoContainer kind) throws VideoException {
        this.place = place;
        require(avformat_alloc_output_context2(context, null, kind.format(), (String) null));
    }

    /** Makes the file and writes its head. */
    void begin(AVCodecContext encoder) throws VideoException {
        stream = avformat_new_stream(context, null);
        require(avcodec_parameters_from_context(stream.codecpar(), encoder));
        stream.time_base(encoder.time_base());
        stream.avg_frame_rate(encoder.framerate());
        AVIOContext opened = new AVIOContext(null);
        try (BytePointer name = new BytePointer("file:" + place.part(), StandardCharsets.UTF_8)) {
            require(avio_open(opened, name, AVIO_FLAG_WRITE));
        }
        output = opened;
        context.pb(output);
        require(avformat_write_header(context, (PointerPointer<?>) null));
    }

    AVFormatContext context() {
        return context;
    }

    /** The clock of the packets; the container may have chosen another than asked for. */
    AVRational timeBase() {
        return stream.time_base();
    }

    /**
     * Completes the file.
     *
     * @return 0, or FFmpeg's error
     */
    int end() {
        int written = av_write_trailer(context);
        int closed = closeOutput();
        return written < 0 ? written : Math.min(0, closed);
    }

    private int closeOutput() {
        if (output == null) {
            return 0;
        }
        AVIOContext open = output;
        output = null;
        context.pb(null);
        return avio_close(open);
    }

    /** Frees everything and removes the hidden file, if it is still there. */
    void discard() {
        closeOutput();
        avformat_free_context(context);
        try {
            Files.deleteIfExists(place.part());
        } catch (IOException e) {
            // A hidden file stays behind; that must not hide what went wrong before.
        }
    }

    private void require(int result) throws VideoException {
        if (result < 0) {
            throw failed(place, result);
        }
    }

    static VideoException failed(VideoFile.Place place, int error) {
        return new VideoException(
                place.file() + " cannot be written (" + Ffmpeg.words(error) + ").");
    }
}
