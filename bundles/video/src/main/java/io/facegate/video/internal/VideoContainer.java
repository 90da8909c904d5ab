// SPDX-License-Identifier: Apache-2.0
package io.facegate.video.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Kinds of files, with what is put into them, the best first. */
enum VideoContainer {
    MP4("mp4", List.of("mp4", "m4v"), 60_000, VideoEncoding.H264, VideoEncoding.MPEG4),
    QUICKTIME("mov", List.of("mov"), 60_000, VideoEncoding.H264, VideoEncoding.MPEG4),
    MATROSKA("matroska", List.of("mkv"), 1000, VideoEncoding.H264, VideoEncoding.MPEG4),
    /** Frames at a fixed rate; what a gap lacks is an empty frame, which repeats the one before. */
    AVI("avi", List.of("avi"), 0, VideoEncoding.MJPEG);

    private final String format;
    private final List<String> endings;
    private final int ticksPerSecond;
    private final List<VideoEncoding> encodings;

    VideoContainer(
            String format, List<String> endings, int ticksPerSecond, VideoEncoding... encodings) {
        this.format = format;
        this.endings = endings;
        this.ticksPerSecond = ticksPerSecond;
        this.encodings = List.of(encodings);
    }

    /** The container of a file by its ending, in any case. */
    static Optional<VideoContainer> of(Path file) {
        Path name = file.getFileName();
        String text = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(c -> c.endings.stream().anyMatch(ending -> text.endsWith("." + ending)))
                .findFirst();
    }

    /** FFmpeg's name. */
    String format() {
        return format;
    }

    List<String> endings() {
        return endings;
    }

    List<VideoEncoding> encodings() {
        return encodings;
    }

    /**
     * Moments in a second that the file tells apart: 60,000 where it may be chosen, of which 24,
     * 25, 30, 29.97, 50, 60 and 59.94 frames each take a whole number, and MPEG-4 takes no more
     * than 65,535; 0: one for each frame at the video's rate.
     */
    int ticksPerSecond() {
        return ticksPerSecond;
    }
}
