// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The people of whom a broker may have retained topics: on the disk before the first of them is
 * published, and until the broker acknowledged that they are gone. So those of a person who was
 * deleted while the gateway or the broker was away are found again. A file of lines {@code +id} and
 * {@code -id}; without a file, in memory alone. For one thread.
 */
public final class RetainedPeople {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedPeople.class);

    private final Optional<Path> file;
    private final Set<UUID> people = new LinkedHashSet<>();
    private boolean failing;

    /** There may be more people than were read. */
    private boolean unsure;

    /**
     * @param file empty to keep them in memory
     */
    public RetainedPeople(Optional<Path> file) {
        this.file = file;
        file.filter(Files::exists).ifPresent(this::read);
    }

    Set<UUID> all() {
        return Set.copyOf(people);
    }

    boolean contains(UUID person) {
        return people.contains(person);
    }

    /** Whether a broker may have something of the person. */
    boolean mayHave(UUID person) {
        return unsure || people.contains(person);
    }

    /** Durable when it returns, unless the disk refuses, which is told in the log. */
    void add(Collection<UUID> more) {
        StringBuilder lines = new StringBuilder();
        for (UUID person : more) {
            if (people.add(person)) {
                lines.append('+').append(person).append('\n');
            }
        }
        append(lines);
    }

    /** The broker has nothing of the person any more. */
    void remove(UUID person) {
        if (people.remove(person)) {
            append(new StringBuilder().append('-').append(person).append('\n'));
        }
    }

    /**
     * Writes the file anew: those removed are in no line any more. Not after every removal, since
     * it has a line for everybody.
     */
    void compact() {
        if (file.isPresent()) {
            try {
                Path part = file.get().resolveSibling(file.get().getFileName() + ".part");
                Files.deleteIfExists(part);
                StringBuilder lines = new StringBuilder();
                people.forEach(person -> lines.append('+').append(person).append('\n'));
                write(part, lines, StandardOpenOption.CREATE_NEW);
                Files.move(
                        part,
                        file.get(),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                sync();
                failing = false;
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    private void read(Path path) {
        try {
            for (String line : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) {
                // A power cut may have left half a line.
                if (line.length() == 37 && (line.charAt(0) == '+' || line.charAt(0) == '-')) {
                    UUID person = UUID.fromString(line.substring(1));
                    if (line.charAt(0) == '+') {
                        people.add(person);
                    } else {
                        people.remove(person);
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            unsure = true;
            LOG.warn("{} cannot be read in full: {}", path, e.toString());
        }
        compact();
    }

    private void append(StringBuilder lines) {
        if (file.isEmpty() || lines.length() == 0) {
            return;
        }
        if (failing) {
            compact();
            return;
        }
        try {
            boolean fresh = !Files.exists(file.get());
            write(file.get(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (fresh) {
                sync();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private static void write(Path path, StringBuilder lines, StandardOpenOption... options)
            throws IOException {
        Set<StandardOpenOption> all = new LinkedHashSet<>(Set.of(options));
        all.add(StandardOpenOption.WRITE);
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        all,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private void sync() throws IOException {
        try (FileChannel folder =
                FileChannel.open(
                        file.get().toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private void failed(IOException e) {
        if (!failing) {
            LOG.warn(
                    "{} cannot be written: retained topics of people who are deleted before the"
                            + " next start may stay at the broker ({})",
                    file.get(),
                    e.toString());
        }
        failing = true;
    }
}
