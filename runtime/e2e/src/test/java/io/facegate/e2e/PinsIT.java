// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.Distribution;
import io.facegate.testing.Program;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What is downloaded for the build is looked at before it is used: by a Maven of its own each. */
class PinsIT {
    private static final String NAME = "org/example/parts/1.0/parts-1.0.pom";

    @TempDir Path folder;
    private Path file;
    private Path list;
    private String wanted;

    @BeforeEach
    void projectThatTakesOneFile() throws Exception {
        file = folder.resolve("repository").resolve(NAME);
        list = folder.resolve("list");
        Files.createDirectories(file.getParent());
        Files.writeString(file, pom("parts", ""));
        Files.writeString(
                folder.resolve("pom.xml"),
                pom(
                        "whole",
                        "<dependencyManagement><dependencies><dependency>"
                                + "<groupId>org.example</groupId><artifactId>parts</artifactId>"
                                + "<version>1.0</version><type>pom</type><scope>import</scope>"
                                + "</dependency></dependencies></dependencyManagement>"));
        wanted = sha256(file);
        Files.writeString(list, "# a list\n" + wanted + "  " + NAME + "\n");
    }

    @Test
    void whatIsOnTheListIsUsed() throws Exception {
        assertThat(build()).contains("BUILD SUCCESS");
    }

    @Test
    void anAlteredFileEndsTheBuildAndIsNamed() throws Exception {
        Files.writeString(file, pom("parts", "<!-- altered -->"));
        assertThat(build())
                .contains(
                        file + " is not the file it is to be",
                        "wanted SHA-256 " + wanted,
                        "found " + sha256(file))
                .doesNotContain("BUILD SUCCESS");
    }

    @Test
    void whatIsNotOnTheListEndsTheBuild() throws Exception {
        Files.writeString(list, "# nothing\n");
        assertThat(build())
                .contains(NAME + " is not in the project's list", wanted)
                .doesNotContain("BUILD SUCCESS");
    }

    @Test
    void withoutTheListNothingIsBuilt() throws Exception {
        Files.delete(list);
        assertThat(build()).contains("NoSuchFile").doesNotContain("BUILD SUCCESS");
    }

    private String build() throws Exception {
        Path script = Distribution.repository().resolve("cnf/setup/pinned.sh");
        Program options =
                Program.start(
                        Map.of("JAVA_HOME", System.getProperty("java.home")),
                        List.of(script.toString()));
        assertThat(options.awaitExit(Duration.ofMinutes(1))).as(options.transcript()).isZero();
        List<String> words = new ArrayList<>(List.of("mvn", "-B", "-o"));
        options.transcript()
                .lines()
                .map(String::strip)
                .filter(l -> l.startsWith("-Dmaven.ext"))
                .forEach(words::add);
        assertThat(words).hasSize(4);
        words.add("-Dfacegate.pins=" + list);
        words.add("-Dmaven.repo.local=" + folder.resolve("repository"));
        words.addAll(List.of("-f", folder.resolve("pom.xml").toString(), "validate"));
        Program maven = Program.start(words.toArray(String[]::new));
        maven.awaitExit(Duration.ofMinutes(2));
        return maven.transcript();
    }

    private static String pom(String artifact, String more) {
        return "<project xmlns='http://maven.apache.org/POM/4.0.0'><modelVersion>4.0.0</modelVersion>"
                + "<groupId>org.example</groupId><artifactId>"
                + artifact
                + "</artifactId><version>1.0</version><packaging>pom</packaging>"
                + more
                + "</project>";
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
