// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry;
import static org.bytedeco.ffmpeg.global.avformat.avio_size;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.bytedeco.Ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a video ended because it was over, or was cut off. FFmpeg says "end of file" to both.
 * Told from what means a cut alone: a packet or a part of the container that goes on behind the end
 * of the file, or an index that names places there.
 */
final class VideoEnd {
    private final SourceAddress address;
    private final VideoInput input;
    private final String format;
    private boolean inPart;

    VideoEnd(SourceAddress address, VideoInput input) {
        this.address = address;
        this.input = input;
        format = String.valueOf(input.context.iformat().name().getString());
    }

    /** Notes a packet of the video. */
    void passed(AVPacket packet) {
        // Recorders of broadcasts stop anywhere; the flag means also lost packets there.
        inPart = (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0 && !format.startsWith("mpeg");
    }

    /**
     * What is wrong with a video that came to its end.
     *
     * @param frames decoded of it
     */
    Optional<FrameSourceException> fault(long frames) {
        AVIOContext io = input.context.pb();
        if (io != null && !io.isNull() && io.error() < 0 && io.error() != AVERROR_EOF) {
            return fault(
                    " cannot be read after "
                            + frames
                            + " frames ("
                            + Ffmpeg.words(io.error())
                            + "): check the disk or the connection, and copy it again.");
        }
        if (inPart || indexGoesOn(io) || partGoesOn()) {
            return fault(
                    " is truncated: it ends in the middle of the video, after "
                            + frames
                            + " frames. Copy it again.");
        }
        return frames == 0 && address.kind() == SourceAddress.Kind.FILE
                ? fault(" holds no picture that can be decoded: copy it again, or convert it.")
                : Optional.empty();
    }

    private Optional<FrameSourceException> fault(String words) {
        return Optional.of(new FrameSourceException(address.shown() + words));
    }

    /** Whether the index names a place behind the end. */
    private boolean indexGoesOn(AVIOContext io) {
        long size = io == null || io.isNull() ? -1 : avio_size(io);
        if (size <= 0 || !(format.startsWith("mov") || format.equals("avi"))) {
            return false;
        }
        AVStream stream = input.stream;
        for (int i = avformat_index_get_entries_count(stream) - 1; i >= 0; i--) {
            AVIndexEntry entry = avformat_index_get_entry(stream, i);
            if (entry.pos() + entry.size() > size) {
                return true;
            }
        }
        return false;
    }

    private boolean partGoesOn() {
        if (address.kind() != SourceAddress.Kind.FILE) {
            return false;
        }
        Path file = Path.of(address.target());
        try {
            return Files.isRegularFile(file) && ContainerParts.cutOff(file, format);
        } catch (IOException e) {
            return false; // It was read to its end: what cannot be looked at proves nothing.
        }
    }
}
