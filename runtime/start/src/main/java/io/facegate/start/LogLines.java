// SPDX-License-Identifier: Apache-2.0
package io.facegate.start;

import org.slf4j.event.Level;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Locale;

/**
 * Lines of a log: all in a file that several processes append to, the warnings on a terminal too. A
 * file that cannot be written is no reason to fail. Thread-safe.
 */
final class LogLines {
    private static final long LARGEST = 5_000_000;

    private final Path file;
    private final PrintStream terminal;

    /** Writes nothing yet. */
    LogLines(Path file, PrintStream terminal) {
        this.file = file;
        this.terminal = terminal;
    }

    /** Those of this process: {@code logs/command.log} in its data folder. */
    static LogLines ofProcess() {
        String data = System.getProperty("facegate.data", "facegate-data");
        return new LogLines(Path.of(data, "logs", "command.log"), System.err);
    }

    synchronized void write(Level level, String logger, String message, Throwable failure) {
        LocalDateTime now = LocalDateTime.now();
        String simple = logger.substring(logger.lastIndexOf('.') + 1);
        String thread = Thread.currentThread().getName();
        append(
                String.format(
                        Locale.ROOT,
                        "%tF %<tT.%<tL %-5s [%s] %s - %s%n%s",
                        now,
                        level,
                        thread,
                        simple,
                        message,
                        trace(failure)));
        if (level.toInt() >= Level.WARN.toInt()) {
            terminal.printf(Locale.ROOT, "%tT %-5s %s: %s%n", now, level, simple, message);
        }
    }

    private void append(String text) {
        try {
            if (Files.exists(file) && Files.size(file) > LARGEST) {
                Path older = file.resolveSibling("command.1.log");
                Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // the folder is full or gone; the command itself says so
            return;
        }
    }

    private static String trace(Throwable failure) {
        if (failure == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
