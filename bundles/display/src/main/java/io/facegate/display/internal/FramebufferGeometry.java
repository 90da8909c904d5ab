// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Size and pixel layout of a Linux framebuffer as sysfs tells them (the kernel's
 * Documentation/fb/framebuffer.rst and drivers/video/fbdev/core/fbsysfs.c).
 *
 * @param width visible columns
 * @param height visible rows
 * @param bitsPerPixel 16 (RGB565), 24 (BGR) or 32 (BGRX), little-endian
 * @param stride bytes from one row to the next
 */
record FramebufferGeometry(int width, int height, int bitsPerPixel, int stride) {
    private static final Set<Integer> DEPTHS = Set.of(16, 24, 32);
    private static final Pattern MODE = Pattern.compile("[A-Z]:(\\d+)x(\\d+)");
    private static final Pattern VIRTUAL_SIZE = Pattern.compile("(\\d+),(\\d+)");
    private static final int LARGEST = 16384;

    /**
     * Reads the geometry of a device.
     *
     * @param folder of the device in sysfs, such as {@code /sys/class/graphics/fb1}
     */
    static FramebufferGeometry read(Path folder, Path device) throws ScreenException {
        try {
            int bits = Integer.parseInt(text(folder, "bits_per_pixel"));
            if (!DEPTHS.contains(bits)) {
                throw ScreenException.passing(
                        device
                                + " has "
                                + bits
                                + " bits per pixel; 16, 24 and 32 can be drawn: change the"
                                + " screen's mode",
                        null);
            }
            int[] size = size(folder);
            int row = size[0] * bits / Byte.SIZE;
            int stride = Integer.parseInt(text(folder, "stride"));
            if (size[0] < 1
                    || size[1] < 1
                    || size[0] > LARGEST
                    || size[1] > LARGEST
                    || stride < row) {
                throw new NumberFormatException(size[0] + "x" + size[1] + ", stride " + stride);
            }
            return new FramebufferGeometry(size[0], size[1], bits, stride);
        } catch (NoSuchFileException e) {
            throw ScreenException.passing(
                    "there is no screen "
                            + device
                            + " ("
                            + e.getFile()
                            + " is missing): switch its driver on (dtoverlay in config.txt) or set"
                            + " device; screens of the kernel's DRM drivers are there as"
                            + " framebuffers unless drm_kms_helper.fbdev_emulation=0 is in"
                            + " cmdline.txt",
                    e);
        } catch (IOException e) {
            throw ScreenException.passing("cannot read the size of " + device + ": " + e, e);
        } catch (NumberFormatException e) {
            throw ScreenException.passing(
                    "the size of " + device + " makes no sense (" + e.getMessage() + ")", e);
        }
    }

    // The mode is what is seen; virtual_size may be larger (double buffering).
    private static int[] size(Path folder) throws IOException {
        if (Files.isReadable(folder.resolve("mode"))) {
            Matcher mode = MODE.matcher(text(folder, "mode"));
            if (mode.find()) {
                return pair(mode);
            }
        }
        String text = text(folder, "virtual_size");
        Matcher size = VIRTUAL_SIZE.matcher(text);
        if (!size.matches()) {
            throw new NumberFormatException("virtual_size " + text);
        }
        return pair(size);
    }

    private static int[] pair(Matcher matcher) {
        return new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
    }

    private static String text(Path folder, String name) throws IOException {
        return Files.readString(folder.resolve(name)).trim();
    }

    /** Converts pixels of this size to the device's bytes. */
    void convert(int[] pixels, byte[] target) {
        for (int y = 0; y < height; y++) {
            int from = y * width;
            int to = y * stride;
            switch (bitsPerPixel) {
                case 16:
                    row565(pixels, from, target, to);
                    break;
                case 24:
                    rowBgr(pixels, from, target, to, 3);
                    break;
                default:
                    rowBgr(pixels, from, target, to, 4);
            }
        }
    }

    private void row565(int[] pixels, int from, byte[] target, int to) {
        for (int x = 0; x < width; x++) {
            int p = pixels[from + x];
            int value = p >> 8 & 0xf800 | p >> 5 & 0x07e0 | p >> 3 & 0x001f;
            target[to + 2 * x] = (byte) value;
            target[to + 2 * x + 1] = (byte) (value >> 8);
        }
    }

    private void rowBgr(int[] pixels, int from, byte[] target, int to, int bytes) {
        for (int x = 0; x < width; x++) {
            int p = pixels[from + x];
            int i = to + bytes * x;
            target[i] = (byte) p;
            target[i + 1] = (byte) (p >> 8);
            target[i + 2] = (byte) (p >> 16);
        }
    }
}
