// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file that is there whole or not at all: under another name beside its place, brought to
 * the disk, then renamed. Readable by its owner alone.
 */
final class WholeFile {
    /** Writes the content. */
    interface Content<T> {
        T to(OutputStream out) throws IOException;
    }

    private WholeFile() {}

    static <T> T write(Path file, Content<T> content) throws IOException {
        Path place = file.toAbsolutePath();
        Path folder = place.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder);
        }
        if (Files.isDirectory(place)) {
            throw new IOException(place + " is a folder");
        }
        if (Files.exists(place) && !Files.isRegularFile(place)) {
            throw new IOException(
                    place + " is a device or a pipe, which a whole file would replace");
        }
        Path temporary = Files.createTempFile(folder, "." + place.getFileName() + ".", ".part");
        try {
            T result;
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                result = content.to(out);
                channel.force(true);
            }
            Files.move(
                    temporary,
                    place,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
                entry.force(true);
            }
            return result;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
