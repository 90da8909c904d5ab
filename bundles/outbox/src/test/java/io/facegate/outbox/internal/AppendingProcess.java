// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import java.nio.file.Path;

/** Another process that appends and prints the id of each message once acknowledged. */
final class AppendingProcess {
    private AppendingProcess() {}

    public static void main(String[] args) throws Exception {
        try (SqliteOutbox outbox = SqliteOutboxTest.opened(Path.of(args[0]), 1_000_000)) {
            while (true) {
                System.out.println(outbox.append("events", "x".repeat(500)));
                System.out.flush();
            }
        }
    }

    static Process start(Path file, Path output) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        AppendingProcess.class.getName(),
                        file.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
