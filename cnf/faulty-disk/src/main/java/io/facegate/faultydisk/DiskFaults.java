// SPDX-License-Identifier: Apache-2.0
package io.facegate.faultydisk;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets calls of the process fail that works on a {@link FaultyDisk}; also from within it. */
public final class DiskFaults {
    /** Every write of a file. */
    public static final int WRITE = 1;

    /** Every fsync of a file or folder. */
    public static final int SYNC = 2;

    /** Every change of a file's length. */
    public static final int TRUNCATE = 4;

    /** Every making of a file. */
    public static final int OPEN = 8;

    /** Every removal of a file. */
    public static final int REMOVE = 16;

    /** The device failed. */
    public static final int EIO = 5;

    /** The disk is full. */
    public static final int ENOSPC = 28;

    // As struct control in faulty_disk.c.
    private static final int KINDS = 0;
    private static final int BEFORE = 4;
    private static final int ERROR = 8;
    private static final int TIMES = 12;
    private static final int HITS = 16;
    private static final int ROOM = 24;

    private final MappedByteBuffer control;

    /**
     * @param control {@link FaultyDisk#control}
     */
    public DiskFaults(Path control) throws IOException {
        try (FileChannel channel =
                FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            this.control = channel.map(MapMode.READ_WRITE, 0, FaultyDisk.CONTROL_BYTES);
        }
        this.control.order(ByteOrder.nativeOrder());
    }

    /**
     * Lets calls fail from now on.
     *
     * @param kinds sum of the constants above
     * @param before calls of these kinds that go well before
     * @param error errno
     * @param times calls that fail; -1 for all until {@link #none}
     */
    public void fail(int kinds, int before, int error, int times) {
        control.putInt(BEFORE, before);
        control.putInt(ERROR, error);
        control.putInt(TIMES, times);
        control.putInt(KINDS, kinds);
    }

    /** Leaves room for files to grow by a number of bytes in all, more once others shrink. */
    public void room(long bytes) {
        control.putLong(ROOM, bytes);
    }

    /** The disk is well again. */
    public void none() {
        control.putInt(KINDS, 0);
        control.putInt(TIMES, 0);
        control.putLong(ROOM, -1);
    }

    /** Calls that failed so far. */
    public int hits() {
        return control.getInt(HITS);
    }
}
