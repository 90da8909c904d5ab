// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.sighting.NewUnknownFace;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.Addition;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreContents;
import io.facegate.api.store.StoreException;
import io.facegate.store.internal.Sealing.Content;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

class StoreEncryptionTest {
    private static final UUID ANN = new UUID(1, 1);

    @TempDir Path folder;
    private Path path;
    private Optional<Path> key;

    @BeforeEach
    void makeKey() throws Exception {
        path = folder.resolve("data/facegate.db");
        key = Optional.of(key("store.key"));
    }

    @Test
    void facesAreUnreadableInTheFilesAndThereAfterReopening() throws Exception {
        Gallery before;
        try (SqliteStore store = opened(path, key)) {
            fill(store);
            before = store.gallery();
            assertThat(store.condition().message()).endsWith("of dlib-resnet-v1, encrypted");
            assertHidden();
        }
        assertHidden();
        try (SqliteStore store = opened(path, key)) {
            assertWhole(store, before);
        }
    }

    @Test
    void clearStoreIsEncryptedWholeAndLeavesNothingBehind() throws Exception {
        Gallery before;
        try (SqliteStore store = opened(path, Optional.empty())) {
            fill(store);
            for (int i = 0; i < 300; i++) {
                store.add("Many", List.of(Faces.encoding(1000 + i)));
            }
            store.deleteSource("Many", "photo-1100");
            before = store.gallery();
            assertThat(contents()).contains(raw(1)).contains("IHDR");
        }
        try (SqliteStore store = opened(path, key)) {
            assertThat(store.condition().level()).isEqualTo(Level.OK);
            assertHidden();
            String all = contents();
            for (int i = 0; i < 300; i++) {
                assertThat(all).doesNotContain(raw(1000 + i).substring(0, 16));
            }
            assertWhole(store, before);
        }
    }

    @Test
    void withoutItsKeyNothingIsReadOrWritten() throws Exception {
        try (SqliteStore store = opened(path, key)) {
            fill(store);
        }
        byte[] before = Files.readAllBytes(path);
        String id = StoreKey.read(key.orElseThrow()).id();

        try (SqliteStore store = opened(path, Optional.empty())) {
            assertRefused(store, "is encrypted", id);
        }
        Path other = key("other.key");
        try (SqliteStore store = opened(path, Optional.of(other))) {
            assertRefused(store, "another key", StoreKey.read(other).id());
        }
        try (SqliteStore store = opened(path, Optional.of(folder.resolve("missing.key")))) {
            assertRefused(store, "missing.key", "is missing");
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
        assertThat(names()).noneMatch(n -> n.contains("damaged"));
    }

    @Test
    void keyThatCannotBeUsedLeavesAClearStoreUntouched() throws Exception {
        try (SqliteStore store = opened(path, Optional.empty())) {
            fill(store);
        }
        byte[] before = Files.readAllBytes(path);
        Path open = key.orElseThrow();
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
        try (SqliteStore store = opened(path, key)) {
            assertRefused(store, "open to others", "chmod 600");
        }
        Path none = folder.resolve("none.key");
        Files.writeString(none, "secret");
        Files.setPosixFilePermissions(none, PosixFilePermissions.fromString("rw-------"));
        try (SqliteStore store = opened(path, Optional.of(none))) {
            assertRefused(store, "none.key", "64 hex digits");
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(before);

        Path fresh = folder.resolve("fresh/facegate.db");
        try (SqliteStore store = opened(fresh, Optional.of(none))) {
            assertThat(store.condition().level()).isEqualTo(Level.FAILED);
        }
        assertThat(fresh).doesNotExist();
    }

    @Test
    void keyThatComesBackIsTakenUp() throws Exception {
        try (SqliteStore store = opened(path, key)) {
            fill(store);
        }
        Path away = folder.resolve("away");
        Files.move(key.orElseThrow(), away);
        try (SqliteStore store = opened(path, key)) {
            assertThat(store.condition().level()).isEqualTo(Level.FAILED);
            Files.move(away, key.orElseThrow());
            for (int i = 0; i < 30; i++) {
                store.poll();
            }
            assertThat(store.condition().level()).isEqualTo(Level.OK);
            assertThat(store.find("Alice")).isPresent();
        }
    }

    @Test
    void twinsAreFoundAmongEncryptedEncodings() throws Exception {
        try (SqliteStore store = opened(path, key)) {
            fill(store);
            NewPerson alice =
                    new NewPerson(
                            Optional.empty(),
                            "Alice",
                            List.of(Faces.encoding(1), Faces.encoding(9)));
            assertThat(store.addAll(List.of(alice))).isEqualTo(new Addition(0, 1, 1, 1));

            Person named = store.sightings().name(List.of(ANN), "Alice");
            assertThat(named.encodings()).isEqualTo(4);
            assertThat(store.encodings(named.id()).get(3).descriptor())
                    .isEqualTo(Faces.descriptor(5));
            assertHidden();
        }
    }

    @Test
    void changedKeyIsTheOnlyOneThatOpensTheStore() throws Exception {
        Path next = key("next.key");
        Gallery before;
        try (SqliteStore store = opened(path, key);
                SqliteStore other = opened(path, key)) {
            fill(store);
            other.poll();
            store.file().changeKey(next, StoreKey.read(next));
            store.add("Carol", List.of(Faces.encoding(7)));
            before = store.gallery();

            assertThatThrownBy(() -> other.add("Dan", List.of()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another key");
            assertThatThrownBy(() -> other.encodings(ANN)).isInstanceOf(StoreException.class);
            assertThat(other.condition().level()).isEqualTo(Level.FAILED);
            assertThat(other.gallery().people()).hasSize(2);
            assertHidden();
        }
        try (SqliteStore store = opened(path, key)) {
            assertRefused(store, "another key", StoreKey.read(next).id());
        }
        try (SqliteStore store = opened(path, Optional.of(next))) {
            assertWhole(store, before);
        }
    }

    @Test
    void openStoreNoticesThatItWasEncryptedByAnotherProcess() throws Exception {
        try (SqliteStore clear = opened(path, Optional.empty())) {
            fill(clear);
            try (SqliteStore command = opened(path, key)) {
                assertThat(command.condition().message()).endsWith("encrypted");
            }
            UUID alice = clear.find("Alice").orElseThrow().id();
            assertThatThrownBy(() -> clear.encodings(alice))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is encrypted");
            clear.poll();
            assertThatThrownBy(() -> clear.add("Bob", List.of(Faces.encoding(8))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is encrypted");
            assertThat(clear.gallery().people()).hasSize(2);
        }
        assertHidden();
    }

    @Test
    void removedKeyLeavesAClearStore() throws Exception {
        Gallery before;
        try (SqliteStore store = opened(path, key)) {
            fill(store);
            before = store.gallery();
            assertThatThrownBy(() -> store.file().removeKey(key.orElseThrow()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is configured");
        }
        try (SqliteStore store = opened(path, Optional.empty())) {
            Path wrong = key("wrong.key");
            assertThatThrownBy(() -> store.file().removeKey(wrong))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another key");
            store.file().removeKey(key.orElseThrow());

            assertThat(store.file().key()).isEmpty();
            assertWhole(store, before);
            assertThat(contents()).contains(raw(1)).contains("IHDR");
            assertThatThrownBy(() -> store.file().removeKey(key.orElseThrow()))
                    .hasMessageContaining("not encrypted");
        }
    }

    @Test
    void copyStaysEncryptedAndNeedsTheSameKey() throws Exception {
        Path copy = folder.resolve("data/copy.db");
        Gallery before;
        try (SqliteStore store = opened(path, key)) {
            fill(store);
            before = store.gallery();
            assertThat(store.copyTo(copy)).isEqualTo(new StoreContents(2, 3, 1));
            assertHidden();
            store.delete(List.of("Alice"));
            store.sightings().removeUnknown(List.of(ANN));
            store.restore(copy, RestoreMode.REPLACE);
            assertWhole(store, before);
            assertHidden();
        }
        for (Optional<Path> wrong :
                List.of(Optional.of(key("wrong.key")), Optional.<Path>empty())) {
            try (SqliteStore other = opened(folder.resolve(wrong + "/o.db"), wrong)) {
                assertThatThrownBy(() -> other.restore(copy, RestoreMode.MERGE))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("copy is encrypted")
                        .hasMessageContaining(StoreKey.read(key.orElseThrow()).id());
                assertThat(other.gallery().people()).isEmpty();
            }
        }
    }

    @Test
    void clearCopyIsEncryptedAsItComesIn() throws Exception {
        Path copy = folder.resolve("clear-copy.db");
        Gallery before;
        try (SqliteStore clear = opened(folder.resolve("clear.db"), Optional.empty())) {
            fill(clear);
            before = clear.gallery();
            clear.copyTo(copy);
        }
        try (SqliteStore store = opened(path, key)) {
            store.restore(copy, RestoreMode.MERGE);
            assertWhole(store, before);
            assertHidden();
        }
    }

    @Test
    void changedValueIsAnErrorAndNeverAFace() throws Exception {
        try (SqliteStore store = opened(path, key)) {
            fill(store);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE chips SET png = (SELECT png FROM unknown_chips)");
            statement.execute(
                    "UPDATE encodings SET vector = (SELECT vector FROM unknown_faces) WHERE id = 2");
        }
        try (SqliteStore store = opened(path, key)) {
            assertRefused(
                    store,
                    "encoding 2 cannot be decrypted: the file was changed or damaged",
                    "stop the gateway, move the file away, start it again and restore a backup");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM encodings WHERE id = 2");
        }
        try (SqliteStore store = opened(path, key)) {
            assertThat(store.gallery().people()).hasSize(2);
            assertThatThrownBy(() -> store.chip(1))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("chip 1 cannot be decrypted");
        }
        assertThat(names()).noneMatch(n -> n.contains("damaged"));
    }

    @Test
    void killWhileEncryptingLeavesTheClearStoreUsable() throws Exception {
        Gallery before;
        try (SqliteStore store = opened(path, Optional.empty())) {
            fill(store);
            before = store.gallery();
        }
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                String.join(
                                        File.pathSeparator,
                                        System.getProperty(
                                                "surefire.test.class.path",
                                                System.getProperty("java.class.path"))),
                                Encrypting.class.getName(),
                                path.toString(),
                                key.orElseThrow().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(process.waitFor()).isEqualTo(Encrypting.KILLED);
        try (SqliteStore store = opened(path, Optional.empty())) {
            assertWhole(store, before);
        }
        try (SqliteStore store = opened(path, key)) {
            assertWhole(store, before);
            assertHidden();
        }
    }

    /** A process that dies before everything encrypted is committed, its pages written already. */
    static final class Encrypting {
        static final int KILLED = 86;

        private Encrypting() {}

        public static void main(String[] args) throws Exception {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
            Sealing sealing = new Sealing(Optional.of(StoreKey.read(Path.of(args[1]))));
            StoreSql sql = new StoreSql(connection, new Sealing(Optional.empty()));
            sql.plain("PRAGMA cache_size=10");
            sql.beginWriting();
            sql.reseal(sealing);
            Runtime.getRuntime().halt(KILLED);
        }
    }

    @Test
    void keyFileIsClosedToOthersAndNeverOverwritten() throws Exception {
        Path file = folder.resolve("new.key");
        StoreKey made = StoreKey.make(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
        assertThat(StoreKey.read(file).id()).isEqualTo(made.id()).matches("[0-9a-f]{16}");
        assertThatThrownBy(() -> StoreKey.make(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("exists already");
        assertThat(StoreKey.read(file).id()).isEqualTo(made.id());
    }

    @Test
    void equalValuesOfOneKindAreSealedAlikeAndOthersAreNot() throws Exception {
        Sealing sealing = new Sealing(Optional.of(new StoreKey(new byte[32])));
        Sealing other = new Sealing(Optional.of(new StoreKey("x".repeat(32).getBytes())));
        byte[] value = Columns.bytes(Faces.descriptor(1));
        byte[] sealed = sealing.seal(Content.ENCODING, value);

        assertThat(sealed).hasSize(value.length + 28);
        assertThat(sealing.seal(Content.ENCODING, value)).isEqualTo(sealed);
        assertThat(sealing.open(Content.ENCODING, sealed, 1)).isEqualTo(value);
        assertThat(sealing.seal(Content.UNKNOWN_ENCODING, value)).isNotEqualTo(sealed);
        assertThat(other.seal(Content.ENCODING, value)).isNotEqualTo(sealed);
        for (int at : new int[] {0, 11, 12, 300, sealed.length - 1}) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> sealing.open(Content.ENCODING, changed, 7))
                    .hasMessageContaining("encoding 7 cannot be decrypted")
                    .hasMessageContaining("move the file away");
        }
        assertThatThrownBy(() -> Sealing.ofCopy(sealing.key()).open(Content.CHIP, sealed, 1))
                .hasMessageEndingWith("the file was changed or damaged; take another backup");
        assertThatThrownBy(() -> sealing.open(Content.CHIP, sealed, 1));
        assertThatThrownBy(() -> other.open(Content.ENCODING, sealed, 1));
        assertThatThrownBy(() -> sealing.open(Content.ENCODING, new byte[27], 1));
        assertThat(sealing.open(Content.CHIP, sealing.seal(Content.CHIP, new byte[0]), 1))
                .isEmpty();
    }

    private static void fill(SqliteStore store) throws Exception {
        store.add("Alice", List.of(Faces.withChip(1, "a.jpg"), Faces.encoding(2)));
        store.add("Bob", List.of(Faces.encoding(3)));
        store.sightings()
                .addUnknownFace(
                        new NewUnknownFace(
                                ANN,
                                "door",
                                Instant.parse("2026-03-01T12:00:00Z"),
                                Faces.descriptor(5),
                                Optional.of(Faces.chip(5))));
    }

    private static void assertWhole(SqliteStore store, Gallery expected) throws Exception {
        SqliteStoreTest.assertSame(store.gallery(), expected);
        Person alice = store.find("Alice").orElseThrow();
        long encoding = store.encodings(alice.id()).get(0).id();
        assertThat(store.chip(encoding).orElseThrow().rgb()).isEqualTo(Faces.chip(1).rgb());
        var face = store.sightings().unknownFaces().get(0);
        assertThat(face.descriptor()).isEqualTo(Faces.descriptor(5));
        assertThat(store.sightings().unknownChip(face.id()).orElseThrow().rgb())
                .isEqualTo(Faces.chip(5).rgb());
    }

    private static void assertRefused(SqliteStore store, String... words) {
        assertThat(store.gallery().people()).isEmpty();
        assertThat(store.condition().level()).isEqualTo(Level.FAILED);
        assertThat(store.condition().message()).contains(words);
        assertThatThrownBy(() -> store.add("Eve", List.of(Faces.encoding(4))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(words[0]);
    }

    private void assertHidden() throws Exception {
        String all = contents();
        assertThat(all).contains("Alice").doesNotContain("IHDR").doesNotContain("IDAT");
        for (long seed : new long[] {1, 2, 3, 5}) {
            assertThat(all).doesNotContain(raw(seed).substring(0, 16));
            assertThat(all).doesNotContain(raw(seed).substring(400, 416));
        }
    }

    /** The bytes of a vector as they would lie in a clear file. */
    private static String raw(long seed) {
        return new String(Columns.bytes(Faces.descriptor(seed)), StandardCharsets.ISO_8859_1);
    }

    private String contents() throws Exception {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(path.getParent())) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(path.getParent())) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    private Path key(String name) throws Exception {
        Path file = folder.resolve(name);
        StoreKey.make(file);
        return file;
    }

    private static SqliteStore opened(Path path, Optional<Path> key) {
        SqliteStore store = new SqliteStore(path, key);
        store.open();
        return store;
    }
}
