// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import io.facegate.api.outbox.OutboxMessage;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Another process that appends numbered messages and delivers some, and writes before each change
 * what it is about to do, and after it that it was done.
 */
final class QueueingProcess {
    static final String APPEND = "+";
    static final String DELIVER = "-";
    static final String DONE = "done";

    private QueueingProcess() {}

    /**
     * @param args the outbox's file, the seed, the number of changes, the file for the lines
     */
    public static void main(String[] args) throws Exception {
        Random random = new Random(Long.parseLong(args[1]));
        int changes = Integer.parseInt(args[2]);
        try (SqliteOutbox outbox = SqliteOutboxTest.opened(Path.of(args[0]), 1_000_000);
                OutputStream lines = new FileOutputStream(args[3])) {
            for (int i = 0; i < changes; i++) {
                List<OutboxMessage> oldest = outbox.oldest(1 + random.nextInt(3));
                if (random.nextInt(3) > 0 || oldest.isEmpty()) {
                    say(lines, APPEND + i);
                    outbox.append("events", i + " " + "x".repeat(random.nextInt(6000)));
                } else {
                    OutboxMessage last = oldest.get(oldest.size() - 1);
                    say(lines, DELIVER + number(last));
                    outbox.delivered(last.id());
                }
                say(lines, DONE);
            }
        }
    }

    static int number(OutboxMessage message) {
        return Integer.parseInt(message.payload().substring(0, message.payload().indexOf(' ')));
    }

    private static void say(OutputStream lines, String line) throws IOException {
        lines.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
