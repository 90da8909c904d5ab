// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;
import io.facegate.bytedeco.Ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Video from a file, URL or V4L2 device. {@link #close()} marks the source at once; natives are
 * freed by it or, while {@link #next()} runs, by that call as it leaves.
 */
final class VideoSource implements LiveSource {
    private static final int EAGAIN = -11;
    private static final int BAD_PACKETS = 200;
    private static final long POLL_NANOS = 2_000_000;

    private final SourceAddress address;
    private final String sourceId;
    private final Interrupt interrupt;
    private final Runnable closed;
    private final VideoInput input;
    private final VideoEnd end;
    private final RgbConverter converter;
    private final AVPacket packet;
    private final AVFrame picture;
    private final double rate;
    private final long frames;
    private final double microsPerTick;
    private final long start;
    private final boolean live;
    private final boolean hls;
    private final int silence;
    private final Closing closing = new Closing(this::free);

    private boolean draining;
    private int badPackets;
    private long sequence;
    private volatile long position; // microseconds

    /**
     * Opens; blocks until the source is open.
     *
     * @param closed told once, when all natives are freed
     */
    VideoSource(
            SourceAddress address,
            SourceSettings settings,
            String sourceId,
            InterruptCallback callback,
            Interrupt interrupt,
            Runnable closed)
            throws FrameSourceException {
        this.address = address;
        this.sourceId = sourceId;
        this.interrupt = interrupt;
        this.closed = closed;
        silence = VideoInput.silence(address, settings);
        input = new VideoInput(address, settings, callback, interrupt);
        end = new VideoEnd(address, input);
        packet = av_packet_alloc();
        picture = av_frame_alloc();
        SourceSettings size =
                address.kind() == SourceAddress.Kind.V4L2
                        ? SourceSettings.plain(settings.pixelAspect())
                        : settings;
        converter = new RgbConverter(size, settings.rotate());
        rate = input.rate();
        AVRational tick = input.stream.time_base();
        microsPerTick = 1e6 * tick.num() / tick.den();
        start = input.stream.start_time() == AV_NOPTS_VALUE ? 0 : input.stream.start_time();
        long micros = input.context.duration();
        boolean timeless = micros == AV_NOPTS_VALUE || micros <= 0;
        live = address.kind() == SourceAddress.Kind.V4L2 || timeless && !isFile(address);
        hls = String.valueOf(input.context.iformat().name().getString()).contains("hls");
        frames = timeless ? 0 : frameCount(micros);
    }

    /** Raw streams and recordings that were not closed say no duration. */
    private static boolean isFile(SourceAddress address) {
        return address.kind() == SourceAddress.Kind.FILE
                && Files.isRegularFile(Path.of(address.target()));
    }

    private long frameCount(long micros) {
        long counted = input.stream.nb_frames();
        return counted > 0 ? counted : Math.round(micros / 1e6 * rate);
    }

    @Override
    public Optional<Frame> next() throws FrameSourceException {
        if (!closing.beginReading()) {
            throw new FrameSourceException(address.shown() + " was closed.");
        }
        try {
            return decode();
        } finally {
            closing.endReading();
        }
    }

    private Optional<Frame> decode() throws FrameSourceException {
        while (true) {
            int result = avcodec_receive_frame(input.decoder, picture);
            if (result >= 0) {
                return Optional.of(frame());
            }
            if (result == AVERROR_EOF) {
                return end();
            }
            if (result != EAGAIN) {
                countBad(result);
            }
            feed();
        }
    }

    private Frame frame() {
        badPackets = 0;
        long time = picture.best_effort_timestamp();
        position =
                time == AV_NOPTS_VALUE
                        ? rate > 0 ? Math.round(1e6 * sequence / rate) : position
                        : Math.round((time - start) * microsPerTick);
        return converter.convert(picture, input.presentation(picture), sourceId, sequence++);
    }

    private Optional<Frame> end() throws FrameSourceException {
        Optional<FrameSourceException> fault = live ? Optional.empty() : end.fault(sequence);
        if (fault.isPresent()) {
            throw fault.get();
        }
        return Optional.empty();
    }

    /** Gives the decoder one packet of the video, or the end. */
    private void feed() throws FrameSourceException {
        if (draining) {
            return;
        }
        interrupt.allow(silence);
        while (true) {
            int result = av_read_frame(input.context, packet);
            if (result == EAGAIN && !interrupt.due()) {
                LockSupport.parkNanos(POLL_NANOS);
            } else if (result == AVERROR_EOF && !interrupt.due()) {
                draining = true;
                avcodec_send_packet(input.decoder, null);
                return;
            } else if (result < 0) {
                throw lost(result);
            } else if (send()) {
                return;
            }
        }
    }

    private boolean send() throws FrameSourceException {
        try {
            // An empty packet says that the picture before it stays.
            if (packet.stream_index() != input.stream.index() || packet.size() == 0) {
                return false;
            }
            end.passed(packet);
            int result = avcodec_send_packet(input.decoder, packet);
            if (result < 0) {
                countBad(result);
            }
            return true;
        } finally {
            av_packet_unref(packet);
        }
    }

    private void countBad(int error) throws FrameSourceException {
        if (++badPackets > BAD_PACKETS || interrupt.cancelled()) {
            throw new FrameSourceException(
                    address.shown() + " cannot be decoded any more: " + Ffmpeg.words(error) + ".");
        }
    }

    private FrameSourceException lost(int error) {
        if (interrupt.cancelled()) {
            return new FrameSourceException(address.shown() + " was closed.");
        }
        if (error == AVERROR_EXIT || error == EAGAIN) {
            return new FrameSourceException(
                    address.shown()
                            + " has sent nothing for "
                            + silence / 1000
                            + " s: check that it is on and connected.");
        }
        if (address.kind() == SourceAddress.Kind.FILE) {
            return new FrameSourceException(
                    address.shown()
                            + " is damaged or truncated after "
                            + sequence
                            + " frames ("
                            + Ffmpeg.words(error)
                            + "): copy it again.");
        }
        return new FrameSourceException(
                address.shown() + " was lost (" + Ffmpeg.words(error) + ").");
    }

    @Override
    public double framesPerSecond() {
        return rate;
    }

    @Override
    public long frameCount() {
        return frames;
    }

    @Override
    public long positionMillis() {
        return Math.round(position / 1000.0);
    }

    @Override
    public long positionMicros() {
        return position;
    }

    @Override
    public StreamFormat format() {
        return input.format();
    }

    @Override
    public boolean live() {
        return live;
    }

    @Override
    public boolean startsOver() {
        return address.kind() == SourceAddress.Kind.NETWORK;
    }

    @Override
    public boolean bursts() {
        return !live || hls;
    }

    @Override
    public void close() {
        interrupt.cancel();
        closing.close();
    }

    private void free() {
        converter.close();
        av_packet_free(packet);
        av_frame_free(picture);
        input.close();
        closed.run();
    }
}
