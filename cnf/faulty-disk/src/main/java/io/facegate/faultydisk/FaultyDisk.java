// SPDX-License-Identifier: Apache-2.0
package io.facegate.faultydisk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A folder whose disk loses what was not synced, and fails when told to: for processes started with
 * {@link #environment}, by a library between them and the C library. See {@code faulty_disk.c}.
 */
public final class FaultyDisk {
    /** Of the control file of {@code faulty_disk.c}. */
    static final int CONTROL_BYTES = 32;

    private static final String SOURCE = "faulty_disk.c";
    private static Path library;

    private final Path folder;
    private final Path trace;
    private final Path control;
    private final DiskState before;
    private List<DiskEvent> events = List.of();

    /**
     * @param folder exists; what is in it is durable
     * @param scratch exists, is another folder
     * @throws IllegalStateException when {@link #missing} says why
     */
    public FaultyDisk(Path folder, Path scratch) throws IOException {
        this.folder = folder.toRealPath();
        this.before = new DiskState(this.folder);
        this.trace = Files.createTempFile(scratch, "trace", "");
        this.control = Files.createTempFile(scratch, "control", "");
        Files.write(control, new byte[CONTROL_BYTES]);
        new DiskFaults(control).none();
        library();
    }

    /** Why there can be no such disk on this machine; empty when there can. */
    public static Optional<String> missing() throws IOException {
        try {
            library();
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static synchronized Path library() throws IOException {
        if (library == null) {
            Path made = Files.createTempDirectory("facegate-disk-");
            made.toFile().deleteOnExit();
            Path source = made.resolve(SOURCE);
            Path result = made.resolve("libfaultydisk.so");
            source.toFile().deleteOnExit();
            try (InputStream text = FaultyDisk.class.getResourceAsStream(SOURCE)) {
                Files.copy(text, source);
            }
            compile(source, result);
            result.toFile().deleteOnExit();
            library = result;
        }
        return library;
    }

    private static void compile(Path source, Path result) throws IOException {
        Process compiler;
        try {
            compiler =
                    new ProcessBuilder(
                                    "cc",
                                    "-shared",
                                    "-fPIC",
                                    "-O1",
                                    "-o",
                                    result.toString(),
                                    source.toString(),
                                    "-ldl",
                                    "-lpthread")
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            throw new IllegalStateException("there is no C compiler (cc)", e);
        }
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (compiler.waitFor() != 0) {
                throw new AssertionError(SOURCE + " was not compiled: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The folder, without symbolic links: processes must name it like this. */
    public Path folder() {
        return folder;
    }

    /** What a process that works on this disk is started with; one process at a time. */
    public Map<String, String> environment() throws IOException {
        return Map.of(
                "LD_PRELOAD",
                library().toString(),
                "FACEGATE_DISK_FOLDER",
                folder.toString(),
                "FACEGATE_DISK_TRACE",
                trace.toString(),
                "FACEGATE_DISK_CONTROL",
                control.toString());
    }

    /** The file by which {@link DiskFaults} tells the library to fail. */
    public Path control() {
        return control;
    }

    /**
     * Reads what the process did, once it ended.
     *
     * @return number of calls recorded: a power cut may come after 0 to this many
     */
    public int finished() throws IOException {
        events = DiskEvent.read(trace);
        return events.size();
    }

    /** The numbers of calls right after each write that begins with a text. */
    public List<Integer> after(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, events.size())
                .filter(i -> events.get(i).writes(bytes))
                .mapToObj(i -> i + 1)
                .toList();
    }

    /** What processes read of a file after a number of calls. */
    public byte[] content(String name, int calls) throws IOException {
        return at(calls, new Random(0)).current(name);
    }

    /** Names of the files there were after a number of calls, relative to the folder. */
    public List<String> names(int calls) throws IOException {
        return at(calls, new Random(0)).names();
    }

    /** Writes what a power cut after a number of calls leaves into an empty folder. */
    public void cut(int calls, Loss loss, Random random, Path image) throws IOException {
        at(calls, random).leave(image, loss);
    }

    private DiskState at(int calls, Random random) {
        DiskState state = before.copy(random);
        events.subList(0, calls).forEach(state::apply);
        return state;
    }
}
