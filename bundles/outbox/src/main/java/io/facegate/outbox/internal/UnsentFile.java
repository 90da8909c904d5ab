// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * The publisher's file of events that were on their way when the gateway was killed: a line each.
 * They go to the outbox at its next start, and what is said of the outbox holds for them.
 */
final class UnsentFile {
    static final String NAME = "mqtt.unsent";

    /** Those that the broker acknowledged of late, beside it. */
    static final List<String> SENT = List.of("mqtt.sent", "mqtt.sent.old");

    private UnsentFile() {}

    /** Takes out the lines that name a person; for when no publisher runs. */
    static int erase(Path file, UUID person) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        List<String> others =
                lines.stream().filter(line -> !line.contains(person.toString())).toList();
        if (others.size() < lines.size()) {
            Files.write(
                    file,
                    others,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
        }
        return lines.size() - others.size();
    }
}
