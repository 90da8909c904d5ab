// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Copies of the store that lie in a folder while a backup is written or restored. A copy of a clear
 * backup is clear, so those of processes that were killed are deleted by the next one: beside each
 * lies a file that its process has locked, as long as it lives. Thread-safe.
 */
final class WorkingCopies {
    private static final String PREFIX = "gallery-copy-";
    private static final String LOCK = ".lock";

    private final Path folder;

    /** Those of this object: closing a second channel of a file would end the lock of the first. */
    private final Set<Path> own = ConcurrentHashMap.newKeySet();

    WorkingCopies(Path folder) {
        this.folder = folder;
    }

    /** Something to do with a copy. */
    interface Work<T> {
        T with(Path copy) throws IOException;
    }

    /**
     * Does it with a new file, empty and readable by its owner alone, which is deleted after it.
     */
    <T> T work(Work<T> work) throws IOException {
        Files.createDirectories(folder);
        clean();
        while (true) {
            Path mark = claimed();
            try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                // else another process took it for a dead one's before it was locked
                if (lock.isValid() && Files.exists(mark)) {
                    try {
                        return work.with(made(mark));
                    } finally {
                        delete(mark);
                    }
                }
            } catch (NoSuchFileException e) {
                if (Files.exists(mark)) {
                    throw e;
                }
            } finally {
                own.remove(mark);
            }
        }
    }

    /** A new mark, which is known as our own before anybody here can take it for a dead one's. */
    private synchronized Path claimed() throws IOException {
        Path mark = Files.createTempFile(folder, PREFIX, LOCK);
        own.add(mark);
        return mark;
    }

    /** Deletes what killed processes left. */
    synchronized void clean() throws IOException {
        for (Path file : files()) {
            Path mark = Path.of(stem(file) + LOCK);
            if (!own.contains(mark) && (!Files.exists(mark) || isDead(mark))) {
                delete(mark);
            }
        }
    }

    private static boolean isDead(Path mark) throws IOException {
        try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(PREFIX)).toList();
        }
    }

    private static String stem(Path file) {
        return file.toString().replaceFirst("\\.(db(-\\w+)?|lock)$", "");
    }

    private static Path made(Path mark) throws IOException {
        return Files.createFile(
                Path.of(stem(mark) + ".db"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** The copy first: without its mark it counts as a dead one's. */
    private static void delete(Path mark) throws IOException {
        for (String end : List.of(".db", ".db-wal", ".db-shm", ".db-journal", LOCK)) {
            Files.deleteIfExists(Path.of(stem(mark) + end));
        }
    }
}
