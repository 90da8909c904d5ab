// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The pictures of one folder by name, or one picture, each shown for some time. */
final class PictureFolderSource implements LiveSource {
    private static final Logger LOG = LoggerFactory.getLogger(PictureFolderSource.class);
    private static final double RATE = 5;

    private final Path folder;
    private final String sourceId;
    private final SourceSettings settings;
    private final Pictures reader;
    private final Interrupt interrupt;
    private final Runnable closed;
    private final List<Path> pictures;
    private final int repeats;

    private int index;
    private int shown;
    private int readable;
    private long sequence;
    private Frame current;
    private String refusal = "";
    private volatile long position;
    private boolean isClosed;

    PictureFolderSource(
            SourceAddress address,
            SourceSettings settings,
            String sourceId,
            Supplier<PictureReader> reader,
            Interrupt interrupt,
            Runnable closed)
            throws FrameSourceException {
        this.folder = Path.of(address.target());
        this.settings = settings;
        this.sourceId = sourceId;
        this.reader = new Pictures(reader, address.shown(), interrupt);
        this.interrupt = interrupt;
        this.closed = closed;
        pictures = Files.isDirectory(folder) ? listed(this.reader.reader()) : List.of(folder);
        if (pictures.isEmpty()) {
            throw new FrameSourceException(
                    folder + " has no pictures: put JPEG or PNG files into it.");
        }
        repeats =
                settings.everyPictureOnce()
                        ? 1
                        : (int) Math.max(1, Math.round(settings.pictureMillis() * rate() / 1000));
    }

    private List<Path> listed(PictureReader now) throws FrameSourceException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
            List<Path> found = files.stream().filter(now::isPicture).toList();
            if (found.size() < files.size()) {
                LOG.info(
                        "{}: {} of {} files are no pictures by their name and are left out",
                        folder,
                        files.size() - found.size(),
                        files.size());
            }
            return found;
        } catch (IOException e) {
            throw new FrameSourceException(folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private double rate() {
        return settings.framesPerSecond() > 0 ? settings.framesPerSecond() : RATE;
    }

    @Override
    public Optional<Frame> next() throws FrameSourceException {
        while (!interrupt.cancelled()) {
            if (current != null && shown < repeats) {
                return Optional.of(show());
            }
            if (index == pictures.size()) {
                if (readable == 0) {
                    throw new FrameSourceException(
                            pictures.size() == 1
                                    ? refusal
                                    : folder + " has no picture that can be read: see the log.");
                }
                return Optional.empty();
            }
            load(pictures.get(index++));
        }
        throw new FrameSourceException(folder + " was closed.");
    }

    private void load(Path file) throws FrameSourceException {
        current = null;
        shown = 0;
        try {
            current = reader.read(now -> now.read(file, true), settings.rotate());
            readable++;
        } catch (PictureException e) {
            refusal = e.getMessage();
            if (pictures.size() > 1) {
                LOG.warn("{} is left out: {}", file, refusal);
            }
        }
    }

    private Frame show() {
        position =
                (index - 1L) * settings.pictureMillis()
                        + (long) shown * settings.pictureMillis() / repeats;
        shown++;
        return Frame.rgb(
                sourceId,
                sequence++,
                CaptureTime.now(),
                current.width(),
                current.height(),
                current.pixels());
    }

    @Override
    public double framesPerSecond() {
        return repeats * 1000.0 / settings.pictureMillis();
    }

    @Override
    public long frameCount() {
        return (long) repeats * pictures.size();
    }

    @Override
    public long positionMillis() {
        return position;
    }

    @Override
    public StreamFormat format() {
        return StreamFormat.pictures("pictures", "");
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public synchronized void close() {
        interrupt.cancel();
        if (!isClosed) {
            isClosed = true;
            closed.run();
        }
    }
}
