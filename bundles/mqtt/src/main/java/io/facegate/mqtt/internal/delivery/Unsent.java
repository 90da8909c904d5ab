// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Events on their way from the pipeline to the broker or the outbox, in a file, so that none is
 * lost when the process is killed. It is not synced and mostly empty again before the system would
 * write it to the disk: what a power cut takes of it are the last moments. Thread-safe.
 */
public final class Unsent {
    /** The file's name in the data folder. */
    public static final String NAME = "mqtt.unsent";

    private static final Logger LOG = LoggerFactory.getLogger(Unsent.class);
    private static final long MOST_BYTES = 4L << 20;

    private final Optional<Path> path;
    private final Map<Long, String> pending = new LinkedHashMap<>();
    private List<String> left = List.of();
    private LineFile file;

    /**
     * @param path empty to lose what is on its way with the process
     */
    public Unsent(Optional<Path> path) {
        this.path = path;
        path.ifPresent(this::open);
    }

    private void open(Path at) {
        try {
            if (Files.exists(at)) {
                List<String> whole = new ArrayList<>();
                LineFile.read(
                        at,
                        line -> {
                            if (line.startsWith("{") && line.endsWith("}")) {
                                whole.add(line);
                            }
                        });
                left = whole;
            }
            file = LineFile.open(at);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** What the process before left. */
    synchronized List<String> left() {
        return left;
    }

    /** What the process before left is kept elsewhere by now. */
    synchronized void leftIsKept() {
        left = List.of();
        rewrite();
    }

    /** An event begins its way; the file has it when this returns. */
    public synchronized void add(long sequence, String json) {
        if (file == null) {
            return;
        }
        pending.put(sequence, json);
        append(json);
        if (file != null && file.bytes() > MOST_BYTES) {
            rewrite();
        }
    }

    /** Events have ended it: acknowledged, in the outbox or dropped. */
    public synchronized void settled(Collection<Long> sequences) {
        boolean any = pending.keySet().removeAll(Set.copyOf(sequences));
        if (any && pending.isEmpty() && left.isEmpty()) {
            rewrite();
        }
    }

    /** Takes out what is about a person. */
    synchronized int erase(UUID person) {
        int before = pending.size() + left.size();
        String id = person.toString();
        pending.values().removeIf(json -> json.contains(id));
        left = left.stream().filter(json -> !json.contains(id)).toList();
        int erased = before - pending.size() - left.size();
        if (erased > 0) {
            rewrite();
        }
        return erased;
    }

    private void rewrite() {
        if (file == null) {
            return;
        }
        try {
            file.clear();
        } catch (IOException e) {
            failed(e);
            return;
        }
        left.forEach(this::append);
        pending.values().forEach(this::append);
    }

    private void append(String json) {
        if (file == null) {
            return;
        }
        try {
            file.append(json);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Closes the file; what is in it stays. */
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                failed(e);
            }
            file = null;
        }
    }

    private void failed(IOException e) {
        LOG.warn(
                "{} cannot be used ({}): events on their way are lost if the gateway is killed.",
                path.map(Path::toString).orElse(""),
                e.getMessage());
        file = null;
        pending.clear();
    }
}
