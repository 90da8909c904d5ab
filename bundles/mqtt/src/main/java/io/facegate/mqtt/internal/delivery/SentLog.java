// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Events that a broker acknowledged of late, in a file and the one before it, a line each: a broker
 * that dies may lose what it has not saved. Bounded by size and age, not synced. For one thread.
 */
final class SentLog {
    /** The file's name in the data folder; the one before it has {@code .old} behind it. */
    static final String NAME = "mqtt.sent";

    private static final Logger LOG = LoggerFactory.getLogger(SentLog.class);

    private final Optional<Path> path;
    private final long keepMillis;
    private final long mostBytes;
    private LineFile file;
    private long first;
    private long last;

    /**
     * One event.
     *
     * @param mark in the order they were acknowledged, about milliseconds since 1970; those
     *     acknowledged together have the same
     * @param broker which acknowledged it
     */
    record Entry(long mark, String broker, String json) {
        private static Optional<Entry> of(String line) {
            String[] parts = line.split(" ", 3);
            return parts.length == 3
                            && parts[0].matches("[0-9]{1,18}")
                            && parts[2].startsWith("{")
                            && parts[2].endsWith("}")
                    ? Optional.of(new Entry(Long.parseLong(parts[0]), parts[1], parts[2]))
                    : Optional.empty();
        }

        private String line() {
            return mark + " " + broker + " " + json;
        }
    }

    /**
     * @param path empty to keep nothing
     * @param keepMillis how long events are kept
     * @param mostBytes of a file
     */
    SentLog(Optional<Path> path, long keepMillis, long mostBytes) {
        this.path = keepMillis > 0 ? path : Optional.empty();
        this.keepMillis = keepMillis;
        this.mostBytes = mostBytes;
        if (keepMillis <= 0) {
            path.ifPresent(this::delete);
        }
        this.path.ifPresent(this::open);
    }

    private void open(Path at) {
        try {
            read(
                    entry -> true,
                    entry -> {
                        first = first == 0 ? entry.mark() : first;
                        last = Math.max(last, entry.mark());
                    });
            file = LineFile.open(at);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** The highest mark; 0 when there is nothing. */
    long last() {
        return last;
    }

    /** Whether anything can be kept. */
    boolean usable() {
        return file != null;
    }

    /** Keeps events, with one mark for all. */
    void add(long mark, String broker, List<String> jsons) {
        if (file == null || jsons.isEmpty()) {
            return;
        }
        try {
            if (file.bytes() > mostBytes || first > 0 && mark - first > keepMillis) {
                rotate();
            }
            file.append(
                    jsons.stream()
                            .map(json -> new Entry(mark, broker, json).line())
                            .collect(Collectors.joining("\n")));
            first = first == 0 ? mark : first;
            last = Math.max(last, mark);
        } catch (IOException e) {
            failed(e);
        }
    }

    private void rotate() throws IOException {
        file.close();
        Files.move(path.get(), old(path.get()), StandardCopyOption.REPLACE_EXISTING);
        file = LineFile.open(path.get());
        first = 0;
    }

    /** Lets go of what is too old, files as a whole. */
    void expire(long now) {
        if (file == null || last == 0 || now - last <= keepMillis) {
            return;
        }
        try {
            Files.deleteIfExists(old(path.get()));
            file.clear();
            first = 0;
            last = 0;
        } catch (IOException e) {
            failed(e);
        }
    }

    /**
     * What a broker acknowledged after a mark, in order.
     *
     * @param now marks of before the time that is kept are left out
     */
    List<Entry> after(long mark, String broker, long now) {
        List<Entry> found = new ArrayList<>();
        if (file != null && last > mark) {
            try {
                read(
                        entry ->
                                entry.mark() > mark
                                        && entry.broker().equals(broker)
                                        && now - entry.mark() <= keepMillis,
                        found::add);
            } catch (IOException e) {
                failed(e);
            }
        }
        return found;
    }

    /** Takes out what is about a person. */
    int erase(UUID person) throws IOException {
        if (file == null) {
            return 0;
        }
        int erased = 0;
        String id = person.toString();
        for (Path each : List.of(old(path.get()), path.get())) {
            if (!Files.exists(each)) {
                continue;
            }
            List<String> lines = new ArrayList<>();
            LineFile.read(each, lines::add);
            List<String> others = lines.stream().filter(line -> !line.contains(id)).toList();
            if (others.size() < lines.size()) {
                erased += lines.size() - others.size();
                Files.write(
                        each,
                        others,
                        StandardCharsets.UTF_8,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.SYNC);
            }
        }
        file.close();
        file = LineFile.open(path.get());
        return erased;
    }

    private void read(Predicate<Entry> wanted, Consumer<Entry> to) throws IOException {
        for (Path each : List.of(old(path.get()), path.get())) {
            if (Files.exists(each)) {
                LineFile.read(each, line -> Entry.of(line).filter(wanted).ifPresent(to));
            }
        }
    }

    private static Path old(Path path) {
        return path.resolveSibling(path.getFileName() + ".old");
    }

    private void delete(Path at) {
        try {
            Files.deleteIfExists(at);
            Files.deleteIfExists(old(at));
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", at, e.getMessage());
        }
    }

    void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                failed(e);
            }
            file = null;
        }
    }

    private void failed(Exception e) {
        LOG.warn(
                "{} cannot be used ({}): what a broker that dies has acknowledged and not saved is"
                        + " lost.",
                path.map(Path::toString).orElse(""),
                e.getMessage());
        file = null;
    }
}
