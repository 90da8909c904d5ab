// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.store.Addition;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreContents;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class StoreCopyTest {
    @TempDir Path folder;
    private SqliteStore store;
    private Path copy;

    @BeforeEach
    void open() {
        store = SqliteStoreTest.opened(folder.resolve("facegate.db"));
        copy = folder.resolve("copy.db");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void manyPeopleComeInTogetherAndTwinsOnlyOnce() throws Exception {
        Person alice = store.add("Alice", List.of(Faces.encoding(1)));
        UUID id = UUID.randomUUID();

        Addition addition =
                store.addAll(
                        List.of(
                                person("Alice", 1, 2),
                                new NewPerson(Optional.of(id), "Bob", List.of(Faces.encoding(1))),
                                person("Bob", 1, 3),
                                new NewPerson(Optional.of(alice.id()), "Alicia", List.of())));

        assertThat(addition).isEqualTo(new Addition(1, 1, 3, 2));
        assertThat(store.gallery().people())
                .extracting(Person::name, Person::encodings)
                .containsExactly(tuple("Alice", 2), tuple("Bob", 2));
        assertThat(store.find("Bob").orElseThrow().id()).isEqualTo(id);
    }

    @Test
    void nothingComesInWhenOneIsRefused() throws Exception {
        long revision = store.gallery().revision();
        NewEncoding tooShort =
                new NewEncoding(
                        new FaceDescriptor(Faces.MODEL, new float[3]), Optional.empty(), "x", "");
        assertThatThrownBy(
                        () ->
                                store.addAll(
                                        List.of(
                                                person("Alice", 1),
                                                new NewPerson(
                                                        Optional.empty(),
                                                        "Bob",
                                                        List.of(tooShort)))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("3 values");
        assertThatThrownBy(() -> store.addAll(List.of(person("Alice", 1), person("a\nb", 2))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("person \"a?b\"");
        assertThat(store.gallery().people()).isEmpty();
        assertThat(store.gallery().revision()).isEqualTo(revision);
    }

    @Test
    void copyReplacesEverythingWithIdsTimesAndChips() throws Exception {
        store.add("Alice", List.of(Faces.withChip(1, "a.jpg"), Faces.encoding(2)));
        store.add("Bob", List.of(Faces.withChip(3, "b.jpg")));
        List<Person> people = store.gallery().people();
        List<StoredEncoding> encodings = all();
        assertThat(store.copyTo(copy)).isEqualTo(new StoreContents(2, 3, 2));

        store.delete(List.of("Bob"));
        store.rename("Alice", "Ann");
        store.add("Carol", List.of(Faces.encoding(9)));
        assertThat(store.restore(copy, RestoreMode.REPLACE)).isEqualTo(new Addition(2, 0, 3, 0));

        assertThat(store.gallery().people()).isEqualTo(people);
        assertThat(all())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id")
                .isEqualTo(encodings);
        for (int i = 0; i < encodings.size(); i++) {
            assertThat(all().get(i).id()).isGreaterThan(encodings.get(i).id());
        }
        assertThat(store.chip(all().get(0).id()).orElseThrow().rgb())
                .isEqualTo(Faces.chip(1).rgb());
        Gallery before = store.gallery();
        store.close();
        store = SqliteStoreTest.opened(folder.resolve("facegate.db"));
        SqliteStoreTest.assertSame(store.gallery(), before);
    }

    @Test
    void mergedCopyKeepsWhoIsThereAndAddsWhatIsMissing() throws Exception {
        store.add("Alice", List.of(Faces.withChip(1, "a.jpg"), Faces.encoding(2)));
        Person bob = store.add("Bob", List.of(Faces.encoding(3)));
        store.copyTo(copy);
        store.delete(List.of("Alice"));
        store.rename("Bob", "Robert");
        Person alice = store.add("Alice", List.of(Faces.encoding(1)));

        assertThat(store.restore(copy, RestoreMode.MERGE)).isEqualTo(new Addition(0, 2, 1, 2));

        assertThat(store.gallery().people())
                .extracting(Person::id, Person::name, Person::encodings)
                .containsExactly(tuple(bob.id(), "Robert", 1), tuple(alice.id(), "Alice", 2));
        assertThat(store.encodings(alice.id()).get(0).hasChip()).isTrue();
        assertThat(store.restore(copy, RestoreMode.MERGE)).isEqualTo(new Addition(0, 2, 0, 3));
    }

    @Test
    void copyIsWrittenWhileOthersGoOn() throws Exception {
        store.add("Alice", List.of(Faces.withChip(1, "a.jpg")));
        Files.createFile(copy);
        assertThat(store.copyTo(copy)).isEqualTo(new StoreContents(1, 1, 1));
        store.add("Alice", List.of(Faces.encoding(2)));
        Path second = folder.resolve("second.db");
        assertThat(store.copyTo(second)).isEqualTo(new StoreContents(1, 2, 1));
    }

    @Test
    void damagedCopyIsRefusedAndNothingChanges() throws Exception {
        for (int i = 0; i < 20; i++) {
            store.add("P" + i, List.of(Faces.withChip(i, i + ".jpg")));
        }
        store.copyTo(copy);
        List<Person> people = store.gallery().people();
        byte[] whole = Files.readAllBytes(copy);
        for (int at : new int[] {0, 100, 4096, 8192}) {
            byte[] bytes = whole.clone();
            java.util.Arrays.fill(bytes, at, at + 600, (byte) 0x5a);
            Files.write(copy, bytes);
            assertRefused(copy, people);
        }
        Files.write(copy, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertRefused(copy, people);
        Files.write(copy, new byte[0]);
        assertRefused(copy, people);
        Files.writeString(copy, "this is no database");
        assertRefused(copy, people);
        assertThat(folder.resolve("copy.db.lock")).doesNotExist();
    }

    @Test
    void copyOfSomethingElseIsRefused() throws Exception {
        store.add("Alice", List.of(Faces.encoding(1)));
        List<Person> people = store.gallery().people();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE people(seq, id, name, created_at)");
        }
        assertRefused(copy, people);
        Files.delete(copy);
        store.copyTo(copy);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = other.createStatement()) {
            statement.execute(
                    "CREATE TRIGGER t AFTER INSERT ON people BEGIN DELETE FROM encodings; END");
        }
        assertRefused(copy, people);
        Files.delete(copy);
        store.copyTo(copy);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA user_version=99");
        }
        assertThatThrownBy(() -> store.restore(copy, RestoreMode.REPLACE))
                .hasMessageContaining("later version");
    }

    private void assertRefused(Path path, List<Person> people) {
        for (RestoreMode mode : RestoreMode.values()) {
            assertThatThrownBy(() -> store.restore(path, mode))
                    .isInstanceOf(StoreException.class)
                    .hasMessageNotContaining("\n");
        }
        assertThat(store.gallery().people()).isEqualTo(people);
    }

    private List<StoredEncoding> all() throws StoreException {
        List<StoredEncoding> all = new ArrayList<>();
        for (Person person : store.gallery().people()) {
            all.addAll(store.encodings(person.id()));
        }
        return all;
    }

    private static NewPerson person(String name, long... seeds) {
        List<NewEncoding> encodings = new ArrayList<>();
        for (long seed : seeds) {
            encodings.add(Faces.encoding(seed));
        }
        return new NewPerson(Optional.empty(), name, encodings);
    }
}
