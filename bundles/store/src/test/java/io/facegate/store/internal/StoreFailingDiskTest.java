// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.faultydisk.FaultyDisk;
import io.facegate.faultydisk.Loss;
import io.facegate.store.internal.PowerCuts.Worked;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void refusedChangesLeaveNothingAndAcknowledgedOnesStay() throws Exception {
        Optional<String> missing = FaultyDisk.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        Path data = Files.createDirectory(folder.resolve("data"));
        PowerCuts cuts =
                new PowerCuts(
                        Files.createDirectory(folder.resolve("scratch")),
                        new Random(SEED),
                        PowerCuts.STORE);

        Worked worked = cuts.fail(data, CHANGES);

        String[] counts = worked.said().get(0).split(" ");
        System.out.printf(
                "%s faults of the disk during %d changes: %s done and kept, %s refused, none in part"
                        + " (seed %d)%n",
                counts[0], CHANGES, counts[1], counts[2], SEED);
        assertThat(Integer.parseInt(counts[2])).isGreaterThan(CHANGES / 10);
        Progress progress = cuts.progress(worked, worked.calls(), new GalleryModel());
        Files.delete(data.resolve("progress"));
        progress.check(StoreAudit.of(data.resolve("facegate.db")));

        cutAfterRefusals(cuts, worked);
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

    private static void check(PowerCuts cuts, Worked worked, int calls, Loss loss)
            throws Exception {
        cuts.progress(worked, calls, new GalleryModel())
                .check(cuts.audit(cuts.cut(worked, calls, loss)));
    }
}
