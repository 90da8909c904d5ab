// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import io.facegate.sqlite.SqliteFault.Kind;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Puts a damaged file out of the way under a name with the time. Locked among processes, so that of
 * two that find the same damage the second does not put the new file aside.
 */
final class DamagedFile implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final Path path;
    private final FileChannel lock;

    private DamagedFile(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Waits for its turn. The lock's file stays: deleting it would be a race of its own. */
    static DamagedFile lock(Path path) throws SqliteFault {
        IN_PROCESS.lock();
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            path.resolveSibling(path.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            channel.lock();
            return new DamagedFile(path, channel);
        } catch (IOException e) {
            closeQuietly(channel);
            IN_PROCESS.unlock();
            throw cannot(path, e);
        }
    }

    /** Renames the file with its log, and returns its new name. */
    Path setAside() throws SqliteFault {
        String stamp = STAMP.format(ZonedDateTime.now(ZoneOffset.UTC));
        Path aside = path.resolveSibling(path.getFileName() + ".damaged-" + stamp);
        for (int i = 2; Files.exists(aside); i++) {
            aside = path.resolveSibling(path.getFileName() + ".damaged-" + stamp + "-" + i);
        }
        try {
            // The log first: a new file must never meet the log of the old one.
            for (String suffix : List.of("-wal", "-shm", "-journal", "")) {
                Path part = path.resolveSibling(path.getFileName() + suffix);
                if (Files.exists(part)) {
                    Files.move(part, aside.resolveSibling(aside.getFileName() + suffix));
                }
            }
            return aside;
        } catch (IOException e) {
            throw cannot(path, e);
        }
    }

    static List<Path> all(Path path) {
        String prefix = path.getFileName() + ".damaged-";
        try (Stream<Path> files = Files.list(path.getParent())) {
            return files.filter(
                            f -> {
                                String name = f.getFileName().toString();
                                return name.startsWith(prefix)
                                        && !name.endsWith("-wal")
                                        && !name.endsWith("-shm")
                                        && !name.endsWith("-journal");
                            })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public void close() {
        closeQuietly(lock);
        IN_PROCESS.unlock();
    }

    private static SqliteFault cannot(Path path, IOException e) {
        return new SqliteFault(
                Kind.READ_ONLY,
                path + " is damaged and cannot be set aside (" + e + "): make its folder writable",
                e);
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The lock ends with the process at the latest.
            }
        }
    }
}
