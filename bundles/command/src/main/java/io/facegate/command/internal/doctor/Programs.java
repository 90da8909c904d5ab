// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs programs of the system: what hangs or crashes does so in a process of its own. */
public class Programs {
    private static final int LONGEST_OUTPUT = 4 << 20;
    static final int TIMED_OUT = 124;

    /**
     * How a program ended.
     *
     * @param code its exit code; 124 when it took too long
     * @param text what it printed, messages among it
     */
    public record Ended(int code, String text) {
        public boolean well() {
            return code == 0;
        }

        /** The last line that says something. */
        public String lastLine() {
            List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
        }
    }

    /**
     * Runs a program in English; blocks until it ended.
     *
     * @param longest after which it is ended
     * @return empty when there is no such program
     */
    public Optional<Ended> run(Duration longest, String... words) {
        return run(longest, Map.of(), List.of(words));
    }

    /** The same with variables of the environment. */
    public Optional<Ended> run(
            Duration longest, Map<String, String> variables, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(variables);
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            return Optional.empty();
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Thread reader = new Thread(() -> read(process.getInputStream(), output));
        reader.setName("facegate-program-output");
        reader.setDaemon(true);
        reader.start();
        try {
            boolean ended = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                endAll(process);
            }
            reader.join(1000);
            return Optional.of(new Ended(ended ? process.exitValue() : TIMED_OUT, text(output)));
        } catch (InterruptedException e) {
            endAll(process);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void endAll(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static void read(InputStream in, ByteArrayOutputStream output) {
        byte[] chunk = new byte[8192];
        try (in) {
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                synchronized (output) {
                    if (output.size() < LONGEST_OUTPUT) {
                        output.write(chunk, 0, length);
                    }
                }
            }
        } catch (IOException e) {
            return; // it was ended
        }
    }

    private static String text(ByteArrayOutputStream output) {
        synchronized (output) {
            return output.toString(StandardCharsets.UTF_8);
        }
    }
}
