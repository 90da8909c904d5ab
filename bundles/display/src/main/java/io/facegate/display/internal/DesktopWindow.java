// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.display.ResultWindow;
import io.facegate.api.display.WindowAnswer;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A window for the results of a command. */
final class DesktopWindow implements ResultWindow, WindowScreen.User {
    private static final String INSTEAD =
            "start the command in a desktop session, or write files with --output";

    private final Supplier<PictureWriter> writer;
    private final Consumer<DesktopWindow> gone;
    private final WindowScreen screen;
    private FrameResult last;
    private Canvas canvas = new Canvas(1, 1);
    private boolean nextWanted;
    private boolean resized;
    private boolean closed;

    /**
     * Opens the window.
     *
     * @param writer gives null while there is none
     * @param gone told once, when the window is closed
     */
    DesktopWindow(
            String title,
            int width,
            int height,
            Supplier<PictureWriter> writer,
            Consumer<DesktopWindow> gone)
            throws ScreenException {
        this.writer = writer;
        this.gone = gone;
        this.screen = WindowScreen.open(title, width, height, INSTEAD, this);
    }

    @Override
    public synchronized void show(FrameResult result) {
        last = closed ? null : result;
        nextWanted = false;
        draw();
    }

    private void draw() {
        PictureWriter current = writer.get();
        resized = false;
        if (closed || last == null || current == null) {
            return;
        }
        if (canvas.width() != screen.width() || canvas.height() != screen.height()) {
            canvas = new Canvas(screen.width(), screen.height());
        }
        Painter.paint(canvas, last, current);
        try {
            screen.show(canvas);
        } catch (ScreenException e) {
            hasClosed();
        }
    }

    @Override
    public synchronized WindowAnswer await(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long rest = longest.toNanos();
        while (!closed && !nextWanted && rest > 0) {
            if (resized) {
                draw();
            } else {
                wait(rest / 1_000_000, (int) (rest % 1_000_000));
            }
            rest = end - System.nanoTime();
        }
        if (closed) {
            return WindowAnswer.CLOSED;
        }
        boolean next = nextWanted;
        nextWanted = false;
        return next ? WindowAnswer.NEXT : WindowAnswer.NONE;
    }

    @Override
    public synchronized void wantsNext() {
        nextWanted = true;
        notifyAll();
    }

    @Override
    public synchronized void hasResized() {
        resized = true;
        notifyAll();
    }

    @Override
    public synchronized void hasClosed() {
        closed = true;
        last = null;
        notifyAll();
        gone.accept(this);
    }

    @Override
    public synchronized boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed()) {
            hasClosed();
            screen.close();
        }
    }
}
