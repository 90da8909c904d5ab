// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.sighting.NewUnknownFace;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.faultydisk.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Of who was erased nothing is in any file, whatever SQLite did with its pages before. */
class StoreScrubTest {
    private static final int ROUNDS = Integer.getInteger("facegate.rounds", 3);
    private static final int PEOPLE = Integer.getInteger("facegate.people", 1000);
    private static final int KILLS = Integer.getInteger("facegate.kills", 5);
    private static final long SEED = Long.getLong("facegate.seed", System.nanoTime());
    private static final int UNKNOWN = 30;

    /** People there before each kill, and how many of them go. */
    private static final int KILLED = 400;

    @TempDir Path folder;

    private final Traces traces = new Traces();
    private final ChangingPeople people = new ChangingPeople(SEED);

    @Test
    void nothingIsLeftInAGalleryThatGrewAndShrank() throws Exception {
        growAndShrink(Optional.empty());
    }

    @Test
    void nothingIsLeftInAnEncryptedGalleryThatGrewAndShrank() throws Exception {
        growAndShrink(key());
    }

    @Test
    void unknownPeopleWhoAreForgottenAreOverwrittenAtTheNextLook() throws Exception {
        Path path = folder.resolve("data/facegate.db");
        try (SqliteStore store = opened(path, Optional.empty())) {
            forgetUnknown(store, UNKNOWN);
            assertThat(toScrub(store)).isPositive();
            for (int i = 0; i < 30; i++) {
                store.poll();
            }
            assertThat(toScrub(store)).isZero();
            assertNothingIn(path.getParent());
        }
    }

    @Test
    void whatAReaderKeepsFromBeingOverwrittenIsTold() throws Exception {
        Path path = folder.resolve("data/facegate.db");
        try (SqliteStore store = opened(path, Optional.empty());
                SqliteStore other = opened(path, Optional.empty())) {
            List<NewPerson> come = people.come(3);
            store.addAll(come);
            other.file()
                    .read(
                            sql -> {
                                sql.encodings().last();
                                store.delete(List.of(come.get(0).name()));
                                assertThat(store.file().scrub()).contains("another process");
                                return null;
                            });
            assertThat(store.condition().message()).contains("may still be read", "30 seconds");
            assertThat(store.file().scrub()).isEmpty();
            assertThat(store.condition().message()).doesNotContain("may still be read");
        }
    }

    /** What a process that was killed meanwhile began, the next one ends as it starts. */
    @Test
    void nothingIsLeftAfterKills() throws Exception {
        Path path = folder.resolve("data/facegate.db");
        Random random = new Random(SEED);
        int unfinished = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (SqliteStore store = opened(path, Optional.empty())) {
                store.addAll(people.come(KILLED - people.there().size()));
            }
            List<NewPerson> gone = people.go(KILLED / 2);
            Path names = folder.resolve("names");
            Files.write(names, gone.stream().map(NewPerson::name).toList());
            try (ChildJvm process =
                    ChildJvm.start(
                            ErasingProcess.class,
                            folder.resolve("errors"),
                            Map.of(),
                            List.of(path.toString(), names.toString()))) {
                assertThat(process.line()).as(process::errors).isEqualTo("deleted");
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(30_000)));
                process.kill();
                unfinished += process.rest().isEmpty() ? 1 : 0;
            }
            trace(gone, Optional.empty());
            try (SqliteStore store = opened(path, Optional.empty())) {
                assertThat(toScrub(store)).isZero();
                assertWhole(store);
            }
            assertNothingIn(path.getParent());
            StoreAudit.assertSound(path);
        }
        System.out.printf(
                "%d kills while remains were overwritten, %d of them before the end: nothing of %d"
                        + " people left (seed %d)%n",
                KILLS, unfinished, KILLS * KILLED / 2, SEED);
    }

    private void growAndShrink(Optional<Path> key) throws Exception {
        Path path = folder.resolve("data/facegate.db");
        int gone = 0;
        try (SqliteStore store = opened(path, key)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < 4; i++) {
                    store.addAll(people.come(PEOPLE / 4));
                }
                forgetUnknown(store, UNKNOWN);
                List<NewPerson> go = people.go(people.there().size() / 2);
                store.delete(go.stream().map(NewPerson::name).toList());
                trace(go, key);
                gone += go.size();
            }
            assertThat(store.file().scrub()).isEmpty();
            assertWhole(store);
            assertNothingIn(path.getParent());
        }
        assertNothingIn(path.getParent());
        StoreAudit.assertSound(path);
        System.out.printf("%d people deleted: none of their names, ids and vectors left%n", gone);
    }

    private void forgetUnknown(SqliteStore store, int count) throws Exception {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID id = UUID.randomUUID();
            ids.add(id);
            long seed = id.getLeastSignificantBits();
            store.sightings()
                    .addUnknownFace(
                            new NewUnknownFace(
                                    id,
                                    "front",
                                    Instant.EPOCH,
                                    Faces.descriptor(seed),
                                    Optional.empty()));
            traces.add(id);
            traces.add(Columns.bytes(Faces.descriptor(seed)));
        }
        store.sightings().removeUnknown(ids);
    }

    private void trace(List<NewPerson> gone, Optional<Path> key) throws Exception {
        Sealing sealing =
                new Sealing(
                        key.isEmpty() ? Optional.empty() : Optional.of(StoreKey.read(key.get())));
        for (NewPerson person : gone) {
            ChangingPeople.trace(traces, person, sealing);
        }
    }

    private void assertNothingIn(Path data) throws Exception {
        List<String> found = traces.in(data);
        assertThat(found).as("left (seed %d): %s", SEED, found).isEmpty();
    }

    private void assertWhole(SqliteStore store) {
        assertThat(store.gallery().people().stream().map(Person::name))
                .containsExactlyInAnyOrderElementsOf(
                        people.there().stream().map(NewPerson::name).toList());
    }

    private static long toScrub(SqliteStore store) throws Exception {
        return store.file().read(sql -> sql.state().toScrub());
    }

    private Optional<Path> key() throws Exception {
        Path file = folder.resolve("store.key");
        StoreKey.make(file);
        return Optional.of(file);
    }

    private static SqliteStore opened(Path path, Optional<Path> key) {
        SqliteStore store = new SqliteStore(path, key);
        store.open();
        return store;
    }
}
