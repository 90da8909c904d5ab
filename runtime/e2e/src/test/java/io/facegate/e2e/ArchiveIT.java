// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.facegate.testing.Distribution;
import io.facegate.testing.Program;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The archive of this machine's platform, as somebody gets it who builds nothing. */
class ArchiveIT {
    @TempDir Path folder;
    private Path archive;

    @BeforeEach
    void findArchive() throws IOException {
        assumeFalse(
                Boolean.getBoolean("facegate.archive.missing"),
                "skipped: no archive was made; ./facegate test makes one");
        try (Stream<Path> built = Files.list(Distribution.folder().getParent())) {
            List<Path> archives = built.filter(ArchiveIT::isOfThisPlatform).toList();
            assertThat(archives).hasSize(1);
            archive = archives.get(0);
        }
    }

    @Test
    void everyCommandRunsFromTheUnpackedArchive() throws Exception {
        Path script = Distribution.repository().resolve("runtime/src/test/archive/run");
        Program trial =
                Program.start(
                        Map.of("TMPDIR", folder.toString()),
                        List.of(
                                script.toString(),
                                archive.toString(),
                                System.getProperty("java.home")));
        assertThat(trial.awaitExit(Duration.ofMinutes(9))).as(trial.transcript()).isZero();
    }

    @Test
    void itHoldsWhatTheFolderHolds() throws Exception {
        Program tar = Program.start("tar", "-xf", archive.toString(), "-C", folder.toString());
        assertThat(tar.awaitExit(Duration.ofMinutes(2))).as(tar.transcript()).isZero();
        Path unpacked;
        try (Stream<Path> top = Files.list(folder)) {
            unpacked = top.toList().get(0);
        }
        Program diff =
                Program.start("diff", "-r", Distribution.folder().toString(), unpacked.toString());
        assertThat(diff.awaitExit(Duration.ofMinutes(2))).as(diff.transcript()).isZero();
        assertThat(Files.isExecutable(unpacked.resolve("bin/facegate"))).isTrue();
    }

    private static boolean isOfThisPlatform(Path file) {
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
        return file.getFileName().toString().matches("facegate-.*-linux-" + arch + ".tar.xz");
    }
}
