// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.faultydisk.FaultyDisk;
import io.facegate.faultydisk.Loss;
import io.facegate.store.internal.PowerCuts.Worked;
import io.facegate.store.internal.Progress.InFlight;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A disk that fails at some of its calls, or is full: a change is done, or refused and not done.
 */
class StoreFailingDiskTest {
    private static final int CHANGES = Integer.getInteger("facegate.faults", 150);
    private static final long SEED = Long.getLong("facegate.seed", System.nanoTime());
    private static final int CUTS = Integer.getInteger("facegate.cuts", 40);

    @TempDir Path folder;

    private Path data;
    private PowerCuts cuts;

    @BeforeEach
    void begin() throws Exception {
        Optional<String> missing = FaultyDisk.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        data = Files.createDirectory(folder.resolve("data"));
        cuts =
                new PowerCuts(
                        Files.createDirectory(folder.resolve("scratch")),
                        new Random(SEED),
                        PowerCuts.STORE);
    }

    @Test
    void refusedChangesLeaveNothingAndAcknowledgedOnesStay() throws Exception {
        Worked worked = cuts.fail(data, CHANGES);

        String[] counts = worked.said().get(0).split(" ");
        System.out.printf(
                "%s faults of the disk during %d changes: %s done and kept, %s refused (%s of them"
                        + " uncertain at first), none in part (seed %d)%n",
                counts[0], CHANGES, counts[1], counts[2], counts[3], SEED);
        assertThat(Integer.parseInt(counts[2])).isGreaterThan(CHANGES / 10);
        Progress progress = cuts.progress(worked, worked.calls(), new GalleryModel());
        Files.delete(data.resolve("progress"));
        progress.check(StoreAudit.of(data.resolve("facegate.db")));

        cutAfterRefusals(cuts, worked);
    }

    /** Nothing can undo what lies whole in the log of a disk that takes nothing any more. */
    @Test
    void refusalThatCannotBeKeptSaysSoUntilTheDiskWorksAgain() throws Exception {
        Worked worked = cuts.fail(data, 12, "dead");

        List<Integer> told = worked.disk().after(WorkingProcess.UNCERTAIN);
        assertThat(told).isNotEmpty();
        Map<InFlight, Integer> counts = new EnumMap<>(InFlight.class);
        for (int calls : told) {
            for (Loss loss : Loss.values()) {
                counts.merge(check(cuts, worked, calls, loss), 1, Integer::sum);
            }
        }
        for (int calls : worked.disk().after(WorkingProcess.SETTLED)) {
            assertThat(check(cuts, worked, calls, cuts.anyLoss())).isEqualTo(InFlight.NONE);
        }
        System.out.printf(
                "%d changes were uncertain; of the power cuts right then %s (seed %d)%n",
                told.size(), counts, SEED);
    }

    /** What was refused does not come back, nor does the store rely on what the disk gave up. */
    private static void cutAfterRefusals(PowerCuts cuts, Worked worked) throws Exception {
        List<Integer> refusals = worked.disk().after(WorkingProcess.REFUSED);
        for (int calls : refusals) {
            check(cuts, worked, calls, Loss.NOTHING);
        }
        Random random = new Random(SEED);
        for (int i = 0; i < CUTS; i++) {
            int calls =
                    i % 2 == 0
                            ? random.nextInt(worked.calls())
                            : refusals.get(random.nextInt(refusals.size()));
            check(cuts, worked, calls, cuts.anyLoss());
        }
    }

    private static InFlight check(PowerCuts cuts, Worked worked, int calls, Loss loss)
            throws Exception {
        return cuts.progress(worked, calls, new GalleryModel())
                .check(cuts.audit(cuts.cut(worked, calls, loss)));
    }
}
