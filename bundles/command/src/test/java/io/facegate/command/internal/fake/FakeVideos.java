// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.frame.Frame;
import io.facegate.api.video.VideoException;
import io.facegate.api.video.VideoWriter;
import io.facegate.api.video.VideoWriterFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes videos as text: a line for each frame. */
public final class FakeVideos implements VideoWriterFactory {
    /** Frames after which the disk is full. */
    public int room = Integer.MAX_VALUE;

    /** Writers that were not closed. */
    public int open;

    @Override
    public List<String> endings() {
        return List.of("mp4", "avi");
    }

    @Override
    public boolean isVideo(Path file) {
        return endings().stream().anyMatch(ending -> file.toString().endsWith("." + ending));
    }

    @Override
    public VideoWriter open(Path file, int width, int height, double framesPerSecond) {
        open++;
        List<String> lines = new ArrayList<>();
        lines.add(width + "x" + height + " " + framesPerSecond);
        return new VideoWriter() {
            @Override
            public void write(Frame frame, long timeMicros) throws VideoException {
                if (lines.size() > room) {
                    throw new VideoException(
                            file.getFileName() + " cannot be written (disk full).");
                }
                lines.add(timeMicros + " " + frame.sourceId());
            }

            @Override
            public void finish() throws VideoException {
                try {
                    Files.write(file, lines);
                } catch (IOException e) {
                    throw new VideoException("cannot be written", e);
                }
            }

            @Override
            public void close() {
                open--;
            }
        };
    }
}
