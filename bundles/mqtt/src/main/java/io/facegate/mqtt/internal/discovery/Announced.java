// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was ever announced and is not known to be forgotten: entities and cameras, on the disk
 * before they are announced, so that what goes while Home Assistant, the broker or the gateway is
 * away can be taken back. It has no names of people. A file of lines {@code platform id}; without a
 * file, in memory alone. For one thread.
 */
public final class Announced {
    private static final Logger LOG = LoggerFactory.getLogger(Announced.class);

    /** No platform of Home Assistant. */
    private static final String CAMERA = "-camera";

    private static final String PICTURE = "-picture";
    private static final String MESSAGE = "-message";

    private final Optional<Path> file;
    private final Map<String, String> entities = new TreeMap<>();

    /** Cameras with topics, those with a picture, and topics of messages. */
    private final Map<String, Set<String>> others = new TreeMap<>();

    private boolean failing;

    /**
     * @param file empty to keep it in memory
     */
    public Announced(Optional<Path> file) {
        this.file = file;
        List.of(CAMERA, PICTURE, MESSAGE).forEach(kind -> others.put(kind, new TreeSet<>()));
        file.filter(Files::exists).ifPresent(this::read);
    }

    /** Cameras whose topics a broker may have. */
    public Set<String> cameras() {
        return Set.copyOf(others.get(CAMERA));
    }

    /** Cameras of whose last face a broker may have a picture. */
    public Set<String> pictures() {
        return Set.copyOf(others.get(PICTURE));
    }

    /** A camera has topics from now on, or no longer. */
    public void camera(String id, boolean has) {
        note(CAMERA, id, has);
    }

    /** A broker has a picture of a camera from now on, or no longer. */
    public void picture(String camera, boolean has) {
        note(PICTURE, camera, has);
    }

    /** Platforms of the entities by their ids. */
    Map<String, String> entities() {
        return Map.copyOf(entities);
    }

    /** Topics of the messages. */
    Set<String> messages() {
        return Set.copyOf(others.get(MESSAGE));
    }

    /** These are announced, too, in messages on these topics. */
    void add(Map<String, String> more, Set<String> topics) {
        int before = entities.size() + others.get(MESSAGE).size();
        boolean changed = !entities.entrySet().containsAll(more.entrySet());
        entities.putAll(more);
        others.get(MESSAGE).addAll(topics);
        if (changed || before != entities.size() + others.get(MESSAGE).size()) {
            write();
        }
    }

    /** These are forgotten everywhere. */
    void remove(Set<String> ids, Set<String> topics) {
        if (entities.keySet().removeAll(ids) | others.get(MESSAGE).removeAll(topics)) {
            write();
        }
    }

    private void note(String kind, String id, boolean has) {
        if (has ? others.get(kind).add(id) : others.get(kind).remove(id)) {
            write();
        }
    }

    private void read(Path path) {
        try {
            for (String line : Files.readAllLines(path)) {
                int blank = line.indexOf(' ');
                if (blank > 0) {
                    String kind = line.substring(0, blank);
                    String id = line.substring(blank + 1);
                    if (others.containsKey(kind)) {
                        others.get(kind).add(id);
                    } else {
                        entities.put(id, kind);
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be read: entities of cameras and people that are gone may stay in"
                            + " Home Assistant, where they can be deleted ({})",
                    path,
                    e.toString());
        }
    }

    private void write() {
        if (file.isEmpty()) {
            return;
        }
        try {
            Path part = file.get().resolveSibling(file.get().getFileName() + ".part");
            Files.deleteIfExists(part);
            try (FileChannel channel =
                    FileChannel.open(
                            part,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(lines().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    part,
                    file.get(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn(
                        "{} cannot be written: entities of cameras and people that go before the"
                                + " next start may stay in Home Assistant ({})",
                        file.get(),
                        e.toString());
            }
            failing = true;
        }
    }

    private String lines() {
        StringBuilder lines = new StringBuilder();
        others.forEach((kind, ids) -> ids.forEach(id -> line(lines, kind, id)));
        entities.forEach((id, platform) -> line(lines, platform, id));
        return lines.toString();
    }

    private static void line(StringBuilder lines, String kind, String id) {
        lines.append(kind).append(' ').append(id).append('\n');
    }
}
