// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import io.facegate.api.camera.CameraMode;
import io.facegate.api.camera.CameraMode.Size;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What a V4L2 device says of itself, by the structures of linux/videodev2.h. They and the numbers
 * of the questions are the same on all processors Linux calls generic, among them x86-64 and ARM.
 */
final class VideoDevice {
    private static final int QUERY_CAPABILITIES = 0x80685600;
    private static final int ENUMERATE_FORMATS = 0xC0405602;
    private static final int ENUMERATE_SIZES = 0xC02C564A;
    private static final int ENUMERATE_INTERVALS = 0xC034564B;

    private static final int CAPTURE = 1;
    private static final int MEMORY_TO_MEMORY = 0x8000 | 0x4000;
    private static final int BY_MEDIA_CONTROLLER = 0x2000_0000;
    private static final int HAS_OWN_CAPABILITIES = 0x8000_0000;

    private static final int DISCRETE = 1;

    /** No driver has as many; one that never ends must not keep us. */
    private static final int MOST = 256;

    /** Of the Raspberry Pi's sensors and picture processors, which rpicam reads. */
    private static final Set<String> OF_BOARD_CAMERAS =
            Set.of("unicam", "bcm2835-unicam", "bcm2835-isp", "rp1-cfe", "pispbe");

    private final Kernel.Device device;
    private final String driver;
    private final String card;
    private final int capabilities;

    /**
     * Asks for name and capabilities; of what is no V4L2 device it {@linkplain #isCamera says so}.
     */
    VideoDevice(Kernel.Device device) {
        this.device = device;
        ByteBuffer answer = struct(104);
        if (device.ask(QUERY_CAPABILITIES, answer)) {
            driver = text(answer, 0, 16);
            card = text(answer, 16, 32);
            int all = answer.getInt(84);
            capabilities = (all & HAS_OWN_CAPABILITIES) == 0 ? all : answer.getInt(88);
        } else {
            driver = "";
            card = "";
            capabilities = 0;
        }
    }

    /** Whether it is a camera to itself: no codec, no metadata, no part of a board's camera. */
    boolean isCamera() {
        return (capabilities & CAPTURE) != 0
                && (capabilities & (MEMORY_TO_MEMORY | BY_MEDIA_CONTROLLER)) == 0
                && !OF_BOARD_CAMERAS.contains(driver);
    }

    /** As the driver calls it. */
    String name() {
        return card;
    }

    /** Every format and size, with its rates; of a format without known sizes one of 0 by 0. */
    List<CameraMode> modes() {
        List<CameraMode> modes = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            ByteBuffer format = struct(64).putInt(0, i).putInt(4, CAPTURE);
            if (!device.ask(ENUMERATE_FORMATS, format)) {
                break;
            }
            modes.addAll(sizes(format.getInt(44)));
        }
        return modes;
    }

    private List<CameraMode> sizes(int format) {
        List<CameraMode> modes = new ArrayList<>();
        String name = fourCharacters(format);
        for (int i = 0; i < MOST; i++) {
            ByteBuffer size = struct(44).putInt(0, i).putInt(4, format);
            if (!device.ask(ENUMERATE_SIZES, size)) {
                break;
            }
            if (size.getInt(8) == DISCRETE) {
                int width = size.getInt(12);
                int height = size.getInt(16);
                modes.add(new CameraMode(name, width, height, rates(format, width, height)));
            } else {
                int width = size.getInt(16);
                int height = size.getInt(28);
                Size least = new Size(size.getInt(12), size.getInt(24));
                modes.add(new CameraMode(name, width, height, least, rates(format, width, height)));
                break; // a range is the only answer
            }
        }
        return modes.isEmpty() ? List.of(new CameraMode(name, 0, 0, List.of())) : modes;
    }

    private List<Double> rates(int format, int width, int height) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            ByteBuffer interval =
                    struct(52).putInt(0, i).putInt(4, format).putInt(8, width).putInt(12, height);
            if (!device.ask(ENUMERATE_INTERVALS, interval)) {
                break;
            }
            addRate(rates, interval, 20);
            if (interval.getInt(16) != DISCRETE) {
                addRate(rates, interval, 28);
                break;
            }
        }
        return rates.stream().distinct().sorted(Comparator.reverseOrder()).toList();
    }

    /** The inverse of an interval, which is a fraction of seconds. */
    private static void addRate(List<Double> rates, ByteBuffer answer, int at) {
        long seconds = Integer.toUnsignedLong(answer.getInt(at));
        long parts = Integer.toUnsignedLong(answer.getInt(at + 4));
        if (seconds > 0 && parts > 0) {
            rates.add(Math.round(1000.0 * parts / seconds) / 1000.0);
        }
    }

    private static ByteBuffer struct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static String fourCharacters(int format) {
        byte[] bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(format).array();
        bytes[3] &= 0x7F; // set for the form of the other byte order
        return new String(bytes, StandardCharsets.US_ASCII).strip();
    }

    private static String text(ByteBuffer answer, int at, int length) {
        byte[] bytes = new byte[length];
        answer.get(at, bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf(0);
        return (end < 0 ? text : text.substring(0, end)).replaceAll("\\p{Cc}", "").strip();
    }
}
