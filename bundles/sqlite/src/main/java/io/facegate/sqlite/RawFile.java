// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The bytes of a file beside SQLite's connections to it. A process that closes any descriptor of a
 * file loses all its locks on it (fcntl(2)), SQLite's too: so this one, once opened, is closed
 * after the last connection. Not a channel, which an interrupted thread would close. Thread-safe.
 */
final class RawFile {
    private final Path path;
    private int connections = 1;
    private RandomAccessFile file;

    /** For a file with one connection. */
    RawFile(Path path) {
        this.path = path;
    }

    /** Opened when it is first asked for; not to be closed by the caller. */
    synchronized RandomAccessFile bytes() throws IOException {
        if (file == null) {
            file = new RandomAccessFile(path.toFile(), "rw");
        }
        return file;
    }

    /** Before one more connection is opened. */
    synchronized void retain() {
        connections++;
    }

    /** After a connection was closed. */
    synchronized void release() {
        connections--;
        if (connections == 0 && file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // What was to be durable was synced.
            }
            file = null;
        }
    }
}
