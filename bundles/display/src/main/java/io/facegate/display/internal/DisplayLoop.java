// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.StaleServiceException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Draws the newest result at a bounded rate, on a thread of its own; reopens a lost screen. */
final class DisplayLoop implements Runnable {
    /** Opens the screen. */
    interface Opener {
        Screen open() throws ScreenException;
    }

    private static final Logger log = LoggerFactory.getLogger(DisplayLoop.class);
    private static final long IDLE_MILLIS = 1000;

    private final Opener opener;
    private final LatestResult latest;
    private final Supplier<PictureWriter> writer;
    private final Supplier<List<String>> waitingFor;
    private final long frameNanos;
    private final long retryMillis;
    private volatile Condition condition =
            new Condition("display", Level.DEGRADED, "opening the screen");
    private volatile boolean closed;
    private Canvas canvas = new Canvas(1, 1);
    private boolean showsText;

    /**
     * Prepares the loop.
     *
     * @param writer gives null while there is none
     * @param waitingFor lines for the screen while no picture comes
     */
    DisplayLoop(
            Opener opener,
            LatestResult latest,
            Supplier<PictureWriter> writer,
            Supplier<List<String>> waitingFor,
            int framesPerSecond,
            long retryMillis) {
        this.opener = opener;
        this.latest = latest;
        this.writer = writer;
        this.waitingFor = waitingFor;
        this.frameNanos = 1_000_000_000L / framesPerSecond;
        this.retryMillis = retryMillis;
    }

    Condition condition() {
        return condition;
    }

    /** Makes the loop end soon; its thread is to be interrupted too. */
    void close() {
        closed = true;
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                try (Screen screen = opener.open()) {
                    log.info("Display: {}", screen.description());
                    condition = new Condition("display", Level.OK, screen.description());
                    showUntilClosed(screen);
                } catch (ScreenException e) {
                    if (!failed(e)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            latest.stop();
        }
    }

    /** Whether to try again. */
    private boolean failed(ScreenException e) throws InterruptedException {
        Level level =
                switch (e.kind()) {
                    case PASSING -> Level.FAILED;
                    case LASTING -> Level.DEGRADED;
                    case IDLE -> Level.OK;
                };
        if (!condition.message().equals(e.getMessage())) {
            if (level == Level.OK) {
                log.info("Display: {}", e.getMessage());
            } else {
                log.error("Display: {}", e.getMessage());
            }
        }
        condition = new Condition("display", level, e.getMessage());
        if (level != Level.FAILED) {
            return false;
        }
        Thread.sleep(retryMillis);
        return true;
    }

    private void showUntilClosed(Screen screen) throws ScreenException, InterruptedException {
        showsText = false;
        while (!closed) {
            long started = System.nanoTime();
            Optional<FrameResult> result =
                    showsText || !latest.isSilent(started)
                            ? latest.take(IDLE_MILLIS)
                            : Optional.empty();
            started = System.nanoTime();
            if (canvas.width() != screen.width() || canvas.height() != screen.height()) {
                canvas = new Canvas(screen.width(), screen.height());
            }
            PictureWriter current = writer.get();
            if (result.isPresent() && current != null) {
                show(screen, result.get(), current);
            } else if (current == null || latest.isSilent(started)) {
                Painter.paint(canvas, waitingFor.get());
                screen.show(canvas);
                showsText = true;
            }
            long rest = frameNanos - (System.nanoTime() - started);
            if (rest > 0) {
                Thread.sleep(rest / 1_000_000, (int) (rest % 1_000_000));
            }
        }
    }

    private void show(Screen screen, FrameResult result, PictureWriter current)
            throws ScreenException {
        try {
            Painter.paint(canvas, result, current);
        } catch (StaleServiceException e) {
            // The writer is being swapped; the next picture finds its successor.
            return;
        } catch (RuntimeException | LinkageError e) {
            degraded("pictures cannot be drawn: " + e);
            return;
        }
        screen.show(canvas);
        showsText = false;
        if (condition.level() != Level.OK) {
            condition = new Condition("display", Level.OK, screen.description());
            log.info("Display: pictures are drawn again");
        }
    }

    private void degraded(String message) {
        if (!condition.message().equals(message)) {
            log.warn("Display: {}", message);
        }
        condition = new Condition("display", Level.DEGRADED, message);
    }
}
