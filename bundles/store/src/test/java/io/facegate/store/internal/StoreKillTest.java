// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.faultydisk.ChildJvm;
import io.facegate.store.internal.Progress.InFlight;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One store, many processes that change it, each ended by SIGKILL at a moment nobody chose. */
class StoreKillTest {
    private static final int KILLS = Integer.getInteger("facegate.kills", 200);
    private static final long SEED = Long.getLong("facegate.seed", System.nanoTime());

    /** Changes read before a kill at most; half as many on average. */
    private static final int CHANGES = 8;

    @TempDir Path folder;

    private Optional<Path> key = Optional.empty();

    @Test
    void whatWasAcknowledgedOutlivesEveryKillAndNothingIsHalfDone() throws Exception {
        kill("kills by SIGKILL", KILLS * 4 / 5);
    }

    @Test
    void encryptedStoreOutlivesEveryKillAndShowsNoFace() throws Exception {
        Path file = folder.resolve("store.key");
        StoreKey.make(file);
        key = Optional.of(file);
        kill("kills by SIGKILL of an encrypted store", KILLS / 5);
    }

    @Test
    void facesOfAClearStoreWouldBeSeen() throws Exception {
        Path path = folder.resolve("facegate.db");
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            store.add("Alice", List.of(new Face(7, "without a chip").encoding()));
        }
        assertThat(PlainFaces.in(Files.readAllBytes(path))).isTrue();
    }

    private void kill(String what, int times) throws Exception {
        Random random = new Random(SEED);
        Path data = Files.createDirectory(folder.resolve("data"));
        Path path = data.resolve("facegate.db");
        GalleryModel model = new GalleryModel();
        Map<InFlight, Integer> counts = new EnumMap<>(InFlight.class);
        int acknowledged = 0;
        ChildJvm next = started(path, random);
        try {
            for (int kill = 0; kill < times; kill++) {
                Progress progress = new Progress(model);
                try (ChildJvm process = next) {
                    killed(process, progress, random);
                }
                // starts while the file is checked
                next = started(path, random);
                // Of every other kill the next process has to recover the file itself.
                Path checked = random.nextBoolean() ? path : copy(path);
                counts.merge(progress.check(StoreAudit.of(checked, key)), 1, Integer::sum);
                acknowledged += progress.acknowledged();
                model = progress.model();
            }
        } finally {
            next.close();
        }
        int inFlight = times - counts.getOrDefault(InFlight.NONE, 0);
        System.out.printf(
                "%d %s: all %d acknowledged changes kept; a change was in flight at %d"
                        + " of them, %d kept and %d not, none in part (seed %d)%n",
                times,
                what,
                acknowledged,
                inFlight,
                counts.getOrDefault(InFlight.KEPT, 0),
                counts.getOrDefault(InFlight.LOST, 0),
                SEED);
        // Kills that hit nobody at work would prove nothing.
        assertThat(inFlight).isGreaterThan(times / 3);
        assertThat(acknowledged).isGreaterThan(times);
    }

    private ChildJvm started(Path path, Random random) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of(path.toString(), "" + random.nextLong(), "1000000", "-"));
        key.ifPresent(file -> arguments.add(file.toString()));
        return ChildJvm.start(WorkingProcess.class, folder.resolve("errors"), Map.of(), arguments);
    }

    /** Lets a process work and kills it; reads what it said until then. */
    private static void killed(ChildJvm process, Progress progress, Random random)
            throws Exception {
        assertThat(process.line()).as(process::errors).isEqualTo("ready");
        process.tell("go");
        int lines = random.nextInt(2 * CHANGES);
        for (int i = 0; i < lines; i++) {
            String line = process.line();
            assertThat(line).as(process::errors).isNotNull();
            progress.read(line);
        }
        // Opening takes longer than a change; without a line read the kill hits it.
        int micros = random.nextInt(lines == 0 ? 200_000 : 6_000);
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
        process.kill();
        assertThat(process.exitCode()).isEqualTo(ChildJvm.KILLED);
        process.rest().forEach(progress::read);
    }

    private Path copy(Path path) throws Exception {
        Path copies = Files.createDirectories(folder.resolve("copies"));
        Path copy = copies.resolve(path.getFileName());
        for (String suffix : List.of("", "-wal")) {
            Path part = path.resolveSibling(path.getFileName() + suffix);
            Path target = copies.resolve(part.getFileName());
            Files.deleteIfExists(target);
            if (Files.exists(part)) {
                Files.copy(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }
}
