// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.NewUnknownFace;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class SqliteSightingsTest {
    private static final UUID ANN = new UUID(1, 1);
    private static final UUID BEN = new UUID(1, 2);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.000001Z");

    @TempDir Path folder;
    private SqliteStore store;
    private SqliteSightings sightings;

    @BeforeEach
    void open() {
        store = SqliteStoreTest.opened(folder.resolve("facegate.db"));
        sightings = store.sightings();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void facesOfUnknownPeopleAreThereAfterReopening() throws Exception {
        long first = sightings.addUnknownFace(face(ANN, 1, NOON, true));
        long second = sightings.addUnknownFace(face(BEN, 2, NOON.plusSeconds(5), false));
        long third = sightings.addUnknownFace(face(ANN, 3, NOON.plusSeconds(9), false));
        sightings.sawUnknown(ANN, NOON.plusSeconds(20), "yard", 2);
        sightings.sawUnknown(ANN, NOON.plusSeconds(10), "late", 1);
        sightings.sawUnknown(new UUID(9, 9), NOON, "yard", 1);
        reopen();

        assertThat(sightings.unknownPeople())
                .containsExactly(
                        new UnknownPerson(ANN, false, NOON, NOON.plusSeconds(20), "yard", 3, 2),
                        new UnknownPerson(
                                BEN,
                                false,
                                NOON.plusSeconds(5),
                                NOON.plusSeconds(5),
                                "door",
                                0,
                                1));
        assertThat(sightings.unknownFaces())
                .extracting(UnknownFace::id)
                .containsExactly(first, second, third);
        assertThat(sightings.unknownFaces().get(1))
                .isEqualTo(
                        new UnknownFace(
                                second,
                                BEN,
                                "door",
                                NOON.plusSeconds(5),
                                Faces.descriptor(2),
                                false));
        assertThat(sightings.unknownChip(first).orElseThrow().rgb()).isEqualTo(Faces.chip(1).rgb());
        assertThat(sightings.unknownChip(second)).isEmpty();
    }

    @Test
    void whatWasSeenLeavesTheGalleryAsItIs() throws Exception {
        Person alice = store.add("Alice", List.of(Faces.encoding(1)));
        Gallery before = store.gallery();

        sightings.addUnknownFace(face(ANN, 1, NOON, true));
        sightings.sawUnknown(ANN, NOON, "door", 1);
        sightings.setIgnored(ANN, true);
        sightings.saw(List.of(new LastSeen(alice.id(), NOON, "door")));
        sightings.removeUnknown(List.of(ANN));
        store.poll();

        assertThat(store.gallery()).isSameAs(before);
    }

    @Test
    void whatAnotherProcessSawIsNoReasonToReadTheGalleryAnew() throws Exception {
        store.add("Alice", List.of(Faces.encoding(1)));
        try (SqliteStore other = SqliteStoreTest.opened(folder.resolve("facegate.db"))) {
            Gallery before = other.gallery();
            sightings.addUnknownFace(face(ANN, 1, NOON, true));
            other.poll();
            assertThat(other.gallery()).isSameAs(before);

            store.add("Bob", List.of(Faces.encoding(2)));
            other.poll();
            assertThat(other.find("Bob")).isPresent();
        }
    }

    @Test
    void ignoringSomebodyWhoIsNotThereSaysSo() throws Exception {
        sightings.addUnknownFace(face(ANN, 1, NOON, false));
        sightings.setIgnored(ANN, true);

        assertThat(sightings.unknownPeople().get(0).ignored()).isTrue();
        assertThatThrownBy(() -> sightings.setIgnored(BEN, true))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(BEN.toString());
    }

    @Test
    void removedFacesLeaveNoTraceInTheFiles() throws Exception {
        sightings.addUnknownFace(face(ANN, 1, NOON, true));
        long extra = sightings.addUnknownFace(face(BEN, 2, NOON, true));
        assertThat(contents()).contains("IHDR").contains(raw(1)).contains(raw(2));

        assertThat(sightings.removeUnknownFaces(List.of(extra, 4711L))).isEqualTo(1);
        assertThat(contents()).doesNotContain(raw(2)).contains(raw(1));
        assertThat(sightings.unknownPeople()).hasSize(2);

        assertThat(sightings.removeUnknown(List.of(ANN, new UUID(9, 9), BEN))).isEqualTo(2);
        assertThat(contents())
                .doesNotContain("IHDR")
                .doesNotContain(raw(1))
                .doesNotContain(ANN.toString());
        assertThat(sightings.unknownPeople()).isEmpty();
    }

    @Test
    void namingMakesFacesEncodingsWithTheirChips() throws Exception {
        Person alice = store.add("Alice", List.of(Faces.encoding(2)));
        sightings.addUnknownFace(face(ANN, 1, NOON, true));
        sightings.addUnknownFace(face(BEN, 2, NOON, true));
        sightings.addUnknownFace(face(BEN, 3, NOON.plusSeconds(1), false));
        long revision = store.gallery().revision();

        Person named = sightings.name(List.of(ANN, BEN), " Alice ");

        assertThat(named).isEqualTo(store.find("Alice").orElseThrow());
        assertThat(named.id()).isEqualTo(alice.id());
        assertThat(store.gallery().revision()).isGreaterThan(revision);
        List<StoredEncoding> encodings = store.encodings(alice.id());
        assertThat(encodings)
                .extracting(StoredEncoding::source)
                .containsExactly("photo-2", "unknown/" + ANN, "unknown/" + BEN);
        assertThat(encodings)
                .extracting(StoredEncoding::descriptor)
                .containsExactly(Faces.descriptor(2), Faces.descriptor(1), Faces.descriptor(3));
        assertThat(store.chip(encodings.get(1).id()).orElseThrow().rgb())
                .isEqualTo(Faces.chip(1).rgb());
        assertThat(sightings.unknownPeople()).isEmpty();
        assertThat(sightings.unknownFaces()).isEmpty();
        assertThat(sightings.lastSeen())
                .containsOnly(
                        java.util.Map.entry(
                                alice.id(), new LastSeen(alice.id(), NOON.plusSeconds(1), "door")));
        Gallery stepped = store.gallery();
        reopen();
        SqliteStoreTest.assertSame(store.gallery(), stepped);
    }

    @Test
    void namingIsAllOrNothing() throws Exception {
        sightings.addUnknownFace(face(ANN, 1, NOON, true));
        Gallery before = store.gallery();

        assertThatThrownBy(() -> sightings.name(List.of(ANN, BEN), "Alice"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(BEN.toString());
        assertThatThrownBy(() -> sightings.name(List.of(ANN), " "))
                .isInstanceOf(StoreException.class);

        assertThat(store.gallery()).isSameAs(before);
        assertThat(store.find("Alice")).isEmpty();
        assertThat(sightings.unknownFaces()).hasSize(1);
    }

    @Test
    void lastSightingMovesOnAndGoesWithThePerson() throws Exception {
        Person alice = store.add("Alice", List.of());
        Person bob = store.add("Bob", List.of());
        sightings.saw(
                List.of(
                        new LastSeen(alice.id(), NOON, "door"),
                        new LastSeen(bob.id(), NOON.plusSeconds(9), "yard"),
                        new LastSeen(new UUID(9, 9), NOON, "door")));
        sightings.saw(List.of(new LastSeen(bob.id(), NOON, "before")));
        sightings.saw(List.of());
        assertThat(sightings.lastSeen().keySet()).containsExactlyInAnyOrder(alice.id(), bob.id());

        store.rename("Bob", "Alice");
        assertThat(sightings.lastSeen().values())
                .containsExactly(new LastSeen(alice.id(), NOON.plusSeconds(9), "yard"));

        store.delete(List.of("Alice"));
        assertThat(sightings.lastSeen()).isEmpty();
    }

    @Test
    void replacedCopyBringsBackWhatWasSeen() throws Exception {
        Person alice = store.add("Alice", List.of());
        sightings.saw(List.of(new LastSeen(alice.id(), NOON, "door")));
        sightings.addUnknownFace(face(ANN, 1, NOON, true));
        sightings.setIgnored(ANN, true);
        List<UnknownPerson> people = sightings.unknownPeople();
        Path copy = folder.resolve("copy.db");
        store.copyTo(copy);

        store.delete(List.of("Alice"));
        sightings.removeUnknown(List.of(ANN));
        sightings.addUnknownFace(face(BEN, 2, NOON, true));
        store.restore(copy, RestoreMode.REPLACE);

        assertThat(sightings.unknownPeople()).isEqualTo(people);
        UnknownFace face = sightings.unknownFaces().get(0);
        assertThat(face.descriptor()).isEqualTo(Faces.descriptor(1));
        assertThat(sightings.unknownChip(face.id()).orElseThrow().rgb())
                .isEqualTo(Faces.chip(1).rgb());
        assertThat(sightings.lastSeen().values())
                .containsExactly(new LastSeen(alice.id(), NOON, "door"));
    }

    @Test
    void mergedCopyAddsWhatIsMissingOfWhatWasSeen() throws Exception {
        Person alice = store.add("Alice", List.of());
        sightings.saw(List.of(new LastSeen(alice.id(), NOON, "door")));
        sightings.addUnknownFace(face(ANN, 1, NOON, true));
        sightings.addUnknownFace(face(ANN, 2, NOON, true));
        Path copy = folder.resolve("copy.db");
        store.copyTo(copy);

        sightings.removeUnknownFaces(List.of(sightings.unknownFaces().get(0).id()));
        sightings.addUnknownFace(face(BEN, 3, NOON, true));
        LastSeen later = new LastSeen(alice.id(), NOON.plusSeconds(60), "yard");
        sightings.saw(List.of(later));
        store.restore(copy, RestoreMode.MERGE);

        assertThat(sightings.unknownFaces())
                .extracting(UnknownFace::descriptor)
                .containsExactly(Faces.descriptor(2), Faces.descriptor(3), Faces.descriptor(1));
        assertThat(sightings.unknownPeople()).hasSize(2);
        assertThat(sightings.lastSeen().values()).containsExactly(later);
    }

    private static NewUnknownFace face(UUID id, long seed, Instant at, boolean chip) {
        FaceDescriptor descriptor = Faces.descriptor(seed);
        return new NewUnknownFace(
                id,
                "door",
                at,
                descriptor,
                chip ? Optional.of(Faces.chip(seed)) : Optional.empty());
    }

    /** The bytes of a vector as they would lie in a file. */
    private static String raw(long seed) {
        return new String(Columns.bytes(Faces.descriptor(seed)), StandardCharsets.ISO_8859_1);
    }

    private String contents() throws Exception {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private void reopen() {
        store.close();
        open();
    }
}
