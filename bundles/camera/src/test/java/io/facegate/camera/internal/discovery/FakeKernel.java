// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Drivers that answer in the structures of linux/videodev2.h. */
final class FakeKernel implements Kernel {
    private final Map<Path, Driver> drivers = new HashMap<>();
    private int open;

    void add(Path file, Driver driver) {
        drivers.put(file, driver);
    }

    /** Devices that were not closed. */
    int open() {
        return open;
    }

    @Override
    public Device open(Path path) throws IOException {
        Driver driver = drivers.get(path);
        if (driver == null) {
            throw new IOException("may not be opened");
        }
        open++;
        return new Device() {
            @Override
            public boolean ask(int request, ByteBuffer struct) {
                return driver.answer(request, struct);
            }

            @Override
            public void close() {
                open--;
            }
        };
    }

    /** One driver. */
    static final class Driver {
        private final String driver;
        private final String card;
        private final int all;
        private final int own;
        private final List<String> formats = new ArrayList<>();
        private final Map<String, List<Size>> sizes = new HashMap<>();

        /** Numbers are width and height, or least and most of both with steps in between. */
        private record Size(int[] numbers, int[] intervals) {}

        Driver(String driver, String card, int all, int own) {
            this.driver = driver;
            this.card = card;
            this.all = all;
            this.own = own;
        }

        Driver format(String format) {
            if (!formats.contains(format)) {
                formats.add(format);
            }
            return this;
        }

        /** {@code intervals}: seconds and parts of a second, in turns. */
        Driver size(String format, int width, int height, int... intervals) {
            return add(format, new Size(new int[] {width, height}, intervals));
        }

        Driver range(String format, int w, int h, int width, int height, int... intervals) {
            return add(format, new Size(new int[] {w, width, 2, h, height, 2}, intervals));
        }

        private Driver add(String format, Size size) {
            sizes.computeIfAbsent(format, one -> new ArrayList<>()).add(size);
            return format(format);
        }

        boolean answer(int request, ByteBuffer struct) {
            int index = struct.getInt(0);
            return switch (request) {
                case 0x80685600 -> capabilities(struct);
                case 0xC0405602 -> index < formats.size() && format(struct, formats.get(index));
                case 0xC02C564A -> size(struct, sizes.getOrDefault(name(struct), List.of()), index);
                case 0xC034564B ->
                        interval(struct, sizes.getOrDefault(name(struct), List.of()), index);
                default -> false;
            };
        }

        private boolean capabilities(ByteBuffer struct) {
            struct.put(0, driver.getBytes(StandardCharsets.UTF_8));
            struct.put(16, card.getBytes(StandardCharsets.UTF_8));
            struct.putInt(84, all).putInt(88, own);
            return struct.capacity() == 104;
        }

        private static boolean format(ByteBuffer struct, String name) {
            struct.put(44, name.getBytes(StandardCharsets.US_ASCII));
            return struct.getInt(4) == 1 && struct.capacity() == 64;
        }

        private static String name(ByteBuffer struct) {
            byte[] name = new byte[4];
            struct.get(4, name);
            return new String(name, StandardCharsets.US_ASCII);
        }

        private static boolean size(ByteBuffer struct, List<Size> all, int index) {
            if (index >= all.size()) {
                return false;
            }
            int[] numbers = all.get(index).numbers();
            struct.putInt(8, numbers.length == 2 ? 1 : 3);
            for (int i = 0; i < numbers.length; i++) {
                struct.putInt(12 + 4 * i, numbers[i]);
            }
            return struct.capacity() == 44;
        }

        private static boolean interval(ByteBuffer struct, List<Size> all, int index) {
            for (Size size : all) {
                int[] numbers = size.numbers();
                boolean range = numbers.length > 2;
                int width = range ? numbers[1] : numbers[0];
                int[] intervals = size.intervals();
                if (width == struct.getInt(8) && 2 * index < intervals.length) {
                    struct.putInt(16, range ? 3 : 1);
                    for (int i = 2 * index; i < (range ? intervals.length : 2 * index + 2); i++) {
                        struct.putInt(20 + 4 * (i - 2 * index), intervals[i]);
                    }
                    return struct.capacity() == 52;
                }
            }
            return false;
        }
    }
}
