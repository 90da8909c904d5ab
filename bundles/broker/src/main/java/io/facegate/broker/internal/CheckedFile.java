// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A file that is written as a whole, synced and renamed into place: a number that tells what it is,
 * its content and a checksum.
 *
 * @param path where it is; it need not be there
 * @param magic what it is, and the version
 */
record CheckedFile(Path path, long magic) {
    /** Writes the content. */
    interface Writer {
        void to(DataOutputStream out) throws IOException;
    }

    /** Reads the content. */
    interface Reader<T> {
        T from(DataInputStream in) throws IOException;
    }

    void write(Writer content) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(next);
        try (FileChannel file =
                FileChannel.open(
                        next,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(file));
            CheckedOutputStream checked = new CheckedOutputStream(buffered, new CRC32());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeLong(magic);
            content.to(out);
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            file.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * What is in the file, which must be there.
     *
     * @throws IOException it is damaged or cannot be read
     */
    <T> T read(Reader<T> content) throws IOException {
        try (CheckedInputStream checked =
                        new CheckedInputStream(
                                new BufferedInputStream(Files.newInputStream(path)), new CRC32());
                DataInputStream in = new DataInputStream(checked)) {
            if (in.readLong() != magic) {
                throw new IOException("it is another kind of file");
            }
            T read = content.from(in);
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum) {
                throw new IOException("it is damaged");
            }
            return read;
        }
    }

    /** Moves a damaged file out of the way. */
    void setAside() throws IOException {
        Files.move(
                path,
                path.resolveSibling(path.getFileName() + ".damaged"),
                StandardCopyOption.REPLACE_EXISTING);
    }
}
