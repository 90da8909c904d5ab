// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.Distribution;
import io.facegate.testing.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How a command starts: with few bundles, and with the classes the first one archived. */
class CommandStartIT {
    private static final Duration DEADLINE = Duration.ofSeconds(120);

    @TempDir Path data;

    @Test
    void classesOfTheFirstCommandAreArchivedForTheNext() throws Exception {
        list();
        list();
        assertThat(archives()).singleElement().asString().endsWith(".jsa");
        assertThat(list("-Xlog:class+load")).anyMatch(line -> line.contains("shared objects file"));
    }

    @Test
    void damagedArchiveOnlyCostsTime() throws Exception {
        list();
        list();
        Path archive = archives().get(0);
        assertThat(archive.toFile().setWritable(true)).isTrue();
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.writeInt(0);
        }
        assertThat(list()).singleElement().asString().startsWith("NAME");
    }

    @Test
    void failedCommandArchivesNothing() throws Exception {
        Program failed = command("", "people", "rename", "nobody", "somebody");
        assertThat(failed.awaitExit(DEADLINE)).as(failed.transcript()).isNotZero();
        list();
        assertThat(archives()).noneMatch(file -> file.toString().endsWith(".jsa"));
    }

    @Test
    void commandsMayRunAtTheSameTime() throws Exception {
        List<Program> programs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            programs.add(command("", "people", "list"));
        }
        for (Program program : programs) {
            assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isZero();
            assertThat(program.out()).singleElement().asString().startsWith("NAME");
        }
        assertThat(left("command.")).isEmpty();
    }

    @Test
    void modelsOfDetectorsAreLoadedWhenAskedForOnly() throws Exception {
        recognize();
        assertThat(log()).contains("dlib-resnet-v1").doesNotContain("dlib-mmod-v1", "yunet-n");
        recognize("--detection-method", "yunet");
        assertThat(log()).contains("yunet-n").doesNotContain("dlib-mmod-v1");
        recognize("--detection-method", "cnn");
        assertThat(log()).contains("dlib-mmod-v1");
    }

    @Test
    void camerasAreLookedAtWithoutModels() throws Exception {
        Path demo = Distribution.folder().resolve("demo/demo.mp4");
        Program program = command("", "cameras", "--probe", demo.toString());
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isZero();
        assertThat(program.out()).contains("  video, h264, 640x480", "  a recording of 0:00:54");
        Path log = data.resolve("logs/command.log"); // which nothing may have been written to
        assertThat(Files.exists(log) ? log() : "").doesNotContain("dlib");
    }

    @Test
    void passwordOfACameraIsNotInTheProcessList() throws Exception {
        try (ServerSocket camera = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            camera.setSoTimeout((int) DEADLINE.toMillis());
            String url = "http://door:geheim@127.0.0.1:" + camera.getLocalPort() + "/a.mjpeg";
            try (Program program = command("", "recognize", "--camera", url)) {
                camera.accept().close();
                String arguments = Files.readString(Path.of("/proc/" + program.pid() + "/cmdline"));
                assertThat(arguments).contains("io.facegate.start").doesNotContain("geheim");
                program.terminate();
                program.awaitExit(DEADLINE);
            }
        }
    }

    private void recognize(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("recognize"));
        words.addAll(List.of(options));
        Path picture = Distribution.folder().resolve("demo/people/John Simm/000300_00470148.jpg");
        words.addAll(List.of("--image", picture.toString()));
        Program program = command("", words.toArray(String[]::new));
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isZero();
    }

    private List<String> list(String... javaOptions) throws Exception {
        Program program = command(String.join(" ", javaOptions), "people", "list");
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isZero();
        return Stream.concat(program.out().stream(), program.err().stream())
                .filter(line -> !line.isBlank())
                .toList();
    }

    private Program command(String javaOptions, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Distribution.program());
        command.addAll(List.of(words));
        return Program.start(
                Map.of(
                        "HOME",
                        data.toString(),
                        "FACEGATE_DATA",
                        data.toString(),
                        "JAVA_OPTS",
                        javaOptions),
                command);
    }

    private List<Path> archives() throws IOException {
        return left("classes-");
    }

    private List<Path> left(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("cache"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
        }
    }

    private String log() throws IOException {
        return Files.readString(data.resolve("logs/command.log"));
    }
}
