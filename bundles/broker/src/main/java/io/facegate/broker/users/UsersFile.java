// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.users;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file of the broker's users: a line each, comments begin with {@code #}. Blank lines and
 * comments stay when it is changed.
 *
 * @param path where it is; it need not be there
 */
public record UsersFile(Path path) {
    public static final String NAME = "broker.users";
    private static final String HEAD =
            "# Who may log in at the gateway's MQTT broker: name:role:hash, made by 'facegate broker"
                    + " add'.\n# What a role may do is in broker.acl beside this file.";

    /**
     * The users by name, in the order of the file; none when there is no file.
     *
     * @throws IOException it cannot be read; the message names the line that is wrong
     */
    public Map<String, BrokerUser> read() throws IOException {
        Map<String, BrokerUser> users = new LinkedHashMap<>();
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            if (!comment(lines.get(i))) {
                BrokerUser user = user(lines.get(i), i + 1);
                if (users.put(user.name(), user) != null) {
                    throw new IOException(
                            "line " + (i + 1) + " of " + path + " names " + user.name() + " again");
                }
            }
        }
        return users;
    }

    /** Adds a user, or gives one another role and password. */
    public void put(BrokerUser user) throws IOException {
        List<String> lines = new ArrayList<>(lines());
        if (lines.isEmpty()) {
            lines.add(HEAD);
        }
        Optional<Integer> there = find(lines, user.name());
        if (there.isPresent()) {
            lines.set(there.get(), user.line());
        } else {
            lines.add(user.line());
        }
        write(lines);
    }

    /** Takes a user out; false when there is none of the name. */
    public boolean remove(String name) throws IOException {
        List<String> lines = new ArrayList<>(lines());
        Optional<Integer> there = find(lines, name);
        if (there.isEmpty()) {
            return false;
        }
        lines.remove(there.get().intValue());
        write(lines);
        return true;
    }

    private Optional<Integer> find(List<String> lines, String name) {
        for (int i = 0; i < lines.size(); i++) {
            if (!comment(lines.get(i)) && lines.get(i).strip().startsWith(name + ":")) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static boolean comment(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    private BrokerUser user(String line, int number) throws IOException {
        try {
            return BrokerUser.parse(line.strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "line " + number + " of " + path + " is wrong: " + e.getMessage(), e);
        }
    }

    private List<String> lines() throws IOException {
        return Files.exists(path) ? Files.readAllLines(path, StandardCharsets.UTF_8) : List.of();
    }

    /** In one step, and for its owner only. */
    private void write(List<String> lines) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(next);
        Files.createFile(
                next,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(next, lines, StandardCharsets.UTF_8);
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
