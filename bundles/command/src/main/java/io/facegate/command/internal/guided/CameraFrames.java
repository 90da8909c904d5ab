// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceFactory;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.FrameListener;
import io.facegate.command.internal.session.Parts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Frames of a camera: of a live one always the newest, so that what is said is about what the
 * person does now; of a file each, in order. Frames are put in by one thread and taken by another.
 */
final class CameraFrames implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CameraFrames.class);
    private static final long JOIN_MILLIS = 2500;

    private Frame waiting;
    private boolean ended;
    private boolean closed;
    private Optional<String> trouble = Optional.empty();
    private Supply supply = () -> {};

    /** Where the frames come from. */
    private interface Supply {
        void end() throws Exception;
    }

    private CameraFrames() {}

    /** The frames of one of the gateway's cameras, as they come to it. */
    static CameraFrames of(Parts parts, Camera camera) {
        CameraFrames frames = new CameraFrames();
        String id = camera.id();
        FrameListener listener =
                frame -> {
                    if (frame.sourceId().equals(id)) {
                        frames.replace(frame);
                    }
                };
        frames.supply = parts.offer(FrameListener.class, listener)::close;
        return frames;
    }

    /** The frames of a source, which is opened and read by a thread of its own. */
    static CameraFrames of(FrameSourceFactory sources, String location) {
        CameraFrames frames = new CameraFrames();
        Thread thread =
                new Thread(() -> frames.read(sources, location), "facegate-enrolment-camera");
        thread.setDaemon(true);
        frames.supply =
                () -> {
                    thread.interrupt();
                    thread.join(JOIN_MILLIS);
                };
        thread.start();
        return frames;
    }

    private void read(FrameSourceFactory sources, String location) {
        try (FrameSource source = sources.open(location, "enrolment")) {
            closeToo(source::close);
            boolean live = source.frameCount() == 0;
            while (!isClosed()) {
                Optional<Frame> frame = source.next();
                if (frame.isEmpty()) {
                    break;
                }
                if (live) {
                    replace(frame.get());
                } else {
                    put(frame.get());
                }
            }
            end(Optional.empty());
        } catch (Exception e) {
            LOG.debug("The source of an enrolment ended", e);
            end(Optional.of(e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    private synchronized void closeToo(Runnable source) {
        Supply thread = supply;
        supply =
                () -> {
                    source.run();
                    thread.end();
                };
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void replace(Frame frame) {
        waiting = frame;
        notifyAll();
    }

    private synchronized void put(Frame frame) throws InterruptedException {
        while (waiting != null && !closed) {
            wait();
        }
        waiting = frame;
        notifyAll();
    }

    private synchronized void end(Optional<String> why) {
        ended = true;
        trouble = why;
        notifyAll();
    }

    /** The next frame, waiting for it; empty when none came in time, or at the end. */
    synchronized Optional<Frame> next(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (waiting == null && !ended && !closed) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        Optional<Frame> frame = Optional.ofNullable(waiting);
        waiting = null;
        notifyAll();
        return frame;
    }

    /** Whether no more frames come. */
    synchronized boolean ended() {
        return ended && waiting == null;
    }

    /** Why the frames ended, when that was no end. */
    synchronized Optional<String> trouble() {
        return trouble;
    }

    /** Lets go of the camera; within 3 s. */
    @Override
    public void close() {
        Supply open;
        synchronized (this) {
            closed = true;
            notifyAll();
            open = supply;
        }
        try {
            open.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("A camera could not be closed", e);
        }
    }
}
