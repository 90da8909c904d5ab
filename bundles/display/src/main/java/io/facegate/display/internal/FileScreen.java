// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/** A PNG file written anew now and then, whole at any moment, in place of a screen. */
final class FileScreen implements Screen {
    private final Path file;
    private final int width;
    private final int height;
    private final long intervalNanos;
    private final Supplier<PictureWriter> writer;
    private long writtenAt;
    private boolean written;

    /** {@code writer} gives null while there is none. */
    FileScreen(
            Path file, int width, int height, int intervalMillis, Supplier<PictureWriter> writer) {
        this.file = file;
        this.width = width;
        this.height = height;
        this.intervalNanos = intervalMillis * 1_000_000L;
        this.writer = writer;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public String description() {
        return "headless, picture in " + file;
    }

    @Override
    public void show(Canvas canvas) throws ScreenException {
        long now = System.nanoTime();
        PictureWriter current = writer.get();
        if (current == null || written && now - writtenAt < intervalNanos) {
            return;
        }
        Frame like = Frame.rgb("display", 0, CaptureTime.now(), 1, 1, new byte[3]);
        byte[] png = current.encode(canvas.toFrame(like), PictureFormat.PNG, 1);
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(temporary, png);
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw ScreenException.passing(
                    "cannot write "
                            + file
                            + " ("
                            + e
                            + "): its folder must be there, writable, with space left",
                    e);
        }
        written = true;
        writtenAt = now;
    }

    @Override
    public void close() {
        // Nothing stays open.
    }
}
