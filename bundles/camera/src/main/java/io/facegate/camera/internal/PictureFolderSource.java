// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.status.StaleServiceException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The pictures of one folder by name, or one picture, each shown for some time. */
final class PictureFolderSource implements LiveSource {
    private static final Logger LOG = LoggerFactory.getLogger(PictureFolderSource.class);
    private static final double RATE = 5;
    private static final int UPDATE_MILLIS = 2000;

    private final Path folder;
    private final String sourceId;
    private final SourceSettings settings;
    private final Supplier<PictureReader> reader;
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
        this.reader = reader;
        this.interrupt = interrupt;
        this.closed = closed;
        pictures = Files.isDirectory(folder) ? listed(reader()) : List.of(folder);
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

    /** The reader of the moment; waits a little for the next while its bundle is updated. */
    private PictureReader reader() throws FrameSourceException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(UPDATE_MILLIS);
        PictureReader now = reader.get();
        while (now == null && System.nanoTime() < end && !interrupt.cancelled()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            now = reader.get();
        }
        if (now == null) {
            throw new FrameSourceException(
                    folder + " cannot be shown: the bundle io.facegate.picture is missing.");
        }
        return now;
    }

    private Frame read(Path file) throws FrameSourceException, PictureException {
        try {
            return reader().read(file, true);
        } catch (StaleServiceException e) {
            LOG.debug("Camera {}: the picture reader was replaced", sourceId, e);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            return reader().read(file, true);
        }
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
            Frame read = read(file);
            boolean turned = settings.rotate() % 180 != 0;
            current =
                    Frame.rgb(
                            sourceId,
                            0,
                            read.captured(),
                            turned ? read.height() : read.width(),
                            turned ? read.width() : read.height(),
                            RgbConverter.rotated(
                                    read.pixels(), read.width(), read.height(), settings.rotate()));
            readable++;
        } catch (PictureException e) {
            refusal = e.getMessage();
            LOG.warn("{} is left out: {}", file, refusal);
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
