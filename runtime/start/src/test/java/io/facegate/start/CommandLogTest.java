// SPDX-License-Identifier: Apache-2.0
package io.facegate.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class CommandLogTest {
    @TempDir private Path folder;
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    @Test
    void isFoundBySlf4j() {
        assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(CommandLog.class);
    }

    @Test
    void allGoesToTheFileAndWarningsToTheTerminal() throws IOException {
        Logger logger = logger("io.facegate.Door");
        logger.info("{} people", 4);
        logger.warn("no {}", "light", new IllegalStateException("dark"));
        assertThat(Files.readString(folder.resolve("command.log")))
                .containsPattern("INFO  \\[main\\] Door - 4 people\n")
                .contains("Door - no light")
                .contains("IllegalStateException: dark");
        assertThat(shown()).contains("WARN  Door: no light").doesNotContain("people", "dark");
    }

    @Test
    void levelsAreThoseOfTheGateway() {
        assertThat(LogLevels.of("io.facegate.Door")).isEqualTo(Level.INFO);
        assertThat(LogLevels.of("org.bytedeco.javacpp.Loader")).isEqualTo(Level.ERROR);
        assertThat(LogLevels.of("org.apache.felix.scr")).isEqualTo(Level.WARN);
        assertThat(logger("org.apache.felix.scr").isInfoEnabled()).isFalse();
    }

    @Test
    void missingFolderLosesTheFileOnly() {
        folder = folder.resolve("gone");
        logger("io.facegate.Door").warn("shut");
        assertThat(shown()).contains("WARN  Door: shut");
    }

    @Test
    void largeFileIsPutAside() throws IOException {
        Path file = folder.resolve("command.log");
        Files.write(file, new byte[5_000_001]);
        logger("io.facegate.Door").info("open");
        assertThat(Files.size(folder.resolve("command.1.log"))).isEqualTo(5_000_001);
        assertThat(Files.readString(file)).endsWith("Door - open\n");
    }

    private Logger logger(String name) {
        LogLines lines =
                new LogLines(
                        folder.resolve("command.log"),
                        new PrintStream(terminal, true, StandardCharsets.UTF_8));
        return new LineLogger(name, LogLevels.of(name), lines);
    }

    private String shown() {
        return terminal.toString(StandardCharsets.UTF_8);
    }
}
