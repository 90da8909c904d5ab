// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import io.facegate.api.backup.Backup;
import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.exchange.GalleryExchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files: {@code gallery-<time>-<fingerprint>.backup}. Other files in the folder are left alone.
 * For one thread.
 */
final class BackupFolder {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME =
            Pattern.compile("gallery-(\\d{8}T\\d{6}Z)-([0-9a-f]{8})\\.backup");
    private static final Pattern UNFINISHED = Pattern.compile("\\.gallery-.*\\.part");

    private final Path folder;
    private final boolean own;
    private final GalleryExchange exchange;
    private final Map<Path, Backup> known = new HashMap<>();

    /**
     * @param own whether it may be made when it is missing; a configured one may be a disk that is
     *     away
     */
    BackupFolder(Path folder, boolean own, GalleryExchange exchange) {
        this.own = own;
        this.folder = folder.toAbsolutePath().normalize();
        this.exchange = exchange;
    }

    /** Work on the folder. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Works while no other process does; blocks until they are done. */
    <T> T locked(Work<T> work) throws IOException {
        if (own) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } else if (!Files.isDirectory(folder)) {
            throw new IOException(
                    folder + " is not there: is its disk away? Make the folder, or correct folder");
        }
        try (FileChannel channel =
                FileChannel.open(
                        folder.resolve(".lock"),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            channel.lock();
            return work.run();
        }
    }

    Path path() {
        return folder;
    }

    /** The backups, newest first, good or not. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> NAME.matcher(f.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
        }
    }

    /** A place for one of now. */
    Path place(Instant now, String fingerprint) {
        return folder.resolve("gallery-" + STAMP.format(now) + "-" + fingerprint + ".backup");
    }

    /** What the gallery was like, by the name. */
    static String fingerprint(Path file) {
        return matched(file).group(2);
    }

    static Instant madeAt(Path file) {
        return Instant.from(STAMP.parse(matched(file).group(1)));
    }

    private static Matcher matched(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(file + " is no backup");
        }
        return matcher;
    }

    /** Reads a backup to its end, unless it was read before and has the same size still. */
    Backup checked(Path file) throws IOException {
        long bytes = Files.size(file);
        Backup before = known.get(file);
        if (before != null && before.bytes() == bytes) {
            return before;
        }
        Backup backup = read(file, bytes);
        known.put(file, backup);
        return backup;
    }

    /** The newest good one. */
    Optional<Backup> newest() throws IOException {
        for (Path file : files()) {
            Backup backup = checked(file);
            if (backup.good()) {
                return Optional.of(backup);
            }
        }
        return Optional.empty();
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        known.remove(file);
        try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }

    /** Removes what a power cut left of backups being written here. */
    void deleteUnfinished() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> UNFINISHED.matcher(f.getFileName().toString()).matches())
                            .toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Backup read(Path file, long bytes) {
        Instant madeAt = madeAt(file);
        try (InputStream in = Files.newInputStream(file)) {
            BackupInfo info = exchange.check(in, file.getFileName().toString());
            return new Backup(file, madeAt, bytes, Optional.of(info), "");
        } catch (IOException e) {
            return new Backup(
                    file, madeAt, bytes, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }
}
