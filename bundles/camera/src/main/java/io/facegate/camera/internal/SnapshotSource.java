// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A camera that has one picture at a time, which is fetched again and again. One that has not
 * changed is a frame too: somebody who stands still is still there. A picture that is not to be
 * had, or damaged as it is just being written, is left out until the camera has been silent for too
 * long.
 */
final class SnapshotSource implements LiveSource {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotSource.class);
    private static final double RATE = 1;

    private final String sourceId;
    private final SourceSettings settings;
    private final Snapshots snapshots;
    private final Pictures pictures;
    private final Interrupt interrupt;
    private final Runnable closed;
    private final long period;
    private final long started = System.nanoTime();

    private byte[] file = {};
    private Frame current;

    /** What is wrong with the file; it stays wrong until there is another. */
    private PictureException damage;

    private long due = System.nanoTime();
    private long lastFetched = System.nanoTime();
    private long sequence;
    private volatile long position;
    private boolean isClosed;

    SnapshotSource(
            Snapshots snapshots,
            SourceSettings settings,
            String sourceId,
            Pictures pictures,
            Interrupt interrupt,
            Runnable closed) {
        this.snapshots = snapshots;
        this.settings = settings;
        this.sourceId = sourceId;
        this.pictures = pictures;
        this.interrupt = interrupt;
        this.closed = closed;
        period = Math.round(1e9 / framesPerSecond());
    }

    @Override
    public Optional<Frame> next() throws FrameSourceException {
        while (true) {
            awaitDue();
            if (interrupt.cancelled()) {
                throw new FrameSourceException(sourceId + " was closed.");
            }
            try {
                Optional<byte[]> news = snapshots.fetch();
                if (news.isPresent() && !Arrays.equals(news.get(), file)) {
                    take(news.get());
                } else if (damage != null) {
                    throw damage;
                }
                lastFetched = System.nanoTime();
                return Optional.of(show());
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    private void take(byte[] bytes) throws FrameSourceException, PictureException {
        file = bytes;
        try {
            current =
                    pictures.read(
                            reader -> reader.read(bytes, pictures.shown(), true),
                            settings.rotate());
            damage = null;
        } catch (PictureException e) {
            damage = e;
            throw e;
        }
    }

    private void failed(IOException e) throws FrameSourceException {
        long silence = TimeUnit.MILLISECONDS.toNanos(settings.network().silenceMillis());
        boolean tooLong = System.nanoTime() - lastFetched >= silence;
        if (current == null && !(e instanceof PictureException)
                || tooLong
                || interrupt.cancelled()) {
            throw e instanceof FrameSourceException known
                    ? known
                    : new FrameSourceException(e.getMessage(), e);
        }
        LOG.debug("Camera {}: a picture is left out: {}", sourceId, e.getMessage());
    }

    /** Until the next picture is due; a fetch that took too long makes no debt. */
    private synchronized void awaitDue() {
        try {
            long left = due - System.nanoTime();
            while (left > 0 && !interrupt.cancelled()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = due - System.nanoTime();
            }
        } catch (InterruptedException e) {
            interrupt.cancel();
            Thread.currentThread().interrupt();
        }
        due = System.nanoTime() + period;
    }

    private Frame show() {
        position = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
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
        return settings.framesPerSecond() > 0 ? settings.framesPerSecond() : RATE;
    }

    @Override
    public long frameCount() {
        return 0;
    }

    @Override
    public long positionMillis() {
        return position;
    }

    @Override
    public StreamFormat format() {
        return StreamFormat.pictures("single pictures, fetched again and again", "");
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public void close() {
        interrupt.cancel();
        synchronized (this) {
            notifyAll();
            if (isClosed) {
                return;
            }
            isClosed = true;
        }
        try {
            snapshots.close();
        } catch (IOException e) {
            LOG.debug("Camera {}", sourceId, e);
        }
        closed.run();
    }
}
