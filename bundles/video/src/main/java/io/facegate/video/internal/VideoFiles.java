// SPDX-License-Identifier: Apache-2.0
package io.facegate.video.internal;

import io.facegate.api.status.StaleServiceException;
import io.facegate.api.video.VideoException;
import io.facegate.api.video.VideoWriter;
import io.facegate.api.video.VideoWriterFactory;
import io.facegate.bytedeco.Ffmpeg;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Begins videos, and gives up those that are not finished when the bundle stops. */
@Component(immediate = true)
public final class VideoFiles implements VideoWriterFactory {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Set<VideoFile> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    @Activate
    public VideoFiles() {}

    @Override
    public List<String> endings() {
        return Stream.of(VideoContainer.values()).flatMap(c -> c.endings().stream()).toList();
    }

    @Override
    public boolean isVideo(Path file) {
        return VideoContainer.of(file).isPresent();
    }

    @Override
    public VideoWriter open(Path file, int width, int height, double framesPerSecond)
            throws VideoException {
        if (stopped) {
            throw new StaleServiceException("the video bundle was stopped");
        }
        VideoContainer container =
                VideoContainer.of(file)
                        .orElseThrow(
                                () ->
                                        new VideoException(
                                                file
                                                        + " is no video that can be written: use an"
                                                        + " ending of "
                                                        + String.join(", ", endings())
                                                        + "."));
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new VideoException(file + " is a folder: name a file for the video.");
        }
        try {
            Files.createDirectories(target.getParent());
        } catch (IOException e) {
            throw new VideoException(
                    file
                            + " cannot be written: its folder cannot be made ("
                            + e.getMessage()
                            + ").",
                    e);
        }
        Ffmpeg.load(VideoException::new);
        VideoFile video =
                new VideoFile(
                        new VideoFile.Place(file, part(target)),
                        container,
                        width,
                        height,
                        framesPerSecond,
                        open::remove);
        open.add(video);
        if (stopped) {
            video.close();
        }
        return video;
    }

    /** A hidden name beside the file, different from that of any other writer of it. */
    private static Path part(Path file) {
        String unique = ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        return file.resolveSibling("." + file.getFileName() + "." + unique + ".part");
    }

    @Deactivate
    public void stop() {
        stopped = true;
        open.forEach(VideoFile::close);
    }
}
