// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.users;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of what roles may do. {@code role NAME} begins a role; {@code read FILTER}, {@code write
 * FILTER} and {@code readwrite FILTER} belong to the one before. {@code %u} is the user's name.
 *
 * @param path where it is; while it is not there {@link #DEFAULT} holds
 */
public record AclFile(Path path) {
    public static final String NAME = "broker.acl";

    /** What holds without a file. */
    public static final String DEFAULT =
            """
            # What the roles of the gateway's MQTT broker may do; taken over while it runs.
            # %u is the name of the user. Whatever is not named is refused.

            # a gateway, whose user is called like its id (facegate status shows it)
            role gateway
            readwrite +/%u/#
            write homeassistant/+/facegate-%u/#
            read homeassistant/+/facegate-%u/#
            read homeassistant/status

            # may look on
            role viewer
            read #

            # may look on and give orders; for Home Assistant, too
            role commander
            read #
            write +/+/cmd/#
            write +/+/+/set
            write +/+/+/+/set
            write homeassistant/status

            # everything
            role admin
            readwrite #
            """;

    /**
     * The roles by name.
     *
     * @throws IOException it cannot be read; the message names the line that is wrong
     */
    public Map<String, List<TopicRule>> read() throws IOException {
        return Files.exists(path)
                ? parse(Files.readAllLines(path, StandardCharsets.UTF_8))
                : parse(DEFAULT.lines().toList());
    }

    /** Writes down what holds without a file, for people to change; false when there is one. */
    public boolean writeDefault() throws IOException {
        if (Files.exists(path)) {
            return false;
        }
        Files.writeString(path, DEFAULT);
        return true;
    }

    private Map<String, List<TopicRule>> parse(List<String> lines) throws IOException {
        Map<String, List<TopicRule>> roles = new LinkedHashMap<>();
        List<TopicRule> rules = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("# ") || line.equals("#")) {
                continue;
            }
            String[] words = line.split("\\s+", 2);
            if (words.length == 2 && words[0].equals("role")) {
                rules = roles.computeIfAbsent(words[1], name -> new ArrayList<>());
                continue;
            }
            try {
                if (words.length != 2 || rules == null) {
                    throw new IllegalArgumentException(
                            "lines are 'role NAME', then 'read FILTER', 'write FILTER',"
                                    + " 'readwrite FILTER'");
                }
                rules.add(TopicRule.of(words[0], words[1]));
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        "line " + (i + 1) + " of " + path + " is wrong: " + e.getMessage(), e);
            }
        }
        return roles;
    }
}
