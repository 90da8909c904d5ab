// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lines of UTF-8 behind each other in a file of the owner's alone. A line that a kill or a full
 * disk cut short takes no other one along. For one thread.
 */
final class LineFile implements Closeable {
    private final FileChannel file;
    private long bytes;

    private LineFile(FileChannel file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** Opens a file, which is created where there is none, to append to it. */
    static LineFile open(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(
                        path,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        LineFile lines = new LineFile(file, file.size());
        try {
            lines.endLine();
            return lines;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void endLine() throws IOException {
        ByteBuffer end = ByteBuffer.allocate(1);
        if (bytes > 0 && file.read(end, bytes - 1) == 1 && end.get(0) != '\n') {
            append("");
        }
    }

    /**
     * Reads a file from its beginning, cut lines included. Bytes that are no UTF-8 come as U+FFFD.
     */
    static void read(Path path, Consumer<String> to) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(path), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                to.accept(line);
            }
        }
    }

    long bytes() {
        return bytes;
    }

    /**
     * Appends lines.
     *
     * @param lines without the end of the last one
     * @throws IOException they are not there, not even in part where the file can be cut
     */
    void append(String lines) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap((lines + "\n").getBytes(StandardCharsets.UTF_8));
        long end = bytes + buffer.remaining();
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer, end - buffer.remaining());
            }
            bytes = end;
        } catch (IOException e) {
            file.truncate(bytes);
            throw e;
        }
    }

    void clear() throws IOException {
        file.truncate(0);
        bytes = 0;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
