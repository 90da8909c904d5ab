// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.display.ResultWindow;
import io.facegate.api.display.ResultWindows;
import io.facegate.api.display.WindowAnswer;
import io.facegate.api.recognition.FrameResult;
import io.facegate.command.internal.session.Session;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * Shows results in a window, opened with the first one. Pictures stay until the user asks for the
 * next, or for a while; frames of a file come as fast as in the video, or as they are recognised
 * where that is slower.
 */
final class ResultDisplay implements FrameSink {
    /** How often it is seen to whether the command is to stop. */
    private static final long SLICE_NANOS = 100_000_000;

    private final Session session;
    private final ResultWindows windows;
    private final String title;
    private final Duration delay;
    private ResultWindow window;
    private boolean live;
    private long start;

    /**
     * Opens nothing yet.
     *
     * @param delay how long a picture is shown; zero: until the user asks for the next
     */
    ResultDisplay(Session session, ResultWindows windows, String title, Duration delay) {
        this.session = session;
        this.windows = windows;
        this.title = title;
        this.delay = delay;
    }

    /**
     * Shows a picture and waits.
     *
     * @return whether to go on
     */
    boolean picture(FrameResult result) throws IOException {
        show(result);
        long end = System.nanoTime() + delay.toNanos();
        while (!session.stop().stopped()) {
            long rest = delay.isZero() ? SLICE_NANOS : end - System.nanoTime();
            if (rest <= 0) {
                return true;
            }
            WindowAnswer answer = await(rest);
            if (answer != WindowAnswer.NONE) {
                return answer == WindowAnswer.NEXT;
            }
        }
        return false;
    }

    @Override
    public void begin(FrameSource source) {
        live = source.frameCount() == 0;
    }

    @Override
    public boolean take(FrameResult result, long micros) throws IOException {
        if (window == null) {
            start = System.nanoTime() - 1000 * micros;
        } else if (!live && !awaitTime(start + 1000 * micros)) {
            return false;
        }
        show(result);
        return !window.closed();
    }

    /** Waits until a frame is due, and returns whether the window is still open. */
    private boolean awaitTime(long due) throws IOException {
        long rest = due - System.nanoTime();
        while (rest > 0 && !session.stop().stopped()) {
            if (await(rest) == WindowAnswer.CLOSED) {
                return false;
            }
            rest = due - System.nanoTime();
        }
        return true;
    }

    private void show(FrameResult result) throws IOException {
        if (window == null) {
            window = windows.open(title, result.frame().width(), result.frame().height());
        }
        window.show(result);
    }

    private WindowAnswer await(long nanos) throws IOException {
        try {
            return window.await(Duration.ofNanos(Math.min(nanos, SLICE_NANOS)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a picture was shown");
        }
    }

    @Override
    public void finish() {
        // the window closes with the command
    }

    @Override
    public void close() {
        if (window != null) {
            window.close();
        }
    }
}
