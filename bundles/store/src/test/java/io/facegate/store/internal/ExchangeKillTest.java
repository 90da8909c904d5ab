// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.RestoreMode;
import io.facegate.faultydisk.ChildJvm;
import io.facegate.store.internal.Progress.InFlight;
import io.facegate.store.internal.StoreOperation.Kind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Processes that back up, restore, import people and change the key of one store, each ended by
 * SIGKILL at a moment nobody chose: every step is whole or not there, and a store that is encrypted
 * shows no face in any file of its folder.
 */
class ExchangeKillTest {
    private static final int KILLS = Integer.getInteger("facegate.kills", 200) / 12;
    private static final long SEED = Long.getLong("facegate.seed", System.nanoTime());
    private static final int STEPS = 3;

    @TempDir Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> hit = new TreeMap<>();
    private Path path;
    private Path backups;
    private Optional<Path> key = Optional.empty();
    private GalleryModel model = new GalleryModel();

    /** What backups must hold. */
    private final Map<Path, GalleryModel> backedUp = new TreeMap<>();

    private int acknowledged;
    private int inFlight;

    @BeforeEach
    void begin() throws Exception {
        path = Files.createDirectory(folder.resolve("data")).resolve("facegate.db");
        backups = Files.createDirectory(folder.resolve("backups"));
    }

    @Test
    void backupsRestoresAndImportsAreWholeOrNotThereAfterEveryKill() throws Exception {
        kill("backups, restores and imports", List.of());
    }

    @Test
    void changesOfTheKeyAreWholeOrNotThereAfterEveryKillAndLeaveNoFace() throws Exception {
        List<String> keys = new ArrayList<>();
        for (String name : List.of("a.key", "b.key")) {
            Path file = folder.resolve(name);
            StoreKey.make(file);
            keys.add(file.toString());
        }
        key = Optional.of(Path.of(keys.get(0)));
        kill("the same and changes of the key", keys);
    }

    private void kill(String what, List<String> keys) throws Exception {
        ChildJvm next = started(keys);
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                List<String> lines;
                try (ChildJvm process = next) {
                    lines = killed(process);
                }
                Progress progress = new Progress(model);
                Set<Optional<Path>> possible = read(lines, progress);
                key = actualKey();
                assertThat(possible).contains(key);
                progress.begun().ifPresent(o -> hit.merge(o.kind().toString(), 1, Integer::sum));
                inFlight += progress.inFlight() ? 1 : 0;
                // the last to work on copies is dead: whoever comes next deletes what it left
                ExchangeProcess.exchange(new SqliteStore(path), path.getParent());
                assertNoCopies();
                InFlight result = progress.check(StoreAudit.of(path, key));
                if (progress.begun().filter(ExchangeKillTest::changesPeople).isPresent()) {
                    hit.merge(result.toString(), 1, Integer::sum);
                }
                acknowledged += progress.acknowledged();
                model = progress.model();
                checkBackups(keys);
                next = started(keys);
            }
        } finally {
            next.close();
        }
        System.out.printf(
                "%d kills by SIGKILL during %s: all %d acknowledged steps kept; in flight %s, none in"
                        + " part (seed %d)%n",
                KILLS, what, acknowledged, hit, SEED);
        // Kills that hit nobody at work would prove nothing.
        assertThat(inFlight).isGreaterThan(KILLS / 3);
        assertThat(acknowledged).isGreaterThan(KILLS / 4);
    }

    private static boolean changesPeople(StoreOperation operation) {
        return operation.kind() != Kind.BACKUP && operation.kind() != Kind.CHANGE_KEY;
    }

    private ChildJvm started(List<String> keys) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                path.toString(),
                                "" + random.nextLong(),
                                backups.toString(),
                                key.map(Path::toString).orElse("")));
        arguments.addAll(keys);
        return ChildJvm.start(ExchangeProcess.class, folder.resolve("errors"), Map.of(), arguments);
    }

    private List<String> killed(ChildJvm process) throws Exception {
        assertThat(process.line()).as(process::errors).isEqualTo("ready");
        process.tell("go");
        List<String> lines = new ArrayList<>();
        // always at work on something, however long the opening took
        for (int count = 1 + 2 * random.nextInt(STEPS); count > 0; count--) {
            String line = process.line();
            assertThat(line).as(process::errors).isNotNull();
            lines.add(line);
        }
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(60_000)));
        process.kill();
        assertThat(process.exitCode()).isEqualTo(ChildJvm.KILLED);
        lines.addAll(process.rest());
        return lines;
    }

    /** Follows the lines; the keys the store may have after them. */
    private Set<Optional<Path>> read(List<String> lines, Progress progress) {
        Optional<Path> current = key;
        for (String line : lines) {
            Optional<StoreOperation> begun = progress.begun();
            progress.read(line);
            if (line.equals(WorkingProcess.DONE) && begun.get().kind() == Kind.CHANGE_KEY) {
                current = ExchangeProcess.file(begun.get().names().get(0));
            }
            if (line.equals(WorkingProcess.DONE) && begun.get().kind() == Kind.BACKUP) {
                assertThat(Path.of(begun.get().names().get(0))).exists();
            }
            progress.begun()
                    .filter(o -> o.kind() == Kind.BACKUP)
                    .ifPresent(o -> backedUp.put(Path.of(o.names().get(0)), progress.model()));
        }
        Optional<Path> now = current;
        return progress.begun()
                .filter(o -> o.kind() == Kind.CHANGE_KEY)
                .map(o -> Set.of(now, ExchangeProcess.file(o.names().get(0))))
                .orElse(Set.of(now));
    }

    /** By opening without one, which changes nothing of an encrypted store. */
    private Optional<Path> actualKey() throws Exception {
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            if (store.condition().level() != Level.FAILED) {
                return Optional.empty();
            }
            for (String name : List.of("a.key", "b.key")) {
                Path file = folder.resolve(name);
                if (store.condition().message().contains(StoreKey.read(file).id())) {
                    return Optional.of(file);
                }
            }
            throw new AssertionError(store.condition().message());
        }
    }

    private void assertNoCopies() throws Exception {
        try (Stream<Path> files = Files.list(path.getParent())) {
            assertThat(files).noneMatch(f -> f.getFileName().toString().startsWith("gallery-copy"));
        }
    }

    /** Every backup that can be seen is whole, and what the store held then. */
    private void checkBackups(List<String> keys) throws Exception {
        List<Path> there;
        try (Stream<Path> files = Files.list(backups)) {
            there = files.filter(f -> !f.getFileName().toString().startsWith(".")).toList();
        }
        for (Path backup : there) {
            GalleryModel expected = backedUp.get(backup);
            Path restored = Files.createTempDirectory(folder, "restored").resolve("facegate.db");
            Optional<Path> sealedBy = keyOf(backup, keys);
            try (SqliteStore store = new SqliteStore(restored, sealedBy);
                    InputStream in = Files.newInputStream(backup)) {
                store.open();
                ExchangeProcess.exchange(store, restored.getParent())
                        .restore(in, backup.toString(), RestoreMode.REPLACE);
            }
            assertThat(expected.agreesWith(StoreAudit.of(restored, sealedBy)))
                    .as(() -> backup + ", expected " + expected)
                    .isTrue();
            Files.delete(backup);
        }
    }

    /** The key whose id is in a backup, which shows no face then. */
    private Optional<Path> keyOf(Path backup, List<String> keys) throws Exception {
        byte[] bytes = Files.readAllBytes(backup);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String file : keys) {
            if (text.contains(StoreKey.read(Path.of(file)).id())) {
                assertThat(PlainFaces.in(bytes)).as(backup.toString()).isFalse();
                return Optional.of(Path.of(file));
            }
        }
        return Optional.empty();
    }
}
