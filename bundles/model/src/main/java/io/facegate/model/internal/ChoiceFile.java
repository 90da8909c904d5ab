// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import io.facegate.api.model.ModelChoice.Choice;
import io.facegate.api.model.ModelKey;

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
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The choice of an encoder on the disk: lines {@code in-use ID WEIGHTS}, {@code previous ID
 * WEIGHTS} and {@code declined ID WEIGHTS}. Replaced as a whole, so that after a power cut it says
 * what it said before or what it says now.
 */
final class ChoiceFile {
    private static final Logger LOG = LoggerFactory.getLogger(ChoiceFile.class);
    private static final Pattern LINE =
            Pattern.compile("(in-use|previous|declined) (\\S+) ([0-9a-f]{64})");

    private final Path path;

    ChoiceFile(Path path) {
        this.path = path;
    }

    /** What it says; nothing chosen when it is missing or cannot be read, which is told. */
    Choice read() {
        if (!Files.exists(path)) {
            return Choice.NONE;
        }
        try {
            Optional<ModelKey> inUse = Optional.empty();
            Optional<ModelKey> previous = Optional.empty();
            Set<ModelKey> declined = new LinkedHashSet<>();
            for (String line : Files.readAllLines(path)) {
                Matcher parts = LINE.matcher(line);
                if (!parts.matches()) {
                    throw new IOException("there is a line \"" + line + "\" in it");
                }
                ModelKey key = new ModelKey(parts.group(2), parts.group(3));
                switch (parts.group(1)) {
                    case "in-use" -> inUse = Optional.of(key);
                    case "previous" -> previous = Optional.of(key);
                    default -> declined.add(key);
                }
            }
            return new Choice(inUse, previous, declined);
        } catch (IOException e) {
            LOG.error(
                    "{} cannot be used: {}. The newest encoder is taken; choose another with facegate"
                            + " model use",
                    path,
                    e.getMessage());
            return Choice.NONE;
        }
    }

    /** Durable when it returns. */
    void write(Choice choice) throws IOException {
        StringBuilder lines = new StringBuilder();
        choice.inUse().ifPresent(key -> line(lines, "in-use", key));
        choice.previous().ifPresent(key -> line(lines, "previous", key));
        choice.declined().forEach(key -> line(lines, "declined", key));
        Path folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = folder.resolve(path.getFileName() + "." + ProcessHandle.current().pid());
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            part,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                ByteBuffer bytes =
                        ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    part,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }

    private static void line(StringBuilder lines, String what, ModelKey key) {
        lines.append(what).append(' ').append(key.id()).append(' ').append(key.weights());
        lines.append('\n');
    }
}
