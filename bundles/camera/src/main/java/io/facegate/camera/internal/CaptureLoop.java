// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.FrameListener;
import io.facegate.api.status.StaleServiceException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The life of one camera on its capture thread: open, offer each frame to all listeners, wait and
 * open again when it is lost. All methods but {@link #start} and {@link #stop} return at once.
 */
final class CaptureLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureLoop.class);
    private static final long MAX_DELAY_MILLIS = 30_000;
    private static final String OPENING = "is being opened";
    private static final long JOIN_MILLIS = 2500;

    /** Opens the source of a camera. */
    interface Opener {
        LiveSource open(Interrupt interrupt) throws FrameSourceException;
    }

    /**
     * How a camera plays.
     *
     * @param loop whether a file starts over at its end
     * @param realTime whether files play at their own rate
     * @param reconnectDelayMillis first wait after a loss; doubled up to 30 s
     */
    record Play(boolean loop, boolean realTime, int reconnectDelayMillis) {}

    private final String id;
    private final String location;
    private final Opener opener;
    private final Play play;
    private final Receivers receivers;
    private final FrameRate rate = new FrameRate();
    private final Thread thread;

    private boolean stopped;
    private boolean enabled;
    private Interrupt interrupt = new Interrupt();

    /**
     * The one that {@link #stop} or {@link #setEnabled} cancelled; a source cancels its own too.
     */
    private Interrupt abandoned;

    private LiveSource source;
    private boolean startsOver;
    private CameraState state = CameraState.STARTING;
    private String message = OPENING;
    private int width;
    private int height;
    private long frames;

    CaptureLoop(
            String id,
            String location,
            Opener opener,
            Play play,
            Supplier<List<FrameListener>> listeners,
            boolean enabled) {
        this.id = id;
        this.location = location;
        this.opener = opener;
        this.play = play;
        receivers = new Receivers(id, listeners);
        this.enabled = enabled;
        thread = new Thread(this, "facegate-camera-" + id);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread and the source; returns within 4 s. */
    void stop() {
        LiveSource open;
        synchronized (this) {
            stopped = true;
            open = source;
            abandon();
        }
        if (open != null) {
            open.close();
        }
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("Camera {}: its thread does not end: {}", id, location);
        }
    }

    synchronized void setEnabled(boolean on) {
        if (enabled != on) {
            enabled = on;
            abandon();
        }
    }

    private void abandon() {
        abandoned = interrupt;
        interrupt.cancel();
        notifyAll();
    }

    private synchronized boolean isAbandoned(Interrupt mine) {
        return abandoned == mine;
    }

    synchronized CameraStatus status() {
        double now = state == CameraState.ONLINE ? rate.perSecond(System.nanoTime()) : 0;
        return new CameraStatus(state, message, width, height, now, frames);
    }

    @Override
    public void run() {
        long delay = play.reconnectDelayMillis();
        while (awaitEnabled()) {
            Interrupt mine = freshInterrupt();
            long before = framesSoFar();
            Optional<String> loss = playOnce(mine, before);
            delay = framesSoFar() > before ? play.reconnectDelayMillis() : delay;
            if (isAbandoned(mine)) {
                continue;
            }
            if (loss.isPresent()) {
                offline(loss.get(), delay, mine);
                delay = Math.min(MAX_DELAY_MILLIS, 2 * delay);
            } else if (startsOver) {
                pause(TimeUnit.MILLISECONDS.toNanos(play.reconnectDelayMillis()), mine);
            } else if (!play.loop()) {
                ended();
            }
        }
    }

    /** Opens the source, plays it and closes it; gives the reason when that was not its end. */
    private Optional<String> playOnce(Interrupt mine, long before) {
        try (LiveSource open = opener.open(mine)) {
            keep(open);
            startsOver = open.startsOver();
            pump(open, mine);
            return open.live() || framesSoFar() == before
                    ? Optional.of("The source ended.")
                    : Optional.empty();
        } catch (FrameSourceException | StaleServiceException e) {
            return Optional.of(e.getMessage());
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.debug("Camera {}", id, e);
            return Optional.of("It failed: " + e + ".");
        } finally {
            keep(null);
        }
    }

    private synchronized boolean awaitEnabled() {
        while (!stopped && !enabled) {
            become(CameraState.DISABLED, "switched off");
            await(0);
        }
        return !stopped;
    }

    private synchronized Interrupt freshInterrupt() {
        interrupt = new Interrupt();
        if (stopped || !enabled) {
            abandon();
        }
        if (state == CameraState.DISABLED || state == CameraState.ENDED) {
            become(CameraState.STARTING, OPENING);
        }
        return interrupt;
    }

    private synchronized void keep(LiveSource open) {
        source = open;
    }

    private synchronized long framesSoFar() {
        return frames;
    }

    private void pump(LiveSource open, Interrupt mine) throws FrameSourceException {
        boolean paced = open.bursts() && (play.realTime() || open.live());
        Pacing pacing = new Pacing();
        while (!mine.cancelled()) {
            Optional<Frame> next = open.next();
            if (next.isEmpty()) {
                return;
            }
            if (paced) {
                pause(pacing.early(open.positionMillis(), System.nanoTime()), mine);
            }
            if (!mine.cancelled()) {
                deliver(next.get());
            }
        }
    }

    private synchronized void pause(long nanos, Interrupt mine) {
        long end = System.nanoTime() + nanos;
        while (abandoned != mine && end - System.nanoTime() > 0) {
            await(end - System.nanoTime());
        }
    }

    private void deliver(Frame frame) {
        long sequence;
        synchronized (this) {
            sequence = frames++;
            width = frame.width();
            height = frame.height();
            rate.count(System.nanoTime());
            become(CameraState.ONLINE, "");
        }
        receivers.offer(frame.of(id, sequence));
    }

    private synchronized void offline(String why, long delay, Interrupt mine) {
        if (abandoned != mine) {
            become(CameraState.OFFLINE, why);
            pause(TimeUnit.MILLISECONDS.toNanos(delay), mine);
        }
    }

    private synchronized void ended() {
        if (stopped || !enabled) {
            return;
        }
        become(CameraState.ENDED, "played to its end");
        while (!stopped && enabled) {
            await(0);
        }
    }

    private void await(long nanos) {
        try {
            if (nanos == 0) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            }
        } catch (InterruptedException e) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
    }

    /** One log line for each change of state. */
    private void become(CameraState next, String why) {
        message = why;
        if (state == next) {
            return;
        }
        CameraState before = state;
        state = next;
        rate.reset();
        switch (next) {
            case ONLINE ->
                    LOG.info("Camera {}: online, {}x{} from {}", id, width, height, location);
            case OFFLINE ->
                    LOG.warn(
                            "Camera {}: {}. {} It is tried again and again.",
                            id,
                            before == CameraState.ONLINE ? "lost" : "not found",
                            why);
            case ENDED -> LOG.info("Camera {}: {} played to its end", id, location);
            case DISABLED -> LOG.info("Camera {}: switched off", id);
            default -> LOG.debug("Camera {}: {}", id, why);
        }
    }
}
