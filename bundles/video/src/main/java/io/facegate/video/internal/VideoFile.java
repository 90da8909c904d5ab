// SPDX-License-Identifier: Apache-2.0
package io.facegate.video.internal;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import io.facegate.api.frame.Frame;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.video.VideoException;
import io.facegate.api.video.VideoWriter;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/** One video: encoder and container. Its methods exclude each other. */
final class VideoFile implements VideoWriter {
    private static final int EAGAIN = -11;

    private final Place place;
    private final Consumer<VideoFile> closed;
    private final double ticksPerMicro;
    private final long step;
    private final ContainerFile container;
    private final AVCodecContext encoder;
    private final AVFrame picture;
    private final AVPacket packet;
    private final YuvConverter converter;
    private long last = -1;
    private boolean ended;

    /**
     * Where a video goes.
     *
     * @param file its place, as the user named it
     * @param part beside it, while it is written
     */
    record Place(Path file, Path part) {}

    /**
     * Begins the file.
     *
     * @param closed told once, when all natives are freed
     */
    VideoFile(
            Place place,
            VideoContainer kind,
            int width,
            int height,
            double framesPerSecond,
            Consumer<VideoFile> closed)
            throws VideoException {
        this.place = place;
        this.closed = closed;
        FrameRate rate = FrameRate.of(framesPerSecond, kind.ticksPerSecond());
        ticksPerMicro = rate.ticksPerSecond() / 1e6;
        step = rate.ticksPerFrame();
        container = new ContainerFile(place, kind);
        AVCodecContext opened = null;
        try {
            opened = Encoders.open(place, kind, even(width), even(height), rate);
            container.begin(opened);
        } catch (VideoException | RuntimeException e) {
            avcodec_free_context(opened);
            container.discard();
            throw e;
        }
        encoder = opened;
        packet = av_packet_alloc();
        picture = av_frame_alloc();
        picture.width(encoder.width());
        picture.height(encoder.height());
        picture.format(encoder.pix_fmt());
        picture.colorspace(encoder.colorspace());
        picture.color_range(encoder.color_range());
        av_frame_get_buffer(picture, 0);
        boolean fullRange = Encoders.isFullRange(encoder);
        converter = new YuvConverter(width, height, picture, fullRange);
    }

    private static int even(int size) {
        return size + size % 2;
    }

    @Override
    public synchronized void write(Frame frame, long timeMicros) throws VideoException {
        if (ended) {
            throw new StaleServiceException(place.file() + " is closed");
        }
        require(av_frame_make_writable(picture));
        converter.convert(frame);
        long tick = Math.max(last + 1, Math.round(timeMicros * ticksPerMicro));
        picture.pts(tick);
        picture.duration(step);
        encode(picture);
        last = tick;
    }

    /** Encodes a picture, or with null what the encoder holds back, and writes what comes out. */
    private void encode(AVFrame frame) throws VideoException {
        require(avcodec_send_frame(encoder, frame));
        while (true) {
            int result = avcodec_receive_packet(encoder, packet);
            if (result == EAGAIN || result == AVERROR_EOF) {
                return;
            }
            require(result);
            packet.stream_index(0);
            packet.duration(step);
            av_packet_rescale_ts(packet, encoder.time_base(), container.timeBase());
            int written = av_write_frame(container.context(), packet);
            av_packet_unref(packet); // before a failure frees it
            require(written);
        }
    }

    private void require(int result) throws VideoException {
        if (result < 0) {
            close();
            throw ContainerFile.failed(place, result);
        }
    }

    @Override
    public synchronized void finish() throws VideoException {
        if (ended) {
            return;
        }
        if (last < 0) {
            close();
            throw new VideoException(place.file() + " was not written: there was no frame for it.");
        }
        encode(null);
        require(container.end());
        try {
            Files.move(
                    place.part(),
                    place.part().resolveSibling(place.file().getFileName()),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new VideoException(
                    place.file() + " cannot be replaced (" + e.getMessage() + ").", e);
        } finally {
            close();
        }
    }

    @Override
    public synchronized void close() {
        if (ended) {
            return;
        }
        ended = true;
        converter.close();
        av_packet_free(packet);
        av_frame_free(picture);
        avcodec_free_context(encoder);
        container.discard();
        closed.accept(this);
    }
}
