// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.faultydisk.ChildJvm;
import io.facegate.faultydisk.FaultyDisk;
import io.facegate.faultydisk.Loss;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What is in the outbox after power cuts at random moments. */
class OutboxPowerCutTest {
    private static final int CUTS = Integer.getInteger("facegate.cuts", 60);
    private static final int CUTS_EACH = 20;
    private static final int CHANGES = 60;
    private static final long SEED = Long.getLong("facegate.seed", System.nanoTime());
    private static final String PROGRESS = "progress";

    @TempDir Path folder;

    private final Random random = new Random(SEED);

    @Test
    void whatWasAcknowledgedOutlivesEveryPowerCut() throws Exception {
        Optional<String> missing = FaultyDisk.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        int inFlight = 0;
        int acknowledged = 0;
        for (int cut = 0; cut < CUTS; ) {
            FaultyDisk disk = new FaultyDisk(Files.createTempDirectory(folder, "data"), folder);
            work(disk);
            int calls = disk.finished();
            for (int i = 0; i < CUTS_EACH && cut < CUTS; i++, cut++) {
                int at = random.nextInt(calls + 1);
                List<String> lines =
                        new String(disk.content(PROGRESS, at), StandardCharsets.UTF_8)
                                .lines()
                                .toList();
                check(disk, at, lines);
                inFlight += lines.size() % 2;
                acknowledged += lines.size() / 2;
            }
        }
        System.out.printf(
                "%d power cuts of the outbox: all %d acknowledged changes kept; a change was in"
                        + " flight at %d of them (seed %d)%n",
                CUTS, acknowledged, inFlight, SEED);
        assertThat(inFlight).isGreaterThan(CUTS / 4);
        assertThat(acknowledged).isGreaterThan(CUTS);
    }

    private void work(FaultyDisk disk) throws Exception {
        List<String> arguments =
                List.of(
                        disk.folder().resolve("outbox.db").toString(),
                        "" + random.nextLong(),
                        "" + CHANGES,
                        disk.folder().resolve(PROGRESS).toString());
        try (ChildJvm process =
                ChildJvm.start(
                        QueueingProcess.class,
                        folder.resolve("errors"),
                        disk.environment(),
                        arguments)) {
            assertThat(process.exitCode()).as(process::errors).isZero();
        }
    }

    private void check(FaultyDisk disk, int calls, List<String> lines) throws Exception {
        Path image = Files.createTempDirectory(folder, "image");
        Loss loss = Loss.values()[random.nextInt(Loss.values().length)];
        disk.cut(calls, loss, random, image);
        Path file = image.resolve("outbox.db");
        List<Integer> without = expected(lines.subList(0, lines.size() / 2 * 2));
        List<Integer> with = expected(lines);
        try (SqliteOutbox outbox = SqliteOutboxTest.opened(file, 1_000_000)) {
            List<Integer> found =
                    outbox.oldest(Integer.MAX_VALUE).stream().map(QueueingProcess::number).toList();
            assertThat(found).as("seed " + SEED + ", " + loss).isIn(without, with);
        }
        try (var files = Files.list(image)) {
            assertThat(files).noneMatch(f -> f.toString().contains(".damaged-"));
        }
    }

    /** Numbers of the messages that wait after these lines. */
    private static List<Integer> expected(List<String> lines) {
        List<Integer> waiting = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(QueueingProcess.APPEND)) {
                waiting.add(Integer.parseInt(line.substring(1)));
            } else if (line.startsWith(QueueingProcess.DELIVER)) {
                int last = Integer.parseInt(line.substring(1));
                waiting.removeIf(number -> number <= last);
            }
        }
        return waiting;
    }
}
