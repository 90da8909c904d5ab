// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.faultydisk.ChildJvm;
import io.facegate.faultydisk.FaultyDisk;
import io.facegate.faultydisk.Loss;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Processes that work on a disk which loses what was not synced, and what is left after a cut. */
final class PowerCuts {
    /** The store's file where nothing else is said. */
    static final String STORE = "facegate.db";

    private static final String PROGRESS = "progress";
    private static final int INDEX_BYTES = 32_768;

    private final Path scratch;
    private final Random random;
    private final String store;
    private Optional<Path> key = Optional.empty();
    private int images;

    /**
     * @param scratch for images and copies
     * @param store the store's file, within the folder of a disk
     */
    PowerCuts(Path scratch, Random random, String store) {
        this.scratch = scratch;
        this.random = random;
        this.store = store;
    }

    /** Whose store is encrypted from now on. */
    PowerCuts encrypted(Path keyFile) {
        key = Optional.of(keyFile);
        return this;
    }

    /** A disk in use until its process ended, the number of calls recorded, and its output. */
    record Worked(FaultyDisk disk, int calls, List<String> said) {}

    /** Lets a {@link WorkingProcess} work on what is in a folder, which is durable so far. */
    Worked work(Path data, int changes, String... more) throws Exception {
        FaultyDisk disk = new FaultyDisk(data, scratch);
        return run(
                disk,
                WorkingProcess.class,
                changes,
                key.map(file -> new String[] {file.toString()}).orElse(more));
    }

    /** Lets a {@link FailingDiskProcess} work on what is in a folder. */
    Worked fail(Path data, int changes, String... more) throws Exception {
        FaultyDisk disk = new FaultyDisk(data, scratch);
        List<String> arguments = new ArrayList<>(List.of(disk.control().toString()));
        arguments.addAll(List.of(more));
        return run(disk, FailingDiskProcess.class, changes, arguments.toArray(String[]::new));
    }

    private Worked run(FaultyDisk disk, Class<?> main, int changes, String... more)
            throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                disk.folder().resolve(store).toString(),
                                "" + random.nextLong(),
                                "" + changes,
                                disk.folder().resolve(PROGRESS).toString()));
        arguments.addAll(List.of(more));
        try (ChildJvm process =
                ChildJvm.start(main, scratch.resolve("errors"), disk.environment(), arguments)) {
            process.tell("go");
            List<String> said = process.rest();
            assertThat(process.exitCode()).as(process::errors).isZero();
            return new Worked(disk, disk.finished(), said);
        }
    }

    /** What a cut after a number of calls leaves, sometimes with an old index of the log. */
    Path cut(Worked worked, int calls, Loss loss) throws Exception {
        Path image = Files.createDirectory(scratch.resolve("image" + images++));
        worked.disk().cut(calls, loss, random, image);
        Files.deleteIfExists(image.resolve(PROGRESS));
        Path index = image.resolve(store + "-shm");
        if (random.nextInt(3) == 0 && Files.isDirectory(index.getParent())) {
            byte[] old = new byte[INDEX_BYTES];
            random.nextBytes(old);
            Files.write(index, old);
        }
        return image;
    }

    /** What the process had said after a number of calls. */
    Progress progress(Worked worked, int calls, GalleryModel before) throws Exception {
        Progress progress = new Progress(before);
        byte[] said = worked.disk().content(PROGRESS, calls);
        new String(said, StandardCharsets.UTF_8).lines().forEach(progress::read);
        return progress;
    }

    /** Opens a copy of what was left, so that it stays as it is. */
    StoreAudit audit(Path image) throws Exception {
        Path copy = Files.createDirectory(scratch.resolve("copy" + images));
        try (var files = Files.walk(image)) {
            for (Path file : files.filter(f -> !f.equals(image)).toList()) {
                Files.copy(file, copy.resolve(image.relativize(file)));
            }
        }
        return StoreAudit.of(copy.resolve(store), key);
    }

    Loss anyLoss() {
        return Loss.values()[random.nextInt(Loss.values().length)];
    }
}
