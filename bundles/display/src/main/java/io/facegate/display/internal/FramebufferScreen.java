// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A Linux framebuffer device, written as a file; it is black after {@link #close()}. */
final class FramebufferScreen implements Screen {
    /** The kernel has no more. */
    private static final int MOST_DEVICES = 32;

    private final Path device;
    private final FramebufferGeometry geometry;
    // Not a channel: an interrupt, which ends the display, would close it before it is black.
    private final RandomAccessFile file;
    private final byte[] bytes;
    private final int rotation;
    private boolean closed;

    private FramebufferScreen(
            Path device, FramebufferGeometry geometry, RandomAccessFile file, int rotation) {
        this.device = device;
        this.geometry = geometry;
        this.file = file;
        this.rotation = rotation;
        this.bytes = new byte[geometry.stride() * geometry.height()];
    }

    /**
     * Opens a device.
     *
     * @param sysfs where the kernel describes framebuffers, {@code /sys/class/graphics}
     * @param rotation clockwise, in degrees
     */
    static FramebufferScreen open(Path device, Path sysfs, int rotation) throws ScreenException {
        if (rotation % 90 != 0 || rotation < 0 || rotation > 270) {
            throw ScreenException.lasting("rotation is 0, 90, 180 or 270, not " + rotation, null);
        }
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
                    device, geometry, new RandomAccessFile(device.toFile(), "rw"), rotation);
        } catch (IOException e) {
            throw ScreenException.passing("cannot open " + device + ": " + e.getMessage(), e);
        }
    }

    /**
     * The device with the fewest pixels, of equal ones the last: a small screen comes after the
     * monitor's. {@code /dev/fb0} when there is none, whose absence {@link #open} explains.
     */
    static Path smallest(Path sysfs, Path devices) {
        Path best = devices.resolve("fb0");
        long least = Long.MAX_VALUE;
        for (int number = 0; number < MOST_DEVICES; number++) {
            Path device = devices.resolve("fb" + number);
            try {
                FramebufferGeometry geometry =
                        FramebufferGeometry.read(sysfs.resolve("fb" + number), device);
                long pixels = (long) geometry.width() * geometry.height();
                if (Files.exists(device) && pixels <= least) {
                    least = pixels;
                    best = device;
                }
            } catch (ScreenException e) {
                // not there, or nothing that can be drawn on
            }
        }
        return best;
    }

    private boolean upright() {
        return rotation % 180 == 0;
    }

    @Override
    public int width() {
        return upright() ? geometry.width() : geometry.height();
    }

    @Override
    public int height() {
        return upright() ? geometry.height() : geometry.width();
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
        geometry.convert(turned(canvas.pixels()), bytes);
        try {
            write();
        } catch (IOException e) {
            throw ScreenException.passing("cannot write " + device + ": " + e.getMessage(), e);
        }
    }

    /** The pixels in the order of the device. */
    private int[] turned(int[] pixels) {
        if (rotation == 0) {
            return pixels;
        }
        int[] turned = new int[pixels.length];
        int width = width();
        int height = height();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int to =
                        switch (rotation) {
                            case 90 -> x * height + height - 1 - y;
                            case 180 -> (height - 1 - y) * width + width - 1 - x;
                            default -> (width - 1 - x) * height + y;
                        };
                turned[to] = pixels[y * width + x];
            }
        }
        return turned;
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
