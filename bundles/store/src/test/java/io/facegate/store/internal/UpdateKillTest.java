// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.faultydisk.ChildJvm;
import io.facegate.faultydisk.FaultyDisk;
import io.facegate.faultydisk.Loss;
import io.facegate.store.internal.Progress.InFlight;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Encoders are updated, gone back from and cleared by processes that are killed, or whose power is
 * cut, while people come and go and are before a camera. Always the old or the new encoder, whole:
 * what was acknowledged is there, each encoding is what its model makes of the face, and everybody
 * is told by the encoder in use.
 */
class UpdateKillTest {
    private static final int KILLS = Integer.getInteger("facegate.kills", 24);
    private static final int CUTS = Integer.getInteger("facegate.cuts", 16);
    private static final long SEED = Long.getLong("facegate.seed", System.nanoTime());

    /** Kills of one data folder. */
    private static final int ROUND = 25;

    /** Cuts of the work of one process; the last one is what the next process finds. */
    private static final int CUTS_EACH = 8;

    private static final int CHANGES = 40;

    /** Half of the kills and cuts are aimed at these: by chance they would hardly hit any. */
    private static final List<String> RARE = List.of("? use", "? back", "? forget", "? clear");

    private static final int MOST_LINES = 60;

    @TempDir Path folder;

    private UpdateRig rig;
    private final Random random = new Random(SEED);
    private final Map<InFlight, Integer> choices = new EnumMap<>(InFlight.class);
    private final Map<InFlight, Integer> changes = new EnumMap<>(InFlight.class);

    @BeforeEach
    void load() throws Exception {
        rig = new UpdateRig(folder, random);
    }

    @Test
    void updateOutlivesEveryKill() throws Exception {
        kill((KILLS + 1) / 2, "");
    }

    @Test
    void updateOfAnEncryptedStoreOutlivesEveryKillAndShowsNoFace() throws Exception {
        rig.encrypt();
        kill(KILLS / 2, " of an encrypted store");
    }

    @Test
    void updateOutlivesEveryPowerCut() throws Exception {
        cut((CUTS + 1) / 2, "");
    }

    @Test
    void updateOfAnEncryptedStoreOutlivesEveryPowerCutAndShowsNoFace() throws Exception {
        rig.encrypt();
        cut(CUTS / 2, " of an encrypted store");
    }

    /** What is searched for in an encrypted store would be found. */
    @Test
    void facesOfAClearStoreWouldBeSeen() throws Exception {
        Path data = Files.createDirectory(folder.resolve("clear"));
        rig.fill(data);
        assertThat(PlainFaces.in(Files.readAllBytes(data.resolve("facegate.db")))).isTrue();
    }

    private void kill(int times, String what) throws Exception {
        UpdateLedger ledger = null;
        Path data = null;
        Map<String, Integer> totals = new TreeMap<>();
        for (int kill = 0; kill < times; kill++) {
            if (kill % ROUND == 0) {
                data = Files.createDirectory(folder.resolve("data" + kill));
                ledger = rig.fill(data);
            }
            killed(data, ledger);
            Path checked = random.nextBoolean() ? data : rig.copy(data);
            check(ledger, rig.audit(checked));
            if (kill % ROUND == ROUND - 1 || kill == times - 1) {
                rig.finish(data, ledger);
                ledger.acknowledged().forEach((k, n) -> totals.merge(k, n, Integer::sum));
            }
        }
        print(times + " kills while encoders were updated" + what, totals);
        assertThat(count(changes, InFlight.NONE)).isLessThan(times);
    }

    /** Lets a process work and kills it; reads what it said until then. */
    private void killed(Path data, UpdateLedger ledger) throws Exception {
        ledger.begin();
        try (ChildJvm process = rig.start(data, "1000000", "-", Map.of())) {
            int lines = random.nextInt(MOST_LINES);
            boolean aimed = lines > 0 && random.nextBoolean();
            String line = "";
            for (int i = 0; i < lines || aimed && !isRare(line); i++) {
                line = process.line();
                assertThat(line).as(process::errors).isNotNull();
                ledger.read(line);
            }
            // opening takes longer than a change; without a line read the kill hits it
            int micros = random.nextInt(lines == 0 ? 400_000 : aimed ? 2_500 : 8_000);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
            process.kill();
            assertThat(process.exitCode()).isEqualTo(ChildJvm.KILLED);
            process.rest().forEach(ledger::read);
        }
    }

    /** Something that is seldom done is about to be. */
    private static boolean isRare(String line) {
        return RARE.stream().anyMatch(line::startsWith);
    }

    private void cut(int times, String what) throws Exception {
        Optional<String> missing = FaultyDisk.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        Path data = Files.createDirectory(folder.resolve("data"));
        UpdateLedger ledger = rig.fill(data);
        Map<String, Integer> totals = new TreeMap<>();
        Map<Loss, Integer> losses = new EnumMap<>(Loss.class);
        for (int cut = 0; cut < times; ) {
            FaultyDisk disk = new FaultyDisk(data, rig.scratch());
            Path lines = disk.folder().resolve("progress");
            try (ChildJvm process =
                    rig.start(disk.folder(), "" + CHANGES, "" + lines, disk.environment())) {
                assertThat(process.exitCode()).as(process::errors).isZero();
            }
            int calls = disk.finished();
            List<Integer> rare =
                    RARE.stream().flatMap(begun -> disk.after(begun).stream()).toList();
            UpdateLedger before = ledger;
            for (int i = 0; i < CUTS_EACH && cut < times; i++, cut++) {
                int call =
                        rare.isEmpty() || random.nextBoolean()
                                ? random.nextInt(calls + 1)
                                : Math.min(
                                        calls,
                                        rare.get(random.nextInt(rare.size())) + random.nextInt(12));
                Loss loss = Loss.values()[random.nextInt(Loss.values().length)];
                data = Files.createDirectory(folder.resolve("image" + cut));
                disk.cut(call, loss, random, data);
                Files.deleteIfExists(data.resolve("progress"));
                ledger = before.copy();
                ledger.begin();
                String said = new String(disk.content("progress", call), StandardCharsets.UTF_8);
                said.lines().forEach(ledger::read);
                check(ledger, rig.audit(rig.copy(data)));
                losses.merge(loss, 1, Integer::sum);
            }
        }
        rig.finish(data, ledger);
        totals.putAll(ledger.acknowledged());
        print(times + " power cuts " + losses + " while encoders were updated" + what, totals);
        assertThat(count(changes, InFlight.NONE)).isLessThan(times);
    }

    private void check(UpdateLedger ledger, UpdateAudit audit) {
        List<InFlight> result = ledger.check(audit);
        ledger.assertTold(audit, rig.seen());
        choices.merge(result.get(0), 1, Integer::sum);
        changes.merge(result.get(1), 1, Integer::sum);
        assertThat(audit.files())
                .as("nothing half-written stays")
                .noneMatch(name -> name.contains(".damaged-"));
    }

    private static int count(Map<InFlight, Integer> counts, InFlight what) {
        return counts.getOrDefault(what, 0);
    }

    private void print(String what, Map<String, Integer> totals) {
        System.out.printf(
                "%s: all acknowledged %s kept; a choice was in flight at %d of them, %d kept and %d"
                        + " not; another change at %d, %d kept and %d not; none in part (seed %d)%n",
                what,
                totals,
                count(choices, InFlight.KEPT) + count(choices, InFlight.LOST),
                count(choices, InFlight.KEPT),
                count(choices, InFlight.LOST),
                count(changes, InFlight.KEPT) + count(changes, InFlight.LOST),
                count(changes, InFlight.KEPT),
                count(changes, InFlight.LOST),
                SEED);
    }
}
