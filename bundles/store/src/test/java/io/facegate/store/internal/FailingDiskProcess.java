// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition.Level;
import io.facegate.faultydisk.DiskFaults;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Random;

/**
 * Another process that changes a store while its disk fails now and then, and checks after each
 * change that the store holds what it acknowledged and nothing else. Ends with an error otherwise.
 */
final class FailingDiskProcess {
    /** A store that lost its file tries again at every fifth poll. */
    private static final int POLLS = 5;

    private static final int[] KINDS = {
        DiskFaults.WRITE,
        DiskFaults.SYNC,
        DiskFaults.WRITE | DiskFaults.SYNC | DiskFaults.TRUNCATE,
        DiskFaults.OPEN | DiskFaults.REMOVE | DiskFaults.TRUNCATE
    };

    private final Random random;
    private final DiskFaults faults;
    private final Path path;
    private final boolean dead;
    private SqliteStore store;
    private Progress progress = new Progress(new GalleryModel());
    private int hits;

    private FailingDiskProcess(Random random, DiskFaults faults, Path path, boolean dead) {
        this.random = random;
        this.faults = faults;
        this.path = path;
        this.dead = dead;
        this.store = SqliteStoreTest.opened(path);
    }

    /**
     * @param args the store's file, the seed, the number of changes, the file for the lines of
     *     progress, the control file of the disk and, for one that syncs nothing once it fails,
     *     "dead"
     */
    public static void main(String[] args) throws Exception {
        FailingDiskProcess process =
                new FailingDiskProcess(
                        new Random(Long.parseLong(args[1])),
                        new DiskFaults(Path.of(args[4])),
                        Path.of(args[0]),
                        args.length > 5);
        try (OutputStream lines = new FileOutputStream(args[3])) {
            process.work(Integer.parseInt(args[2]), lines);
        } finally {
            process.store.close();
        }
        System.out.println(
                process.hits
                        + " "
                        + process.progress.acknowledged()
                        + " "
                        + process.progress.refused()
                        + " "
                        + process.progress.uncertain());
    }

    private void work(int changes, OutputStream lines) throws Exception {
        for (int i = 0; i < changes; i++) {
            StoreOperation operation = StoreOperation.any(random, store);
            say(lines, WorkingProcess.INTENT + operation.line());
            boolean armed = random.nextInt(5) > 0;
            if (armed) {
                arm();
            }
            int before = faults.hits();
            String result = result(operation);
            boolean failed = faults.hits() > before;
            // So that the line can be written; as far as the store knows, the disk still fails.
            faults.none();
            say(lines, result);
            if (random.nextBoolean()) {
                arm();
                store.poll();
                faults.none();
            }
            // What a commit that failed left in the log is gone once the disk is well.
            store.poll();
            if (result.startsWith(WorkingProcess.UNCERTAIN)) {
                say(lines, WorkingProcess.SETTLED);
            }
            hits += faults.hits() - before;
            assertThat(failed || result.equals(WorkingProcess.DONE)).as(result).isTrue();
            assertServes(result);
            if (random.nextInt(8) == 0) {
                reopen();
            }
        }
    }

    /** The disk fails while the store ends and begins. */
    private void reopen() throws Exception {
        int before = faults.hits();
        arm();
        store.close();
        store = SqliteStoreTest.opened(path);
        faults.none();
        hits += faults.hits() - before;
        // Meanwhile it may be served read-only.
        for (int i = 0; i < POLLS; i++) {
            store.poll();
        }
        // An erasure that the disk did not let finish is done once it is well, not on the clock.
        assertThat(store.file().scrub()).isEmpty();
        assertThat(store.condition().level())
                .as(() -> store.condition().message())
                .isEqualTo(Level.OK);
        assertServes("opened again");
    }

    private void say(OutputStream lines, String line) throws Exception {
        progress.read(line);
        WorkingProcess.say(lines, line);
    }

    private void arm() {
        int error = random.nextBoolean() ? DiskFaults.EIO : DiskFaults.ENOSPC;
        if (dead) {
            faults.fail(DiskFaults.SYNC, 0, DiskFaults.EIO, -1);
        } else if (random.nextInt(4) == 0) {
            faults.room(random.nextInt(100_000));
        } else {
            faults.fail(
                    KINDS[random.nextInt(KINDS.length)],
                    random.nextInt(10),
                    error,
                    random.nextInt(4) - 1);
        }
    }

    private String result(StoreOperation operation) throws IOException {
        String result = WorkingProcess.result(operation, store, path.getParent().getParent());
        if (!result.equals(WorkingProcess.DONE)) {
            assertThat(result)
                    .matches(".*(no space left for|cannot be read or written|cannot be used).*");
        }
        return result;
    }

    /** The disk is well again, and so is the store, without a restart. */
    private void assertServes(String result) throws Exception {
        for (int i = 0; i < POLLS && store.condition().level() == Level.FAILED; i++) {
            store.poll();
        }
        assertThat(store.condition().level())
                .as(() -> store.condition().message())
                .isNotEqualTo(Level.FAILED);
        assertThat(progress.model().agreesWith(StoreAudit.of(store)))
                .as(() -> result + "; expected " + progress.model())
                .isTrue();
    }
}
