// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A Linux framebuffer device, written as a file; it is black after {@link #close()}. */
final class FramebufferScreen implements Screen {
    private final Path device;
    private final FramebufferGeometry geometry;
    // Not a channel: an interrupt, which ends the display, would close it before it is black.
    private final RandomAccessFile file;
    private final byte[] bytes;
    private boolean closed;

    private FramebufferScreen(Path device, FramebufferGeometry geometry, RandomAccessFile file) {
        this.device = device;
        this.geometry = geometry;
        this.file = file;
        this.bytes = new byte[geometry.stride() * geometry.height()];
    }

    /**
     * Opens a device.
     *
     * @param sysfs where the kernel describes framebuffers, {@code /sys/class/graphics}
     */
    static FramebufferScreen open(Path device, Path sysfs) throws ScreenException {
        FramebufferGeometry geometry =
                FramebufferGeometry.read(sysfs.resolve(device.getFileName()), device);
        // Checked first, as opening would create a missing file: in /dev that is memory lost.
        if (!Files.exists(device)) {
            throw ScreenException.passing(
                    "there is no screen "
                            + device
                            + ": switch its driver on (dtoverlay in config.txt) or set device",
                    null);
        }
        if (!Files.isWritable(device)) {
            throw ScreenException.passing(
                    "no permission to write "
                            + device
                            + ": add the gateway's user to the group video (sudo usermod -aG video "
                            + System.getProperty("user.name")
                            + ") and log in again",
                    null);
        }
        try {
            return new FramebufferScreen(
                    device, geometry, new RandomAccessFile(device.toFile(), "rw"));
        } catch (IOException e) {
            throw ScreenException.passing("cannot open " + device + ": " + e.getMessage(), e);
        }
    }

    @Override
    public int width() {
        return geometry.width();
    }

    @Override
    public int height() {
        return geometry.height();
    }

    @Override
    public String description() {
        return device
                + ", "
                + geometry.width()
                + "x"
                + geometry.height()
                + ", "
                + geometry.bitsPerPixel()
                + " bits";
    }

    @Override
    public void show(Canvas canvas) throws ScreenException {
        geometry.convert(canvas, bytes);
        try {
            write();
        } catch (IOException e) {
            throw ScreenException.passing("cannot write " + device + ": " + e.getMessage(), e);
        }
    }

    private void write() throws IOException {
        file.seek(0);
        file.write(bytes);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            Arrays.fill(bytes, (byte) 0);
            write();
        } catch (IOException e) {
            // The device is gone; so is what it showed.
        }
    }
}
