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
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

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

    @Test
    void itsBundlesAreLeftToXzToCompress() throws Exception {
        try (Stream<Path> jars = Files.list(Distribution.folder().resolve("bundle"))) {
            for (Path jar : jars.toList()) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    assertThat(zip.stream().filter(e -> e.getMethod() != ZipEntry.STORED))
                            .as(jar.toString())
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void theSameFilesGiveTheSameArchive() throws Exception {
        Path one = pack("one", "2001-02-03", "g+w");
        Path other = pack("other", "2020-11-12", "g-w");
        assertThat(Files.mismatch(one, other)).isEqualTo(-1);
    }

    /** As a build in another place, at another time, for another umask would. */
    private Path pack(String place, String date, String mode) throws Exception {
        Path copy = Files.createDirectories(folder.resolve(place)).resolve("facegate");
        run("cp", "-r", Distribution.folder().toString(), copy.toString());
        // the whole takes minutes to pack
        run("find", copy.toString(), "-size", "+1M", "-delete");
        run("find", copy.toString(), "-exec", "touch", "-d", date, "{}", "+");
        run("chmod", "-R", mode, copy.toString());
        Path packed = folder.resolve(place).resolve(archive.getFileName());
        String script = Distribution.repository().resolve("runtime/src/archive.sh").toString();
        run(script, copy.toString(), packed.toString(), "1");
        return packed;
    }

    private static void run(String... words) throws Exception {
        Program program = Program.start(words);
        assertThat(program.awaitExit(Duration.ofMinutes(2))).as(program.transcript()).isZero();
    }

    private static boolean isOfThisPlatform(Path file) {
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
        return file.getFileName().toString().matches("facegate-.*-linux-" + arch + ".tar.xz");
    }
}
