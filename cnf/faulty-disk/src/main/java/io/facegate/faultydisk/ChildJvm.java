// SPDX-License-Identifier: Apache-2.0
package io.facegate.faultydisk;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Java process of its own, with the class path of the test, that talks in lines. Started for a
 * short life: a small heap, the first compiler only, SQLite's library not extracted anew.
 */
public final class ChildJvm implements AutoCloseable {
    /** What the shell calls the exit code of a process that SIGKILL ended. */
    public static final int KILLED = 137;

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final BufferedReader lines;

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts the main method of a class.
     *
     * @param environment is added to the test's own
     * @param errors file for standard error
     */
    public static ChildJvm start(
            Class<?> main, Path errors, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Xmx128m",
                        "-Djava.awt.headless=true"));
        command.addAll(SqliteLibrary.properties());
        command.add("-cp");
        command.add(classPath());
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start(), errors);
    }

    private static String classPath() {
        return String.join(
                File.pathSeparator,
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
    }

    /** Writes a line to its standard input. */
    public void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** The next line of its standard output; blocks, null at its end. */
    public String line() throws IOException {
        return lines.readLine();
    }

    /** Sends SIGKILL and waits for the end. */
    public void kill() throws InterruptedException {
        // Process.destroyForcibly would close the pipe with what is left in it.
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** Waits for the end; kills a process that hangs. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the process did not end; it said: " + errors());
        }
        return process.exitValue();
    }

    /**
     * The lines left in the pipe of a process that ended. A line of up to 4096 bytes that was
     * written at once is whole or not there (pipe(7), PIPE_BUF).
     */
    public List<String> rest() throws IOException {
        List<String> rest = new ArrayList<>();
        for (String line = line(); line != null; line = line()) {
            rest.add(line);
        }
        return rest;
    }

    /** What it wrote to standard error. */
    public String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
