// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is retained, in a file.
 *
 * @param path where it is; it need not be there
 */
record RetainedFile(Path path) {
    /** "FGrt" and the version. */
    private static final long MAGIC = 0x46477274_00000001L;

    /** Largest message taken; the broker takes none that is larger. */
    private static final int MOST_BYTES = 4 << 20;

    void write(List<RetainedMessage> messages) throws IOException {
        file().write(
                        out -> {
                            out.writeInt(messages.size());
                            for (RetainedMessage message : messages) {
                                out.writeUTF(message.topic());
                                out.writeByte(message.qos());
                                out.writeLong(message.expires());
                                out.writeInt(message.payload().length);
                                out.write(message.payload());
                            }
                        });
    }

    /**
     * The messages; none when there is no file.
     *
     * @throws IOException it is damaged or cannot be read
     */
    List<RetainedMessage> read() throws IOException {
        return Files.exists(path) ? file().read(RetainedFile::messages) : List.of();
    }

    void setAside() throws IOException {
        file().setAside();
    }

    private CheckedFile file() {
        return new CheckedFile(path, MAGIC);
    }

    private static List<RetainedMessage> messages(DataInputStream in) throws IOException {
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
        return messages;
    }
}
