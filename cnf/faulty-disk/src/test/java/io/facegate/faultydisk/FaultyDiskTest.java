// SPDX-License-Identifier: Apache-2.0
package io.facegate.faultydisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is left of files of a process that synced some of them. */
class FaultyDiskTest {
    @TempDir Path folder;

    private Path data;
    private FaultyDisk disk;

    @BeforeEach
    void begin() throws Exception {
        Optional<String> missing = FaultyDisk.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("whole"), "former");
        Files.writeString(data.resolve("old"), "old");
        disk = new FaultyDisk(data, folder);
    }

    private List<String> work(String how) throws Exception {
        try (ChildJvm process =
                ChildJvm.start(
                        FileChanges.class,
                        folder.resolve("errors"),
                        disk.environment(),
                        List.of(disk.folder().toString(), how, disk.control().toString()))) {
            List<String> said = process.rest();
            assertThat(process.exitCode()).as(process::errors).isZero();
            return said;
        }
    }

    private Map<String, String> left(Loss loss, long seed) throws Exception {
        Path image = Files.createTempDirectory(folder, "image");
        // seeds next to each other begin alike
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        disk.cut(disk.finished(), loss, random, image);
        Map<String, String> left = new TreeMap<>();
        try (var files = Files.list(image)) {
            for (Path file : files.toList()) {
                left.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return left;
    }

    @Test
    void namesAreLostUnlessTheirFolderWasSynced() throws Exception {
        work("not synced");

        assertThat(left(Loss.ALL_UNSYNCED, 1)).isEqualTo(Map.of("whole", "former", "old", "old"));
    }

    @Test
    void contentIsLostUnlessTheFileWasSynced() throws Exception {
        work("synced");

        Map<String, String> left = left(Loss.ALL_UNSYNCED, 1);
        left.remove("whole");
        assertThat(left).isEqualTo(Map.of("careless", "", "nameless", "synced, its name was not"));
    }

    @Test
    void renamedFileIsTheOldOneOrTheNewOne() throws Exception {
        work("not synced");

        for (int seed = 0; seed < 50; seed++) {
            assertThat(left(Loss.SOME_WRITES, seed).get("whole")).isIn("former", "new", "refused");
        }
    }

    @Test
    void killLosesNothing() throws Exception {
        work("not synced");

        Map<String, String> left = left(Loss.NOTHING, 1);
        assertThat(left).containsEntry("careless", "careless").doesNotContainKeys("old", "part");
        assertThat(left).containsEntry("whole", "refused").containsEntry("full", "01234");
        assertThat(Files.readString(data.resolve("whole"))).isEqualTo("refused");
    }

    @Test
    void whatAFailedFsyncLeftOutNoLaterOneBrings() throws Exception {
        work("synced");

        Set<String> contents = new TreeSet<>();
        for (int seed = 0; seed < 50; seed++) {
            contents.add(left(Loss.ALL_UNSYNCED, seed).get("whole"));
        }
        assertThat(contents).containsExactly("new", "refused");
    }

    @Test
    void errorsReachTheProcess() throws Exception {
        assertThat(work("synced")).containsExactly("Input/output error", "No space left on device");
    }
}
