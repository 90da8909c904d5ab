// SPDX-License-Identifier: Apache-2.0
package io.facegate.faultydisk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A file, whatever its name: what processes read, and what the disk has for sure. */
final class DiskFile {
    private static final int SECTOR = 512;

    /**
     * Made since the last fsync.
     *
     * @param length of the file from now on, or -1
     * @param position of the data
     * @param data written; empty for a truncation
     */
    private record Change(long length, long position, byte[] data) {
        void on(FileBytes file) {
            if (length >= 0) {
                file.truncate(length);
            } else {
                file.write(position, data);
            }
        }
    }

    private final boolean folder;
    private final FileBytes current;
    private FileBytes durable;
    private final List<Change> unsynced = new ArrayList<>();

    DiskFile(boolean folder, byte[] content) {
        this.folder = folder;
        this.current = new FileBytes(content);
        this.durable = current.copy();
    }

    boolean isFolder() {
        return folder;
    }

    void write(long position, byte[] data) {
        add(new Change(-1, position, data));
    }

    void truncate(long length) {
        add(new Change(length, 0, new byte[0]));
    }

    private void add(Change change) {
        change.on(current);
        unsynced.add(change);
    }

    void synced() {
        unsynced.forEach(change -> change.on(durable));
        unsynced.clear();
    }

    /**
     * Some of these changes may be on the disk; the rest the kernel gave up: processes go on
     * reading them, and a later fsync succeeds without them.
     */
    void syncFailed(Random random) {
        unsynced.removeIf(change -> random.nextBoolean());
        synced();
    }

    byte[] current() {
        return current.toArray();
    }

    /** What a power cut leaves. */
    byte[] left(Loss loss, Random random) {
        if (loss == Loss.NOTHING) {
            return current();
        }
        FileBytes left = durable.copy();
        List<Change> changes = new ArrayList<>(unsynced);
        switch (loss) {
            case ALL_UNSYNCED -> changes.clear();
            case NOTHING -> {}
            case SOME_WRITES -> changes.removeIf(change -> random.nextBoolean());
            case SOME_SECTORS -> changes = sectors(changes, random);
            case SOME_WRITES_OUT_OF_ORDER -> {
                changes.removeIf(change -> random.nextBoolean());
                Collections.shuffle(changes, random);
                tearLast(changes, random);
            }
        }
        changes.forEach(change -> change.on(left));
        return left.toArray();
    }

    private static List<Change> sectors(List<Change> changes, Random random) {
        List<Change> some = new ArrayList<>();
        for (Change change : changes) {
            if (change.length >= 0 && random.nextBoolean()) {
                some.add(change);
            }
            for (int from = 0; from < change.data.length; ) {
                // up to the next border of the disk's sectors, not of the write's own
                int border = SECTOR - (int) ((change.position + from) % SECTOR);
                int to = Math.min(change.data.length, from + border);
                if (random.nextBoolean()) {
                    some.add(part(change, from, to));
                }
                from = to;
            }
        }
        return some;
    }

    private static void tearLast(List<Change> changes, Random random) {
        int last = changes.size() - 1;
        if (last >= 0 && changes.get(last).data.length > SECTOR) {
            Change torn = changes.get(last);
            int sectors = 1 + random.nextInt(torn.data.length / SECTOR);
            int end = (int) (sectors * SECTOR - torn.position % SECTOR);
            changes.set(last, part(torn, 0, Math.min(end, torn.data.length)));
        }
    }

    private static Change part(Change change, int from, int to) {
        return new Change(-1, change.position + from, Arrays.copyOfRange(change.data, from, to));
    }
}
