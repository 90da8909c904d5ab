// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.Distribution;
import io.facegate.testing.Machine;
import io.facegate.testing.Program;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every Java of this machine, 17 or newer: nothing of what it thinks of libraries gets among the
 * output of a command. Systems that have others are tried by {@code ./facegate test systems}.
 */
class JavaVersionsIT {
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("javas")
    void standardErrorOfCommandsIsClean(Path java) throws Exception {
        List<Path> faces = faces();
        String one = faces.get(0).toString();
        String other = faces.get(faces.size() - 1).toString();
        assertThat(command(java, "model", "list").err()).isEmpty();
        // the first archives its classes, the next one uses them
        for (int i = 0; i < 2; i++) {
            Program compare = command(java, "compare", "--json", one, other);
            assertThat(compare.err()).isEmpty();
            assertThat(compare.out()).singleElement().asString().startsWith("{");
        }
        assertThat(command(java, "people", "list", "--csv").err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void theGatewayAndItsCommandsAreClean(Path java) throws Exception {
        String camera = faces().get(0).getParent().toString();
        try (Program gateway =
                start(
                        java,
                        "run",
                        "--camera",
                        camera,
                        "--port",
                        String.valueOf(Machine.freePort()),
                        "--broker-port",
                        String.valueOf(Machine.freePort()))) {
            gateway.awaitOut(line -> line.contains(" new "), DEADLINE);
            assertThat(command(java, "people", "list", "--csv").err()).isEmpty();
            assertThat(gateway.out()).noneMatch(JavaVersionsIT::isOfJava);
            assertThat(gateway.err()).noneMatch(JavaVersionsIT::isOfJava);
        }
    }

    private static boolean isOfJava(String line) {
        return line.matches("(?i).*(\\bwarning\\b|sun\\.misc|exception|\\[(cds|jvm)).*");
    }

    private Program command(Path java, String... words) throws Exception {
        Program program = start(java, words);
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isZero();
        return program;
    }

    private Program start(Path java, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Distribution.program()));
        command.addAll(List.of(words));
        return Program.start(
                Map.of(
                        "JAVA_HOME",
                        java.toString(),
                        "HOME",
                        folder.toString(),
                        "FACEGATE_DATA",
                        folder.resolve("data").toString()),
                command);
    }

    private static List<Path> faces() throws IOException {
        try (Stream<Path> files = Files.walk(Distribution.folder().resolve("demo/people"))) {
            return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
        }
    }

    /** One of each version, and the one that runs the tests. */
    static List<Path> javas() throws IOException {
        SortedMap<Integer, Path> found = new TreeMap<>();
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (Stream<Path> homes = Files.list(usual)) {
                for (Path home : homes.sorted().toList()) {
                    found.put(version(home), home);
                }
            }
        }
        Path own = Path.of(System.getProperty("java.home"));
        found.put(Runtime.version().feature(), own);
        return List.copyOf(found.tailMap(17).values());
    }

    /** 0 where there is none. */
    private static int version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return 0;
        }
        Properties properties = new Properties();
        try (var in = Files.newInputStream(release)) {
            properties.load(in);
        }
        String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Integer.parseInt(version.split("[.+-]")[0]);
    }
}
