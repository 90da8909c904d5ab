// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

class SqliteStoreTest {
    @TempDir Path folder;
    private Path path;
    private SqliteStore store;

    @BeforeEach
    void open() {
        path = folder.resolve("data/facegate.db");
        store = opened(path);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void addedPersonIsInTheNextSnapshotAndNotInTheOneBefore() throws Exception {
        Gallery before = store.gallery();

        Person alice = store.add("Alice", List.of(Faces.encoding(1), Faces.encoding(2)));

        assertThat(before.people()).isEmpty();
        assertThat(alice.encodings()).isEqualTo(2);
        assertThat(store.gallery().people()).containsExactly(alice);
        assertThat(store.gallery().revision()).isGreaterThan(before.revision());
        GallerySection section = store.gallery().section(Faces.MODEL).orElseThrow();
        assertThat(section.size()).isEqualTo(2);
        assertThat(section.people().get(section.owner(1))).isEqualTo(alice);
        assertThat(Faces.vectors(section))
                .startsWith(Faces.values(1, 128))
                .endsWith(Faces.values(2, 128));
    }

    @Test
    void everythingIsThereAfterReopening() throws Exception {
        NewEncoding full = Faces.withChip(7, "dataset/Alice/1.jpg");
        Person alice = store.add("Alice", List.of(full, Faces.encoding(8)));
        Gallery before = store.gallery();
        reopen();

        assertSame(store.gallery(), before);
        assertThat(store.gallery().revision()).isGreaterThan(0);
        List<StoredEncoding> encodings = store.encodings(alice.id());
        assertThat(encodings).extracting(StoredEncoding::hasChip).containsExactly(true, false);
        assertThat(encodings.get(0).descriptor()).isEqualTo(full.descriptor());
        assertThat(encodings.get(0).source()).isEqualTo("dataset/Alice/1.jpg");
        assertThat(encodings.get(0).contentHash()).isEqualTo("ef".repeat(32));
        assertThat(encodings.get(0).createdAt()).isEqualTo(alice.createdAt());
        assertThat(encodings.get(0).id()).isLessThan(encodings.get(1).id());
        assertThat(store.encodings(UUID.randomUUID())).isEmpty();
    }

    @Test
    void chipComesBackByteForByte() throws Exception {
        Person alice = store.add("Alice", List.of(Faces.withChip(7, "a"), Faces.encoding(8)));
        List<StoredEncoding> encodings = store.encodings(alice.id());

        assertThat(store.chip(encodings.get(0).id()).orElseThrow().rgb())
                .isEqualTo(Faces.chip(7).rgb());
        assertThat(store.chip(encodings.get(1).id())).isEmpty();
        assertThat(store.chip(4711)).isEmpty();
    }

    @Test
    void namesAreTrimmedAndComposed() throws Exception {
        Person jose = store.add("  Jose\u0301 ", List.of(Faces.encoding(1)));

        assertThat(jose.name()).isEqualTo("Jos\u00e9");
        assertThat(store.add("Jos\u00e9", List.of(Faces.encoding(2))).id()).isEqualTo(jose.id());
        assertThat(store.find(" Jos\u00e9").orElseThrow().encodings()).isEqualTo(2);
        assertThat(store.find("jos\u00e9")).isEmpty();
        assertThat(store.find("\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\u0000", "a\u2028b", "\ud800"})
    void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> store.add(name, List.of(Faces.encoding(1))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("name");
        assertThat(store.gallery().people()).isEmpty();
    }

    @Test
    void nameOf200CharactersIsTakenAndOf201Refused() throws Exception {
        store.add("\ud83d\ude00".repeat(200), List.of());
        assertThatThrownBy(() -> store.add("x".repeat(201), List.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("201");
    }

    @Test
    void renamingKeepsTheId() throws Exception {
        Person alice = store.add("Alice", List.of(Faces.encoding(1)));

        Person alicia = store.rename("Alice", "Alicia");

        assertThat(alicia.id()).isEqualTo(alice.id());
        assertThat(store.find("Alice")).isEmpty();
        assertThat(store.rename("Alicia", " Alicia ")).isEqualTo(alicia);
        assertSameAfterReopening();
    }

    @Test
    void renamingToAnExistingNameMerges() throws Exception {
        store.add("Alice", List.of(Faces.encoding(1)));
        Person bob = store.add("Bob", List.of(Faces.encoding(2)));
        store.add("Alice", List.of(Faces.encoding(3)));

        Person merged = store.rename("Alice", "Bob");

        assertThat(merged.id()).isEqualTo(bob.id());
        assertThat(merged.encodings()).isEqualTo(3);
        assertThat(store.gallery().people()).containsExactly(merged);
        assertThat(store.encodings(bob.id()))
                .extracting(StoredEncoding::source)
                .containsExactly("photo-1", "photo-2", "photo-3");
        assertSameAfterReopening();
    }

    @Test
    void renamingNobodySaysSo() {
        assertThatThrownBy(() -> store.rename("Nobody", "Bob"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("nobody is called \"Nobody\"");
    }

    @Test
    void deletingIsAllOrNothing() throws Exception {
        store.add("Alice", List.of(Faces.encoding(1)));
        store.add("Bob", List.of(Faces.encoding(2)));
        Gallery before = store.gallery();

        assertThatThrownBy(() -> store.delete(List.of("Alice", "Nobody")))
                .isInstanceOf(StoreException.class);
        assertThat(store.gallery()).isSameAs(before);
        assertSameAfterReopening();

        assertThat(store.delete(List.of("Bob", "Alice", "Bob")))
                .extracting(Person::name)
                .containsExactly("Bob", "Alice");
        assertThat(store.gallery().people()).isEmpty();
        assertThat(store.gallery().sections()).isEmpty();
    }

    @Test
    void deletingTheLastSourceDeletesThePerson() throws Exception {
        Person alice = store.add("Alice", List.of(Faces.encoding(1), Faces.encoding(2)));

        assertThat(store.deleteSource("Alice", "photo-1")).isEqualTo(1);
        assertThat(store.encodings(alice.id())).hasSize(1);
        assertThat(store.deleteSource("Alice", "photo-1")).isZero();
        assertThat(store.deleteSource("Nobody", "photo-1")).isZero();
        assertThat(store.deleteSource("Alice", "photo-2")).isEqualTo(1);
        assertThat(store.find("Alice")).isEmpty();
    }

    @Test
    void encodingsOfASourceAreReplacedInOneStep() throws Exception {
        Person made = store.replace("Alice", "photo-1", List.of(Faces.encoding(1)));
        store.add("Alice", List.of(Faces.encoding(2), Faces.withChip(1, "photo-1")));

        Person alice = store.replace(" Alice", "photo-1", List.of(Faces.withChip(3, "photo-1")));

        assertThat(alice).isEqualTo(store.find("Alice").orElseThrow());
        assertThat(alice.id()).isEqualTo(made.id());
        assertThat(alice.encodings()).isEqualTo(2);
        assertThat(store.encodings(alice.id()))
                .extracting(StoredEncoding::descriptor)
                .containsExactly(Faces.descriptor(2), Faces.descriptor(3));
        assertSameAfterReopening();

        NewEncoding wrong =
                new NewEncoding(
                        new FaceDescriptor(Faces.MODEL, new float[3]), Optional.empty(), "x", "");
        assertThatThrownBy(() -> store.replace("Alice", "photo-1", List.of(wrong)))
                .isInstanceOf(StoreException.class);
        assertThat(store.find("Alice")).contains(alice);
        assertThat(store.replace("Alice", "photo-1", List.of()).encodings()).isEqualTo(1);
        assertThat(contents()).doesNotContain("IHDR");
        assertSameAfterReopening();
    }

    @Test
    void encodingsThatDoNotFitTogetherAreRefusedAsAWhole() throws Exception {
        store.add("Alice", List.of(Faces.encoding(1)));
        FaceDescriptor odd = new FaceDescriptor(Faces.MODEL, new float[] {1, 2, 3});
        NewEncoding wrong = new NewEncoding(odd, Optional.empty(), "x", "");

        assertThatThrownBy(() -> store.add("Bob", List.of(Faces.encoding(2), wrong)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("3 values");
        assertThat(store.find("Bob")).isEmpty();
        assertSameAfterReopening();
    }

    @Test
    void modelsAreKeptApart() throws Exception {
        NewEncoding other =
                new NewEncoding(Faces.descriptor(Faces.OTHER, 3), Optional.empty(), "x", "");
        store.add("Alice", List.of(Faces.encoding(1), other));

        assertThat(store.gallery().section(Faces.MODEL).orElseThrow().size()).isEqualTo(1);
        assertThat(store.gallery().section(Faces.OTHER).orElseThrow().size()).isEqualTo(1);
        assertThat(store.gallery().section(new ModelKey("none", ""))).isEmpty();
    }

    @Test
    void snapshotMadeByStepsEqualsTheOneReadFromTheFile() throws Exception {
        Random random = new Random(5);
        List<String> names = List.of("A", "B", "C", "D", "E", "F");
        for (int i = 0; i < 150; i++) {
            String name = names.get(random.nextInt(names.size()));
            String second = names.get(random.nextInt(names.size()));
            int what = random.nextInt(10);
            if (what < 6 || store.find(name).isEmpty()) {
                store.add(name, some(random, i));
            } else if (what < 8) {
                store.rename(name, second);
            } else if (what < 9) {
                store.delete(List.of(name));
            } else {
                store.deleteSource(name, "photo-" + random.nextInt(i));
            }
            if (i % 15 == 0) {
                assertSameAfterReopening();
            }
        }
        assertSameAfterReopening();
    }

    @Test
    void erasedPersonLeavesNoTraceInTheFiles() throws Exception {
        NewEncoding face = Faces.withChip(7, "some-secret-source");
        store.add("Bob", List.of(Faces.encoding(1)));
        store.add("Alice Unmistakable", List.of(face));
        assertThat(contents()).contains("Alice Unmistakable").contains("some-secret-source");

        store.delete(List.of("Alice Unmistakable"));

        assertThat(contents())
                .doesNotContain("Alice Unmistakable")
                .doesNotContain("some-secret-source")
                .doesNotContain("IHDR")
                .contains("Bob");
    }

    @Test
    void callsAfterCloseAreStaleAndTheSnapshotStays() throws Exception {
        store.add("Alice", List.of(Faces.encoding(1)));
        store.close();

        assertThat(store.gallery().people()).hasSize(1);
        assertThatThrownBy(() -> store.add("Bob", List.of()))
                .isInstanceOf(StaleServiceException.class);
        assertThatThrownBy(() -> store.chip(1)).isInstanceOf(StaleServiceException.class);
        store.poll();
        store.close();
    }

    @Test
    void conditionCountsPeopleAndEncodings() throws Exception {
        store.add("Alice", List.of(Faces.encoding(1), Faces.encoding(2)));

        assertThat(store.condition().level()).isEqualTo(Level.OK);
        assertThat(store.condition().part()).isEqualTo("store");
        assertThat(store.condition().message())
                .isEqualTo("1 people, 2 encodings of dlib-resnet-v1");
    }

    @Test
    void folderWithOddCharactersWorks() throws Exception {
        Path odd = folder.resolve("a ?#%41 \u00fc;&x=y/facegate.db");
        try (SqliteStore other = opened(odd)) {
            other.add("Alice", List.of(Faces.encoding(1)));
            assertThat(odd).exists();
        }
    }

    static SqliteStore opened(Path path) {
        SqliteStore store = new SqliteStore(path);
        store.open();
        return store;
    }

    private static List<NewEncoding> some(Random random, int seed) {
        List<NewEncoding> result = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            ModelKey model = random.nextInt(3) == 0 ? Faces.OTHER : Faces.MODEL;
            FaceDescriptor descriptor = Faces.descriptor(model, seed * 10L + i);
            result.add(new NewEncoding(descriptor, Optional.empty(), "photo-" + seed, ""));
        }
        return result;
    }

    private String contents() throws Exception {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(path.getParent())) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private void reopen() {
        store.close();
        store = opened(path);
    }

    private void assertSameAfterReopening() {
        Gallery before = store.gallery();
        reopen();
        assertSame(store.gallery(), before);
    }

    static void assertSame(Gallery actual, Gallery expected) {
        assertThat(actual.people()).isEqualTo(expected.people());
        assertThat(actual.sections().keySet()).isEqualTo(expected.sections().keySet());
        expected.sections()
                .forEach(
                        (model, section) -> {
                            GallerySection other = actual.section(model).orElseThrow();
                            assertThat(Faces.vectors(other)).isEqualTo(Faces.vectors(section));
                            for (int i = 0; i < section.size(); i++) {
                                assertThat(other.people().get(other.owner(i)))
                                        .isEqualTo(section.people().get(section.owner(i)));
                            }
                        });
    }
}
