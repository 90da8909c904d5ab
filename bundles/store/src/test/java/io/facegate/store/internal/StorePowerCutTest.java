// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.faultydisk.ChildJvm;
import io.facegate.faultydisk.FaultyDisk;
import io.facegate.faultydisk.Loss;
import io.facegate.store.internal.PowerCuts.Worked;
import io.facegate.store.internal.Progress.InFlight;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * SIGKILL keeps what the kernel holds; a power cut does not. Here the store's process works above a
 * layer that knows what was synced, and its file is opened as cuts at random moments leave it.
 */
class StorePowerCutTest {
    private static final int CUTS = Integer.getInteger("facegate.cuts", 80);
    private static final long SEED = Long.getLong("facegate.seed", System.nanoTime());

    /** Cuts of the work of one process; the last one is what the next process finds. */
    private static final int CUTS_EACH = 10;

    /**
     * Times as many cuts at most, until enough of them hit a change: few may all miss by chance.
     */
    private static final int MOST = 4;

    @TempDir Path folder;

    private Path scratch;
    private PowerCuts cuts;
    private Random random;

    @BeforeEach
    void begin() throws Exception {
        Optional<String> missing = FaultyDisk.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        random = new Random(SEED);
        scratch = Files.createDirectory(folder.resolve("scratch"));
        cuts = new PowerCuts(scratch, random, PowerCuts.STORE);
    }

    @Test
    void whatWasAcknowledgedOutlivesEveryPowerCutAndNothingIsHalfDone() throws Exception {
        cut("power cuts", CUTS * 3 / 4);
    }

    @Test
    void encryptedStoreOutlivesEveryPowerCutAndShowsNoFace() throws Exception {
        Path key = folder.resolve("store.key");
        StoreKey.make(key);
        cuts.encrypted(key);
        cut("power cuts of an encrypted store", CUTS / 4);
    }

    /**
     * A half of a key would be in the way of another; a whole one that vanishes takes the faces.
     */
    @Test
    void keyFileIsWholeOrNotThereAndStaysOnceItIsAcknowledged() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        FaultyDisk disk = new FaultyDisk(data, scratch);
        try (ChildJvm process =
                ChildJvm.start(
                        KeyMakingProcess.class,
                        scratch.resolve("errors"),
                        disk.environment(),
                        List.of(disk.folder().toString()))) {
            assertThat(process.exitCode()).as(process::errors).isZero();
        }
        int calls = disk.finished();
        int acknowledged = disk.after(WorkingProcess.DONE).get(0);
        for (int call = 0; call <= calls; call++) {
            for (Loss loss : Loss.values()) {
                Path image = Files.createDirectory(scratch.resolve(call + loss.name()));
                disk.cut(call, loss, random, image);
                Path key = image.resolve(KeyMakingProcess.KEY);
                if (call >= acknowledged || Files.exists(key)) {
                    // which the disk does not follow
                    Files.setPosixFilePermissions(
                            key, PosixFilePermissions.fromString("rw-------"));
                    StoreKey.read(key);
                } else {
                    StoreKey.make(key);
                }
            }
        }
    }

    private void cut(String what, int times) throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        GalleryModel model = new GalleryModel();
        Map<InFlight, Integer> counts = new EnumMap<>(InFlight.class);
        Map<Loss, Integer> losses = new EnumMap<>(Loss.class);
        int acknowledged = 0;
        int inFlight = 0;
        int made = 0;
        while (made < times
                || made < MOST * times && (inFlight <= times / 3 || acknowledged <= times)) {
            Worked worked = cuts.work(data, 5 + random.nextInt(12));
            GalleryModel before = model;
            for (int i = 0; i < CUTS_EACH; i++, made++) {
                int calls = random.nextInt(worked.calls() + 1);
                Loss loss = cuts.anyLoss();
                data = cuts.cut(worked, calls, loss);
                Progress progress = cuts.progress(worked, calls, before);
                InFlight change = progress.check(cuts.audit(data));
                counts.merge(change, 1, Integer::sum);
                inFlight += change == InFlight.NONE ? 0 : 1;
                losses.merge(loss, 1, Integer::sum);
                acknowledged += progress.acknowledged();
                model = progress.model();
            }
        }
        System.out.printf(
                "%d %s %s: all %d acknowledged changes kept; a change was in flight at %d of"
                        + " them, %d kept and %d not, none in part (seed %d)%n",
                made,
                what,
                losses,
                acknowledged,
                inFlight,
                counts.getOrDefault(InFlight.KEPT, 0),
                counts.getOrDefault(InFlight.LOST, 0),
                SEED);
        assertThat(inFlight).isGreaterThan(times / 3);
        assertThat(acknowledged).isGreaterThan(times);
    }

    @Test
    void newFolderIsNotLostWithWhatWasAcknowledgedInIt() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        cuts = new PowerCuts(scratch, random, "new/folder/" + PowerCuts.STORE);
        Worked worked = cuts.work(data, 3);
        for (int calls : worked.disk().after(WorkingProcess.DONE)) {
            Path image = cuts.cut(worked, calls, Loss.ALL_UNSYNCED);
            Progress progress = cuts.progress(worked, calls, new GalleryModel());
            progress.check(cuts.audit(image));
        }
    }

    @Test
    void storeThatDoesNotWaitForTheDiskIsFoundOut() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Worked worked = cuts.work(data, 20, WorkingProcess.UNSAFE);
        int lost = 0;
        int tried = 20;
        for (int i = 0; i < tried; i++) {
            int calls = worked.calls() / 2 + random.nextInt(worked.calls() / 2);
            Path image = cuts.cut(worked, calls, Loss.ALL_UNSYNCED);
            Progress progress = cuts.progress(worked, calls, new GalleryModel());
            try {
                progress.check(cuts.audit(image));
            } catch (AssertionError e) {
                lost++;
            }
        }
        System.out.printf(
                "Without waiting for the disk %d of %d cuts lost something%n", lost, tried);
        assertThat(lost).isGreaterThan(tried / 2);
    }

    @Test
    void layerSeesEveryWrite() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Worked worked = cuts.work(data, 30);
        try (var files = Files.list(data)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                assertThat(worked.disk().content(name, worked.calls()))
                        .as(name)
                        .isEqualTo(Files.readAllBytes(file));
            }
        }
        assertThat(worked.disk().names(worked.calls())).contains("facegate.db", "progress");
    }
}
