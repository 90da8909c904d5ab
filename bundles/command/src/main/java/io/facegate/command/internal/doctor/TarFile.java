// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes texts as a tar archive (POSIX.1-2017, pax, ustar interchange format). */
final class TarFile implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 99;

    private final OutputStream out;
    private final long seconds;
    private final List<String> names = new ArrayList<>();

    /**
     * @param out closed with this
     * @param seconds when the files were made, since 1970
     */
    TarFile(OutputStream out, long seconds) {
        this.out = out;
        this.seconds = Math.max(0, seconds);
    }

    /** Adds a file, readable by its owner alone. */
    void add(String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] encoded = name.getBytes(StandardCharsets.US_ASCII);
        if (encoded.length > LONGEST_NAME) {
            throw new IOException("a name of " + encoded.length + " letters");
        }
        byte[] header = new byte[BLOCK];
        System.arraycopy(encoded, 0, header, 0, encoded.length);
        put(header, 100, "0000600\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format(Locale.ROOT, "%011o\0", content.length));
        put(header, 136, String.format(Locale.ROOT, "%011o\0", seconds));
        put(header, 148, "        ");
        put(header, 156, "0ustar\00000");
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        out.write(header);
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        names.add(name);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, header, at, ascii.length);
    }

    /** What was added, in that order. */
    List<String> names() {
        return List.copyOf(names);
    }

    @Override
    public void close() throws IOException {
        try (out) {
            out.write(new byte[2 * BLOCK]);
        }
    }
}
