// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.status.Condition;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Numbers of events, unique and rising over restarts and power cuts: the file holds the first
 * number not reserved; a block is reserved durably before any of it is used, and what is left of it
 * at the end is never used. When the file cannot be written, numbers go on from memory.
 * Thread-safe.
 */
final class EventSequence {
    private static final Logger log = LoggerFactory.getLogger(EventSequence.class);
    private static final int BLOCK = 1000;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path file;
    private long next = 1;
    private long reserved = 1;
    private long triedAt;
    private Optional<String> problem = Optional.empty();

    EventSequence(Path file) {
        this.file = file;
    }

    /** The next number. The first one, and each thousandth, waits for the disk. */
    synchronized long next() {
        boolean retry = problem.isPresent() && System.nanoTime() - triedAt >= RETRY_NANOS;
        if (next >= reserved || retry) {
            reserve();
        }
        return next++;
    }

    /** What is wrong; empty when nothing is. */
    synchronized Optional<Condition> condition() {
        return problem.map(p -> new Condition("pipeline/sequence", Condition.Level.DEGRADED, p));
    }

    private void reserve() {
        triedAt = System.nanoTime();
        try {
            next = Math.max(next, stored());
            write(next + BLOCK);
            reserved = next + BLOCK;
            if (problem.isPresent()) {
                log.info("event numbers are kept in {} again", file);
                problem = Optional.empty();
            }
        } catch (IOException e) {
            reserved = next + BLOCK;
            if (problem.isEmpty()) {
                problem =
                        Optional.of(
                                "event numbers cannot be kept in "
                                        + file
                                        + " ("
                                        + e
                                        + "): they may repeat after a restart; free space or"
                                        + " correct the folder's rights");
                log.warn(problem.get());
            }
        }
    }

    /**
     * The first number not reserved. From a damaged file the time of day in milliseconds, which is
     * above any number counted.
     */
    private long stored() throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            return 1;
        }
        if (text.matches("[1-9][0-9]{0,15}")) {
            return Long.parseLong(text);
        }
        long now = System.currentTimeMillis();
        log.warn("{} is damaged: event numbers go on from {}", file, now);
        return now;
    }

    private void write(long value) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = folder.resolve(file.getFileName() + ".new");
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            out.write((value + "\n").getBytes(StandardCharsets.ISO_8859_1));
            out.getFD().sync();
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
