// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.Terminal;
import io.facegate.configuration.file.Versions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

class ConfigCommandTest {
    private static final String FRONT = "io.facegate.camera-front.config";

    @TempDir Path data;
    private final FakeParts parts = new FakeParts();

    @BeforeEach
    void keepVersions() throws Exception {
        parts.data = data;
        Versions versions = new Versions(data);
        versions.keep(FRONT, "# c\nlocation=\"rtsp://u:hidden@h/1\"\n.password=\"hidden\"\n");
        versions.keep(FRONT, "# c\nlocation=\"rtsp://u:hidden@h/2\"\n.password=\"hidden2\"\n");
        versions.keep("io.facegate.camera-back.config", "a=\"1\"\n");
        Files.writeString(
                Files.createDirectories(data.resolve("conf")).resolve(FRONT),
                "# c\nlocation=\"rtsp://u:hidden@h/2\"\n.password=\"hidden2\"\n");
    }

    private Terminal run(int code, String... words) {
        Terminal terminal = new Terminal(parts);
        assertThat(terminal.run((Object[]) words)).as(terminal.err()).isEqualTo(code);
        return terminal;
    }

    @Test
    void listsVersions() {
        assertThat(run(0, "config", "history", "front").out())
                .containsPattern(FRONT + " +1 +\\d{4}-\\d\\d-\\d\\d [\\d:]{8}\\s*\n")
                .containsPattern(FRONT + " +2 +\\d{4}-\\d\\d-\\d\\d [\\d:]{8} +as the file is");
        assertThat(run(0, "config", "history").out()).contains("camera-back", FRONT);
        assertThat(run(1, "config", "history", "side").err())
                .contains("no versions", "camera-back");
        assertThat(run(1, "config", "history", "camera").err()).contains("may be one of");
    }

    @Test
    void showsChangesWithoutPasswords() {
        assertThat(run(0, "config", "diff", "front").out())
                .isEqualTo(
                        "  # c\n- location=\"rtsp://***@h/1\"\n- .password=\"***\"\n"
                                + "+ location=\"rtsp://***@h/2\"\n+ .password=\"***\"\n");
        assertThat(run(0, "config", "diff", FRONT, "2").out()).doesNotContain("- ", "+ ");
        assertThat(run(1, "config", "diff", "front", "7").err()).contains("no version 7");
    }

    @Test
    void restoresWhatIsNotTheFile() throws Exception {
        Path file = data.resolve("conf").resolve(FRONT);
        run(0, "config", "restore", "front");
        assertThat(file).content().contains("@h/1");
        Files.writeString(file, "broken");
        run(0, "config", "restore", "front");
        assertThat(file).content().contains("@h/2");
        Files.delete(file);
        run(0, "config", "restore", "front", "1");
        assertThat(file).content().contains("@h/1");
        assertThat(run(1, "config", "restore", "back", "3").err()).contains("no version 3");
    }
}
