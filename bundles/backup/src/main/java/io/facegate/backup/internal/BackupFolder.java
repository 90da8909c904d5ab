// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import io.facegate.api.backup.Backup;
import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.exchange.GalleryExchange;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
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
 * Their order is that of the numbers in them, which go on whatever the clock says: one with a time
 * of the future in its name, copied or made by a wrong clock, is no newer for that. For one thread.
 */
final class BackupFolder {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME =
            Pattern.compile("gallery-(\\d{8}T\\d{6}Z)-([0-9a-f]{8})\\.backup");

    /** Beyond time zones and clocks that are a little fast. */
    private static final Duration FUTURE = Duration.ofDays(1);

    private static final Pattern UNFINISHED = Pattern.compile("\\.gallery-.*\\.part");

    private final Path folder;
    private final boolean own;
    private final GalleryExchange exchange;
    private final Map<Path, Backup> known = new HashMap<>();
    private final Map<Path, Head> heads = new HashMap<>();

    /** What a file says of itself; {@link #NONE} when it says nothing that can be read. */
    private record Head(long bytes, long number, Instant createdAt, boolean renamed) {
        static final Head NONE = new Head(-1, -1, Instant.MIN, true);
    }

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

    /** The backups, the one made last first, good or not; those that cannot be read come last. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(f -> NAME.matcher(f.getFileName().toString()).matches()).toList();
            Map<Path, Head> read = new HashMap<>();
            for (Path file : found) {
                read.put(file, head(file));
            }
            heads.keySet().retainAll(read.keySet());
            return found.stream()
                    .sorted(
                            Comparator.comparingLong((Path f) -> read.get(f).number())
                                    .thenComparing(f -> read.get(f).createdAt())
                                    .thenComparing(f -> !read.get(f).renamed())
                                    .thenComparing(Path::getFileName)
                                    .reversed())
                    .toList();
        }
    }

    /** The number of the next one. */
    long nextNumber() throws IOException {
        long highest = 0;
        for (Path file : files()) {
            highest = Math.max(highest, head(file).number());
        }
        return highest + 1;
    }

    private Head head(Path file) throws IOException {
        long bytes = Files.size(file);
        Head before = heads.get(file);
        if (before != null && before.bytes() == bytes) {
            return before;
        }
        Head head = Head.NONE;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            BackupInfo info = exchange.head(in, file.getFileName().toString());
            boolean renamed = !info.createdAt().equals(namedAt(file));
            head = new Head(bytes, info.number(), info.createdAt(), renamed);
            heads.put(file, head);
        } catch (IOException e) {
            heads.remove(file);
        }
        return head;
    }

    /** A place for one of now. */
    Path place(Instant now, String fingerprint) {
        return folder.resolve("gallery-" + STAMP.format(now) + "-" + fingerprint + ".backup");
    }

    /** What the gallery was like, by the name. */
    static String fingerprint(Path file) {
        return matched(file).group(2);
    }

    /** When a backup was made, by its content, or its name when that cannot be read. */
    Instant madeAt(Path file) throws IOException {
        Head head = head(file);
        return head == Head.NONE ? namedAt(file) : head.createdAt();
    }

    private static Instant namedAt(Path file) {
        return Instant.from(STAMP.parse(matched(file).group(1)));
    }

    private static Matcher matched(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(file + " is no backup");
        }
        return matcher;
    }

    /** Names of those whose content or name is dated later than now. */
    List<String> ofTheFuture(Instant now) throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : files()) {
            if (isOfTheFuture(file, now)) {
                names.add(file.getFileName().toString());
            }
        }
        return names;
    }

    private boolean isOfTheFuture(Path file, Instant now) throws IOException {
        Instant latest = now.plus(FUTURE);
        return madeAt(file).isAfter(latest) || namedAt(file).isAfter(latest);
    }

    /** A backup, with what it is dated compared with now. */
    Backup dated(Path file, Instant now) throws IOException {
        Backup backup = checked(file);
        return new Backup(
                file,
                backup.madeAt(),
                isOfTheFuture(file, now),
                backup.bytes(),
                backup.info(),
                backup.problem());
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

    private Backup read(Path file, long bytes) throws IOException {
        Instant madeAt = madeAt(file);
        try (InputStream in = Files.newInputStream(file)) {
            BackupInfo info = exchange.check(in, file.getFileName().toString());
            return new Backup(file, madeAt, false, bytes, Optional.of(info), "");
        } catch (IOException e) {
            return new Backup(
                    file, madeAt, false, bytes, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }
}
