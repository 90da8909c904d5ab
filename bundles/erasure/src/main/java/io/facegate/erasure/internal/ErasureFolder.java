// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The records of erasures that are not complete, in {@code erasures}, and the receipts, in {@code
 * receipts}. Every change is on the disk when the call returns. For one thread, {@link #locked}.
 */
final class ErasureFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ErasureFolder.class);
    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String PART = ".part";

    private final Path records;
    private final Path receipts;
    private List<String> told = List.of();

    ErasureFolder(Path data) {
        records = data.resolve("erasures");
        receipts = data.resolve("receipts");
    }

    /** Work on the records. */
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Works while no other process does; blocks until they are done. The lock's file stays:
     * deleting it would be a race of its own.
     */
    <T> T locked(Work<T> work) throws IOException {
        make(records);
        try (FileChannel channel =
                FileChannel.open(
                        records.resolve(".lock"),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(OWNER))) {
            channel.lock();
            return work.run();
        }
    }

    /** Whether there may be records; for anybody. */
    boolean empty() {
        try {
            return list(records, ".json").isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * What is there.
     *
     * @param records oldest first
     * @param damaged a line for each file that cannot be read: it is left
     */
    record Content(List<ErasureRecord> records, List<String> damaged) {}

    /** The records, whole and damaged ones. */
    Content read() throws IOException {
        for (Path folder : List.of(records, receipts)) {
            for (Path part : list(folder, PART)) {
                Files.delete(part);
            }
        }
        List<ErasureRecord> result = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (Path file : list(records, ".json")) {
            try {
                result.add(ErasureJson.parse(Files.readString(file)));
            } catch (IOException e) {
                damaged.add(damage(file, e));
            }
        }
        result.sort(Comparator.comparing(ErasureRecord::at));
        damaged.stream()
                .filter(line -> !told.contains(line))
                .forEach(line -> LOG.warn("An erasure may not be complete: {}", line));
        told = damaged;
        return new Content(result, damaged);
    }

    /** Who it was, and what to do: how far it came nobody knows. */
    private static String damage(Path file, IOException e) {
        String id = file.getFileName().toString().replace(".json", "");
        String why = e instanceof CharacterCodingException ? "it is no text" : words(e);
        return file
                + " cannot be read ("
                + why
                + "): if people list --json has the id "
                + id
                + " erase that person again, otherwise delete the file";
    }

    private static String words(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    void save(ErasureRecord record) throws IOException {
        write(file(record), ErasureJson.record(record));
    }

    void delete(ErasureRecord record) throws IOException {
        if (Files.deleteIfExists(file(record))) {
            sync(records);
        }
    }

    /** Writes the receipt, in place of an earlier one of the same erasure. */
    void writeReceipt(ErasureRecord record) throws IOException {
        Path file =
                receipts.resolve(STAMP.format(record.at()) + "-" + record.person().id() + ".json");
        write(file, ErasureJson.receipt(record, Instant.now()));
    }

    private Path file(ErasureRecord record) {
        return records.resolve(record.person().id() + ".json");
    }

    private static List<Path> list(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(ending)).sorted().toList();
        }
    }

    private static void write(Path file, String text) throws IOException {
        make(file.getParent());
        Path part = file.resolveSibling(file.getFileName() + PART);
        Files.deleteIfExists(part);
        try (FileChannel channel =
                FileChannel.open(
                        part,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(OWNER))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(file.getParent());
    }

    private static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
            sync(folder.toAbsolutePath().getParent());
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }
}
