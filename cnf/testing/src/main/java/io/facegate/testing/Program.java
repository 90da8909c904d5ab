// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A running process whose output lines are kept; ended with the test. */
public final class Program implements AutoCloseable {
    private final Process process;
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    private Program(Process process) {
        this.process = process;
        readers.add(reader("out", process.getInputStream(), out));
        readers.add(reader("err", process.getErrorStream(), err));
    }

    /** Starts a process with more in its environment and nothing on standard input. */
    public static Program start(Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectInput(Path.of("/dev/null").toFile());
        return new Program(builder.start());
    }

    /** Starts a process with nothing on standard input. */
    public static Program start(String... command) throws IOException {
        return start(Map.of(), List.of(command));
    }

    private Thread reader(String name, InputStream stream, List<String> lines) {
        Thread thread = new Thread(() -> read(stream, lines), "test-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void read(InputStream stream, List<String> lines) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (this) {
                    lines.add(line);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The first line of standard output that fits, waiting for it. */
    public String awaitOut(Predicate<String> wanted, Duration deadline)
            throws InterruptedException {
        return await(out, wanted, deadline);
    }

    /** The first line of standard error that fits, waiting for it. */
    public String awaitErr(Predicate<String> wanted, Duration deadline)
            throws InterruptedException {
        return await(err, wanted, deadline);
    }

    private synchronized String await(
            List<String> lines, Predicate<String> wanted, Duration deadline)
            throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        int seen = 0;
        while (true) {
            for (; seen < lines.size(); seen++) {
                if (wanted.test(lines.get(seen))) {
                    return lines.get(seen);
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("no such line in " + deadline + "; " + transcript());
            }
            wait(Math.min(left, 200));
            if (!process.isAlive() && seen == lines.size() && !readersAlive()) {
                throw new AssertionError("the process ended without such a line; " + transcript());
            }
        }
    }

    private boolean readersAlive() {
        return readers.stream().anyMatch(Thread::isAlive);
    }

    /** What it has written to standard output so far. */
    public synchronized List<String> out() {
        return List.copyOf(out);
    }

    /** What it has written to standard error so far. */
    public synchronized List<String> err() {
        return List.copyOf(err);
    }

    /** Both, for the message of a failure. */
    public synchronized String transcript() {
        return "standard output:\n"
                + String.join("\n", out)
                + "\nstandard error:\n"
                + String.join("\n", err);
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end and gives the exit code. */
    public int awaitExit(Duration deadline) throws InterruptedException {
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + deadline + "; " + transcript());
        }
        for (Thread reader : readers) {
            reader.join(5000);
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
