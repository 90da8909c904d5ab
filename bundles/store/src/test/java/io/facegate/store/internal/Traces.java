// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Pieces of what was erased, looked for in the bytes of every file of a folder. */
final class Traces {
    /** Bytes in a row: a piece of so many is found wherever it begins. */
    private static final int PIECE = 12;

    /** Pieces up to here, or from there, have one hyphen at most. */
    private static final int ID_HEAD = 13;

    private static final int ID_TAIL = 19;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private long[] table = new long[1 << 16];
    private int size;

    /** A name, or any text as varied. */
    void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An id, as text: its head and its tail. A piece of its middle has 36 to 40 bits that are the
     * id's own; in a store of a thousand it is found in somebody else's by chance, now and then.
     */
    void add(UUID id) {
        byte[] text = id.toString().getBytes(StandardCharsets.UTF_8);
        add(Arrays.copyOf(text, ID_HEAD));
        add(Arrays.copyOfRange(text, ID_TAIL, text.length));
    }

    /** Every piece of some bytes. */
    void add(byte[] bytes) {
        ByteBuffer buffer = buffer(bytes);
        for (int i = 0; i + PIECE <= bytes.length; i++) {
            if (2 * size > table.length) {
                grow();
            }
            size += put(table, hash(buffer, i)) ? 1 : 0;
        }
    }

    /** Where pieces are found, one line for each file. */
    List<String> in(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                ByteBuffer buffer = buffer(bytes);
                int count = 0;
                int first = -1;
                for (int i = 0; i + PIECE <= bytes.length; i++) {
                    if (has(hash(buffer, i))) {
                        first = count++ == 0 ? i : first;
                    }
                }
                if (count > 0) {
                    found.add(file + ": " + count + " pieces, the first at " + first);
                }
            }
        }
        return found;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Never 0, which marks an empty place. */
    private static long hash(ByteBuffer bytes, int at) {
        long hash = (bytes.getLong(at) * MIX ^ bytes.getInt(at + Long.BYTES)) * MIX;
        return hash == 0 ? 1 : hash;
    }

    private boolean has(long hash) {
        for (int i = place(table, hash); table[i] != 0; i = i + 1 & table.length - 1) {
            if (table[i] == hash) {
                return true;
            }
        }
        return false;
    }

    private static boolean put(long[] table, long hash) {
        int i = place(table, hash);
        while (table[i] != 0) {
            if (table[i] == hash) {
                return false;
            }
            i = i + 1 & table.length - 1;
        }
        table[i] = hash;
        return true;
    }

    private static int place(long[] table, long hash) {
        return (int) (hash >>> 32) & table.length - 1;
    }

    private void grow() {
        long[] larger = new long[2 * table.length];
        Arrays.stream(table).filter(hash -> hash != 0).forEach(hash -> put(larger, hash));
        table = larger;
    }
}
