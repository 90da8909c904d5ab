// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import io.facegate.testing.Distribution;
import io.facegate.testing.Program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The built distribution's own {@code bin/facegate}. */
final class Gateway {
    private Gateway() {}

    /** Starts {@code facegate run} with a data folder and further options. */
    static Program run(Path data, String... options) throws IOException {
        List<String> command = command("run", "--data", data.toString());
        command.addAll(List.of(options));
        return Program.start(Map.of("HOME", data.toString()), command);
    }

    /** Allows these commands by MQTT, besides which only {@code set} is obeyed. */
    static void allow(Path data, String... commands) throws IOException {
        Files.writeString(
                Files.createDirectories(data.resolve("conf"))
                        .resolve("io.facegate.mqtt.commands.config"),
                "allow=[\"set\",\"" + String.join("\",\"", commands) + "\"]\n");
    }

    /** Starts a command. */
    static Program start(Path data, String... words) throws IOException {
        return Program.start(
                Map.of("HOME", data.toString(), "FACEGATE_DATA", data.toString()), command(words));
    }

    /** Runs a command to its end. */
    static Program command(Path data, Duration deadline, String... words)
            throws IOException, InterruptedException {
        Program program = start(data, words);
        program.awaitExit(deadline);
        return program;
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Distribution.program());
        command.addAll(List.of(words));
        return command;
    }
}
