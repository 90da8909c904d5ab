// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.testing.Distribution;
import io.facegate.testing.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What only other systems can show, as it was seen there the last time. */
class SetupIT {
    @TempDir Path tree;

    @Test
    void everyPackageNamedToUsersIsInBothDebians() throws Exception {
        succeeds("packages.sh", "check");
    }

    @ParameterizedTest
    @ValueSource(strings = {"systems", "arm64"})
    void longTestSucceededWithTheFilesAsTheyAre(String test) throws Exception {
        assumeTrue(
                Files.exists(Distribution.repository().resolve("cnf/setup/stamps/" + test)),
                "skipped: ./facegate test " + test + " has not left its stamp yet");
        succeeds("stamps.sh", "check", test);
    }

    /** Bundle b is compiled with a; c with neither. */
    @ParameterizedTest
    @CsvSource({
        "bundles/a/src/main/java/A.java, bundles/c",
        "bundles/b/src/main/java/B.java, bundles/a bundles/c",
        "bundles/c/src/main/java/C.java, bundles/a bundles/b",
        "bundles/b/pom.xml, ''",
        "bundles/b/src/main/resources/x.txt, ''"
    })
    void onlyWhatChangedAndWhatUsesItIsCompiledAgain(String changed, String left) throws Exception {
        write(
                "pom.xml",
                "<module>bundles/a</module>\n<module>bundles/b</module>\n"
                        + "<module>bundles/c</module>\n");
        for (String name : List.of("a", "b", "c")) {
            String uses = name.equals("b") ? "<artifactId>io.x.a</artifactId>" : "";
            write(
                    "bundles/" + name + "/pom.xml",
                    "<parent><artifactId>p</artifactId></parent>\n  <artifactId>io.x."
                            + name
                            + "</artifactId>\n"
                            + uses);
            write("bundles/" + name + "/src/main/java/" + name.toUpperCase() + ".java", name);
            write("bundles/" + name + "/target/classes/x", "");
        }
        marks("inputs >\"$built_from\"");
        write(changed, "changed");
        marks("inputs >\"$built_from.new\"; mark_unchanged || true");
        try (Stream<Path> modules = Files.list(tree.resolve("bundles"))) {
            assertThat(
                            modules.filter(m -> Files.exists(m.resolve("target/unchanged")))
                                    .map(m -> tree.relativize(m).toString())
                                    .sorted()
                                    .collect(Collectors.joining(" ")))
                    .isEqualTo(left);
        }
    }

    /** The commands that the distribution's own help lists, and run, which is its launcher's. */
    @Test
    void everyCommandOfTheDistributionIsThereInTheSourceTree() throws Exception {
        List<String> commands = new ArrayList<>(List.of("run"));
        commandsIn(out("FACEGATE_DATA=$1 \"$2\" --help", tree.toString(), Distribution.program()))
                .forEach(commands::add);
        assertThat(commands).contains("people", "keys", "broker");

        // the entry point in a tree that is built
        write("runtime/target/facegate/bin/facegate", "#!/bin/sh\necho passed on \"$@\"\n");
        for (String part : List.of("say", "tools", "build", "pinned", "test", "benchmark")) {
            write("cnf/setup/" + part + ".sh", "");
        }
        write("cnf/setup/build.sh", "build_when_needed() { :; }\n");
        String entry = "cp \"$1/facegate\" \"$1/cnf/setup/say.sh\" .; mv say.sh cnf/setup;";
        List<String> words = new ArrayList<>(List.of(Distribution.repository().toString()));
        words.addAll(commands);
        assertThat(
                        out(
                                "cd "
                                        + tree
                                        + "; chmod +x runtime/target/facegate/bin/facegate; "
                                        + entry
                                        + " shift; for c; do ./facegate \"$c\" --x; done",
                                words.toArray(String[]::new)))
                .containsExactlyElementsOf(
                        commands.stream().map(c -> "passed on " + c + " --x").toList());
        assertThat(commandsIn(out("\"$1/facegate\" --help", Distribution.repository().toString())))
                .containsAll(commands);
    }

    /** Of a help text: the first words of lines that tell of a command. */
    private static Stream<String> commandsIn(List<String> help) {
        return help.stream()
                .filter(line -> line.matches("  [a-z]+  .*"))
                .map(line -> line.strip().split(" ")[0]);
    }

    private static List<String> out(String script, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", "-euc", script, "_"));
        command.addAll(List.of(words));
        Program program = Program.start(Map.of(), command);
        assertThat(program.awaitExit(Duration.ofMinutes(1))).as(program.transcript()).isZero();
        return program.out();
    }

    private void write(String name, String text) throws Exception {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void marks(String script) throws Exception {
        Path build = Distribution.repository().resolve("cnf/setup/build.sh");
        Files.createDirectories(tree.resolve("target"));
        Program program =
                Program.start(
                        Map.of(),
                        List.of(
                                "bash",
                                "-euc",
                                "root=$1 distribution=$1; source \"$2\"; " + script,
                                "_",
                                tree.toString(),
                                build.toString()));
        assertThat(program.awaitExit(Duration.ofMinutes(1))).as(program.transcript()).isZero();
    }

    private static void succeeds(String script, String... words) throws Exception {
        Path path = Distribution.repository().resolve("cnf/setup").resolve(script);
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(words));
        Program check = Program.start(Map.of(), command);
        assertThat(check.awaitExit(Duration.ofMinutes(1))).as(check.transcript()).isZero();
    }
}
