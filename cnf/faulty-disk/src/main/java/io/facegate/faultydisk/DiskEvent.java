// SPDX-License-Identifier: Apache-2.0
package io.facegate.faultydisk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A call that the preloaded library recorded.
 *
 * @param type letter of the call, as in {@code faulty_disk.c}
 * @param fd file descriptor, where there is one
 * @param position offset of a write, length of a truncation, flags of an opening
 * @param data bytes of a write, name of a file
 */
record DiskEvent(char type, int fd, long position, byte[] data) {
    private static final int HEADER = 24;

    /** The events of a trace; one that a kill cut off at its end is none. */
    static List<DiskEvent> read(Path trace) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(trace)).order(ByteOrder.nativeOrder());
        List<DiskEvent> events = new ArrayList<>();
        while (bytes.remaining() >= HEADER) {
            char type = (char) bytes.getInt();
            int fd = bytes.getInt();
            long position = bytes.getLong();
            long length = bytes.getLong();
            if (length > bytes.remaining()) {
                break;
            }
            byte[] data = new byte[(int) length];
            bytes.get(data);
            events.add(new DiskEvent(type, fd, position, data));
        }
        return events;
    }

    /** Whether it wrote something that begins like this. */
    boolean writes(byte[] beginning) {
        return type == 'W'
                && data.length >= beginning.length
                && Arrays.equals(data, 0, beginning.length, beginning, 0, beginning.length);
    }

    String text() {
        return new String(data, StandardCharsets.UTF_8);
    }
}
