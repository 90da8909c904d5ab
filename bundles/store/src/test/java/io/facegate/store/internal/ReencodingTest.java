// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelKey;
import io.facegate.api.sighting.NewUnknownFace;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.KeptEncodings;
import io.facegate.api.store.KeptFace;
import io.facegate.api.store.KeptFace.Owner;
import io.facegate.api.store.LaterEncoding;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoredEncoding;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Encodings of another model beside the first ones. */
class ReencodingTest {
    private static final UUID STRANGER = new UUID(3, 3);

    @TempDir Path folder;
    private SqliteStore store;

    @BeforeEach
    void open() throws Exception {
        store = new SqliteStore(folder.resolve("data/facegate.db"));
        store.open();
        store.add("Ann", List.of(Faces.withChip(1, "a1"), Faces.withChip(2, "a2")));
        store.add("Bob", List.of(Faces.withChip(3, "b1"), Faces.encoding(4)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void facesWithAChipAreEncodedAndTheOthersNamed() throws Exception {
        assertThat(encodeAll()).isEqualTo(3);
        ModelCoverage coverage = store.reencoding().coverage(Faces.OTHER);
        assertThat(coverage).isEqualTo(new ModelCoverage(2, 2, 4, 3, 0, 0, List.of("Bob")));
        assertThat(coverage.complete()).isFalse();
        assertThat(store.reencoding().unencoded(Faces.OTHER, Owner.PERSON, 0, 9)).isEmpty();
    }

    @Test
    void modelNobodyHasEncodingsOf() throws Exception {
        assertThat(store.reencoding().coverage(Faces.OTHER))
                .isEqualTo(new ModelCoverage(2, 0, 4, 0, 0, 0, List.of("Bob")));
        assertThat(store.reencoding().coverage(Faces.MODEL).complete()).isTrue();
    }

    @Test
    void sectionsStandBesideEachOtherAndEachFaceCountsOnce() throws Exception {
        encodeAll();
        assertThat(store.gallery().people()).extracting(Person::encodings).containsExactly(2, 2);
        assertThat(store.gallery().section(Faces.MODEL).orElseThrow().size()).isEqualTo(4);
        GallerySection other = store.gallery().section(Faces.OTHER).orElseThrow();
        assertThat(other.size()).isEqualTo(3);
        assertThat(other.people()).extracting(Person::name).containsExactly("Ann", "Bob");
        assertThat(other.owners()).containsExactly(0, 0, 1);
        assertSameAfterReopening();
    }

    @Test
    void chipOfAFaceIsThatOfEachOfItsEncodings() throws Exception {
        encodeAll();
        List<StoredEncoding> all = store.encodings(store.find("Ann").orElseThrow().id());
        assertThat(all)
                .extracting(StoredEncoding::derived)
                .containsExactly(false, false, true, true);
        assertThat(all).allMatch(StoredEncoding::hasChip);
        assertThat(store.chip(all.get(3).id()).orElseThrow().rgb()).isEqualTo(Faces.chip(2).rgb());
    }

    @Test
    void encodingsGoWithTheirFace() throws Exception {
        encodeAll();
        assertThat(store.deleteSource("Ann", "a1")).isEqualTo(1);
        assertThat(store.gallery().section(Faces.OTHER).orElseThrow().size()).isEqualTo(2);
        store.rename("Ann", "Bob");
        assertThat(store.gallery().section(Faces.OTHER).orElseThrow().owners())
                .containsExactly(0, 0);
        assertSameAfterReopening();
        store.delete(List.of("Bob"));
        assertThat(store.gallery().sections()).isEmpty();
        assertSameAfterReopening();
    }

    @Test
    void whatHasGoneOrIsThereIsLeftOut() throws Exception {
        List<KeptFace> faces = store.reencoding().unencoded(Faces.OTHER, Owner.PERSON, 0, 9);
        store.delete(List.of("Bob"));
        assertThat(store.reencoding().add(encoded(faces))).isEqualTo(2);
        assertThat(store.reencoding().add(encoded(faces))).isZero();
        assertThat(store.gallery().section(Faces.OTHER).orElseThrow().size()).isEqualTo(2);
    }

    @Test
    void facesComeInPagesAndLaterOnesAreMissing() throws Exception {
        List<KeptFace> first = store.reencoding().unencoded(Faces.OTHER, Owner.PERSON, 0, 2);
        assertThat(first).hasSize(2);
        assertThat(store.reencoding().unencoded(Faces.OTHER, Owner.PERSON, first.get(1).id(), 2))
                .hasSize(1);
        encodeAll();
        store.add("Ann", List.of(Faces.withChip(7, "a3")));
        assertThat(store.reencoding().unencoded(Faces.OTHER, Owner.PERSON, 0, 9))
                .extracting(face -> face.chip().rgb())
                .containsExactly(Faces.chip(7).rgb());
    }

    @Test
    void facesOfUnknownPeopleAreEncodedToo() throws Exception {
        store.sightings()
                .addUnknownFace(
                        new NewUnknownFace(
                                STRANGER,
                                "cam",
                                Instant.EPOCH,
                                Faces.descriptor(9),
                                Optional.of(Faces.chip(9))));
        List<KeptFace> faces = store.reencoding().unencoded(Faces.OTHER, Owner.UNKNOWN, 0, 9);
        assertThat(faces).hasSize(1);
        long revision = store.gallery().revision();
        assertThat(store.reencoding().add(encoded(faces))).isEqualTo(1);
        assertThat(store.gallery().revision()).as("for who keeps them").isGreaterThan(revision);
        assertThat(store.sightings().unknownFaces())
                .singleElement()
                .satisfies(
                        face ->
                                assertThat(face.later())
                                        .singleElement()
                                        .satisfies(
                                                d -> assertThat(d.model()).isEqualTo(Faces.OTHER)));
        ModelCoverage coverage = store.reencoding().coverage(Faces.OTHER);
        assertThat(coverage.unknownFaces()).isEqualTo(1);
        assertThat(coverage.unknownFacesEncoded()).isEqualTo(1);
        assertThat(store.sightings().unknownPeople())
                .singleElement()
                .satisfies(person -> assertThat(person.faces()).isEqualTo(1));
    }

    @Test
    void counterExamplesAreEncodedTooAndCountOnce() throws Exception {
        UUID ann = store.find("Ann").orElseThrow().id();
        long id = store.counterExamples().reject(ann, Faces.withChip(9, "door")).id();
        encodeAll();
        List<KeptFace> faces =
                store.reencoding().unencoded(Faces.OTHER, Owner.COUNTER_EXAMPLE, 0, 9);
        assertThat(store.reencoding().add(encoded(faces))).isEqualTo(1);
        assertThat(store.gallery().section(Faces.OTHER).orElseThrow().counterExamples())
                .extracting(CounterExample::id)
                .containsExactly(id);
        assertThat(store.gallery().counterExamples(ann)).isEqualTo(1);
        assertThat(store.counterExamples().counterExamples(ann)).hasSize(1);
        store.counterExamples().removeCounterExamples(List.of(id));
        assertThat(store.gallery().section(Faces.OTHER).orElseThrow().counterExamples()).isEmpty();
        assertThat(store.gallery().counterExamples(ann)).isZero();
        assertSameAfterReopening();
    }

    @Test
    void copyBringsThemBack() throws Exception {
        encodeAll();
        Path copy = folder.resolve("copy.db");
        assertThat(store.copyTo(copy).encodings()).isEqualTo(4);
        try (SqliteStore other = new SqliteStore(folder.resolve("other/facegate.db"))) {
            other.open();
            assertThat(other.restore(copy, RestoreMode.REPLACE).newEncodings()).isEqualTo(4);
            assertThat(Faces.vectors(other.gallery().section(Faces.OTHER).orElseThrow()))
                    .isEqualTo(Faces.vectors(store.gallery().section(Faces.OTHER).orElseThrow()));
        }
        // the same into itself adds nothing
        assertThat(store.restore(copy, RestoreMode.MERGE).changed()).isFalse();
        assertThat(store.gallery().section(Faces.OTHER).orElseThrow().size()).isEqualTo(3);
    }

    @Test
    void clearedModelIsGoneAndFacesKeepTheirChipsAndOtherEncodings() throws Exception {
        encodeAll();
        UUID ann = store.find("Ann").orElseThrow().id();
        Traces gone = new Traces();
        for (StoredEncoding one : store.encodings(ann)) {
            if (one.descriptor().model().equals(Faces.MODEL)) {
                gone.add(Columns.bytes(one.descriptor()));
            }
        }
        float[] others = Faces.vectors(store.gallery().section(Faces.OTHER).orElseThrow());
        assertThat(store.reencoding().kept())
                .containsExactly(
                        new KeptEncodings(Faces.MODEL, 4, 4 * 512, 1),
                        new KeptEncodings(Faces.OTHER, 3, 3 * 512, 0));
        assertThat(gone.in(folder.resolve("data"))).as("can be found").isNotEmpty();

        assertThat(store.reencoding().clear(Faces.MODEL))
                .as("Bob has a face without a chip, known by that model alone")
                .isEqualTo(new ClearedEncodings(3, 1, ""));
        assertThat(store.gallery().section(Faces.MODEL).orElseThrow().size()).isEqualTo(1);
        assertThat(Faces.vectors(store.gallery().section(Faces.OTHER).orElseThrow()))
                .isEqualTo(others);
        assertThat(store.gallery().people()).extracting(Person::encodings).containsExactly(2, 2);
        assertThat(store.encodings(ann)).hasSize(2).noneMatch(StoredEncoding::derived);
        for (StoredEncoding one : store.encodings(ann)) {
            assertThat(one.source()).isIn("a1", "a2");
            assertThat(store.chip(one.id())).isPresent();
        }
        assertThat(gone.in(folder.resolve("data"))).as("overwritten").isEmpty();
        assertSameAfterReopening();
        // and back: what is left is encoded anew from the chips
        assertThat(store.reencoding().unencoded(Faces.MODEL, Owner.PERSON, 0, 9)).hasSize(3);
        assertThat(store.reencoding().clear(new ModelKey("nobody", "ab".repeat(32))))
                .isEqualTo(new ClearedEncodings(0, 0, ""));
    }

    @Test
    void laterEncodingsAloneAreClearedToo() throws Exception {
        encodeAll();
        assertThat(store.reencoding().clear(Faces.OTHER)).isEqualTo(new ClearedEncodings(3, 0, ""));
        assertThat(store.gallery().sections()).containsOnlyKeys(Faces.MODEL);
        assertThat(store.reencoding().kept()).hasSize(1);
        assertSameAfterReopening();
    }

    private int encodeAll() throws Exception {
        return store.reencoding()
                .add(encoded(store.reencoding().unencoded(Faces.OTHER, Owner.PERSON, 0, 100)));
    }

    private static List<LaterEncoding> encoded(List<KeptFace> faces) {
        List<LaterEncoding> encodings = new ArrayList<>();
        for (KeptFace face : faces) {
            encodings.add(
                    new LaterEncoding(
                            face.owner(),
                            face.id(),
                            Faces.descriptor(Faces.OTHER, 100 + face.id())));
        }
        return encodings;
    }

    private void assertSameAfterReopening() {
        Gallery before = store.gallery();
        store.close();
        store = new SqliteStore(folder.resolve("data/facegate.db"));
        store.open();
        assertThat(store.gallery().people()).isEqualTo(before.people());
        assertThat(store.gallery().sections().keySet()).isEqualTo(before.sections().keySet());
        store.gallery()
                .sections()
                .forEach(
                        (model, section) -> {
                            GallerySection old = before.section(model).orElseThrow();
                            assertThat(Faces.vectors(section)).isEqualTo(Faces.vectors(old));
                            assertThat(section.owners()).isEqualTo(old.owners());
                            assertThat(section.people()).isEqualTo(old.people());
                        });
    }
}
