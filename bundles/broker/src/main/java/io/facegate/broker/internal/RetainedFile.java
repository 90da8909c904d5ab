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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * What is retained, in a file that is written as a whole, synced and renamed into place: a number
 * that tells what it is, the messages and a checksum.
 *
 * @param path where it is; it need not be there
 */
record RetainedFile(Path path) {
    /** "FGrt" and the version. */
    private static final long MAGIC = 0x46477274_00000001L;

    /** Largest message taken; the broker takes none that is larger. */
    private static final int MOST_BYTES = 4 << 20;

    void write(List<RetainedMessage> messages) throws IOException {
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
            out.writeLong(MAGIC);
            out.writeInt(messages.size());
            for (RetainedMessage message : messages) {
                out.writeUTF(message.topic());
                out.writeByte(message.qos());
                out.writeLong(message.expires());
                out.writeInt(message.payload().length);
                out.write(message.payload());
            }
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            file.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The messages; none when there is no file.
     *
     * @throws IOException it is damaged or cannot be read
     */
    List<RetainedMessage> read() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (CheckedInputStream checked =
                        new CheckedInputStream(
                                new BufferedInputStream(Files.newInputStream(path)), new CRC32());
                DataInputStream in = new DataInputStream(checked)) {
            if (in.readLong() != MAGIC) {
                throw new IOException("it is no file of retained messages");
            }
            int count = in.readInt();
            List<RetainedMessage> messages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String topic = in.readUTF();
                int qos = in.readByte();
                long expires = in.readLong();
                int length = in.readInt();
                if (length < 0 || length > MOST_BYTES) {
                    throw new IOException("it is damaged");
                }
                messages.add(new RetainedMessage(topic, qos, expires, in.readNBytes(length)));
            }
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum) {
                throw new IOException("it is damaged");
            }
            return messages;
        }
    }
}
