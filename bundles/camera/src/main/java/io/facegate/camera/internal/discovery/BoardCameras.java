// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import io.facegate.api.camera.CameraDiscovery.Search;
import io.facegate.api.camera.CameraMode;
import io.facegate.api.camera.FoundCamera;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cameras {@code rpicam-apps} knows, as {@code rpicam-hello --list-cameras} prints them. */
public final class BoardCameras {
    /** Where to get what is missing. */
    public static final String PACKAGE = "install the package rpicam-apps-lite (Raspberry Pi OS)";

    private static final List<String> PROGRAMS =
            List.of("rpicam-hello", "libcamera-hello", "rpicam-vid", "libcamera-vid");
    private static final int ANSWER_SECONDS = 20;

    private static final Pattern CAMERA =
            Pattern.compile(
                    "\\s*(\\d{1,3})\\s*:\\s*(.+?)\\s*(?:\\[[^]]*])?\\s*(?:\\((.*)\\))?\\s*");
    private static final Pattern FORMAT_OR_SIZE =
            Pattern.compile(
                    "'([^']+)'\\s*:|(\\d{2,5})x(\\d{2,5})(?:\\s*[\\[(](\\d+(?:\\.\\d+)?) fps)?");
    private static final Pattern CROP = Pattern.compile("\\(-?\\d+, -?\\d+\\)/\\d+x\\d+");

    private final String path;
    private final Consumer<Process> started;

    /** {@code path}: folders with programs, as in the environment variable PATH. */
    public BoardCameras(String path) {
        this(path, process -> {});
    }

    /**
     * The same for who may not want to wait for the answer.
     *
     * @param started gets the program that is waited for, and may end it
     */
    public BoardCameras(String path, Consumer<Process> started) {
        this.path = path;
        this.started = started;
    }

    /**
     * A program in these folders.
     *
     * @param names in the order of preference
     */
    public static Optional<Path> program(String path, List<String> names) {
        for (String name : names) {
            for (String folder : path.split(Pattern.quote(File.pathSeparator))) {
                Path file = Path.of(folder.isEmpty() ? "." : folder, name);
                if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    /** Asks the program; without it nothing is found. */
    public Search<FoundCamera> search() {
        Optional<Path> program = program(path, PROGRAMS);
        if (program.isEmpty()) {
            return new Search<>(
                    List.of(),
                    "rpicam: rpicam-hello is not installed; for a camera of the board " + PACKAGE);
        }
        String name = program.get().getFileName().toString();
        try {
            List<FoundCamera> found = read(output(program.get()));
            return new Search<>(
                    found,
                    "rpicam: " + name + (found.isEmpty() ? " sees no camera" : " was asked"));
        } catch (IOException e) {
            return new Search<>(List.of(), "rpicam: " + name + " " + e.getMessage());
        }
    }

    private String output(Path program) throws IOException {
        Path answer = Files.createTempFile("cameras", ".txt");
        try {
            return output(program, answer);
        } finally {
            Files.delete(answer);
        }
    }

    private String output(Path program, Path answer) throws IOException {
        Process process =
                new ProcessBuilder(program.toString(), "--list-cameras")
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(answer.toFile())
                        .redirectError(new File("/dev/null"))
                        .start();
        try {
            started.accept(process);
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("did not answer within " + ANSWER_SECONDS + " s");
            }
            return Files.readString(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("was not waited for");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Reads the forms of all releases since 2021. */
    static List<FoundCamera> read(String answer) {
        List<FoundCamera> found = new ArrayList<>();
        List<String> lines = answer.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher camera = CAMERA.matcher(lines.get(i));
            if (camera.matches()) {
                int end = i + 1;
                while (end < lines.size() && !CAMERA.matcher(lines.get(end)).matches()) {
                    end++;
                }
                found.add(
                        new FoundCamera(
                                "rpicam:" + Integer.parseInt(camera.group(1)),
                                camera.group(2),
                                camera.group(3) == null ? "" : camera.group(3),
                                modes(lines.subList(i + 1, end)),
                                ""));
            }
        }
        return found;
    }

    private static List<CameraMode> modes(List<String> lines) {
        List<CameraMode> modes = new ArrayList<>();
        String format = "";
        for (String line : lines) {
            Matcher word = FORMAT_OR_SIZE.matcher(CROP.matcher(line).replaceAll(""));
            while (word.find()) {
                if (word.group(1) != null) {
                    format = word.group(1);
                } else if (!format.isEmpty()) {
                    modes.add(
                            new CameraMode(
                                    format,
                                    Integer.parseInt(word.group(2)),
                                    Integer.parseInt(word.group(3)),
                                    word.group(4) == null
                                            ? List.of()
                                            : List.of(Double.valueOf(word.group(4)))));
                }
            }
        }
        return modes;
    }
}
