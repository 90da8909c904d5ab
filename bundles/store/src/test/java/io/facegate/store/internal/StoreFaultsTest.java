// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.StoreException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a file meets in years of use. */
class StoreFaultsTest {
    @TempDir Path folder;

    @Test
    void garbageIsSetAsideAsItIsAndANewFileBegun() throws Exception {
        Path path = folder.resolve("facegate.db");
        byte[] garbage =
                "this is no database, and long enough to look like one".repeat(200).getBytes();
        Files.write(path, garbage);

        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            store.add("Alice", List.of(Faces.encoding(1)));
            assertThat(store.condition().level()).isEqualTo(Level.DEGRADED);
            assertThat(store.condition().message()).contains(damaged().toString());
        }
        assertThat(Files.readAllBytes(damaged())).isEqualTo(garbage);
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            assertThat(store.find("Alice")).isPresent();
            assertThat(store.condition().message()).contains("set aside");
            Files.delete(damaged());
            for (int i = 0; i < 30; i++) {
                store.poll();
            }
            assertThat(store.condition().level()).isEqualTo(Level.OK);
        }
    }

    @Test
    void secondDamagedFileDoesNotReplaceTheFirst() throws Exception {
        Path path = folder.resolve("facegate.db");
        for (int i = 0; i < 3; i++) {
            Files.writeString(path, ("garbage " + i).repeat(1000));
            SqliteStoreTest.opened(path).close();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(f -> f.toString().contains("damaged-"))).hasSize(3);
        }
    }

    @Test
    void pagesOverwrittenInTheEncodingsAreFoundAtStart() throws Exception {
        Path path = filled(200);
        scribble(path, 0.3, 0.7);

        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            assertThat(store.gallery().people()).isEmpty();
            assertThat(store.condition().message()).contains("set aside");
            assertThat(damaged()).exists();
        }
    }

    @Test
    void truncatedFileIsSetAside() throws Exception {
        Path path = filled(200);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            assertThat(store.condition().message()).contains("set aside");
        }
    }

    @Test
    void damageAmongTheChipsIsFoundInTheBackgroundAndPeopleGoOnBeingServed() throws Exception {
        Path path = folder.resolve("facegate.db");
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            for (int i = 0; i < 20; i++) {
                store.add("Alice", List.of(Faces.withChip(i, "photo")));
            }
        }
        // Of 20 chips of 68 kB each, nearly all pages are chips.
        scribble(path, 0.5, 0.6);
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            assertThat(store.condition().level()).isEqualTo(Level.OK);
            store.check();
            assertThat(store.gallery().people()).hasSize(1);
            assertThat(store.condition().level()).isEqualTo(Level.DEGRADED);
            assertThat(store.condition().message()).contains("damaged outside of people");
        }
    }

    @Test
    void fileOfALaterVersionIsRefusedUntouched() throws Exception {
        Path path = filled(3);
        change(path, "PRAGMA user_version=99");
        byte[] before = Files.readAllBytes(path);

        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            assertThat(store.condition().level()).isEqualTo(Level.FAILED);
            assertThat(store.condition().message()).contains("later version").contains("99");
            assertThatThrownBy(() -> store.add("Bob", List.of()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("later version");
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    @Test
    void fileOfSomethingElseIsRefusedUntouched() throws Exception {
        Path path = filled(3);
        change(path, "PRAGMA application_id=77");
        byte[] before = Files.readAllBytes(path);

        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            assertThat(store.condition().message()).contains("something else");
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    @Test
    void fullDiskRefusesTheChangeAndKeepsTheRest() throws Exception {
        Path path = filled(5);
        StoreFile file = new StoreFile(path);
        try (SqliteStore store = new SqliteStore(file)) {
            store.open();
            Gallery before = store.gallery();
            limit(file, 40);

            List<NewEncoding> big = List.of(Faces.withChip(1, "x"), Faces.withChip(2, "y"));
            assertThatThrownBy(() -> store.add("Bob", big))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("nothing was changed")
                    .hasMessageContaining("no space left for " + path)
                    .hasMessageContaining("free space");
            assertThat(store.gallery()).isSameAs(before);
            assertThat(store.condition().level()).isEqualTo(Level.DEGRADED);
            assertThat(store.condition().message()).contains("no space left");

            limit(file, 1_000_000);
            store.add("Bob", big);
            assertThat(store.condition().level()).isEqualTo(Level.OK);
            assertThat(store.find("Bob").orElseThrow().encodings()).isEqualTo(2);
        }
    }

    @Test
    void folderThatCannotBeMadeIsNamedAndOpenedOnceItCan() throws Exception {
        Path blocked = folder.resolve("data");
        Files.writeString(blocked, "a file where the folder should be");
        try (SqliteStore store = SqliteStoreTest.opened(blocked.resolve("facegate.db"))) {
            assertThat(store.condition().level()).isEqualTo(Level.FAILED);
            assertThat(store.condition().message()).contains(blocked.toString());
            assertThatThrownBy(() -> store.add("Bob", List.of()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be made");

            Files.delete(blocked);
            for (int i = 0; i < 5; i++) {
                store.poll();
            }
            store.add("Bob", List.of());
            assertThat(store.condition().level()).isEqualTo(Level.OK);
        }
    }

    @Test
    void vanishedFileTakesNoChangesAndIsReadAgainWhenItIsBack() throws Exception {
        Path path = filled(5);
        Path elsewhere = folder.resolve("elsewhere");
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            Files.move(path, elsewhere);

            assertThatThrownBy(() -> store.add("Bob", List.of()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is gone");
            assertThat(store.gallery().people()).hasSize(5);
            assertThat(store.condition().level()).isEqualTo(Level.FAILED);

            Files.move(elsewhere, path);
            for (int i = 0; i < 5; i++) {
                store.poll();
            }
            store.add("Bob", List.of());
            assertThat(store.gallery().people()).hasSize(6);
        }
    }

    @Test
    void restoredBackupIsServed() throws Exception {
        Path path = filled(5);
        Path backup = folder.resolve("backup");
        Files.copy(path, backup);
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            long revision = store.gallery().revision();
            store.delete(List.of("Person 1", "Person 2"));
            Files.move(backup, path, StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(folder.resolve("facegate.db-wal"));
            Files.deleteIfExists(folder.resolve("facegate.db-shm"));

            store.poll();

            assertThat(store.gallery().people()).hasSize(5);
            assertThat(store.gallery().revision()).isGreaterThan(revision + 1);
            store.add("Bob", List.of());
        }
    }

    @Test
    void whatAnotherConnectionWritesIsPublishedAtTheNextPoll() throws Exception {
        Path path = filled(1);
        try (SqliteStore gateway = SqliteStoreTest.opened(path);
                SqliteStore command = SqliteStoreTest.opened(path)) {
            command.add("Bob", List.of(Faces.encoding(9)));
            assertThat(gateway.find("Bob")).isEmpty();
            gateway.poll();
            assertThat(gateway.find("Bob")).isPresent();

            Gallery same = gateway.gallery();
            gateway.poll();
            assertThat(gateway.gallery()).isSameAs(same);

            command.delete(List.of("Bob"));
            gateway.add("Carol", List.of(Faces.encoding(10)));
            assertThat(gateway.find("Bob")).isEmpty();
            command.poll();
            SqliteStoreTest.assertSame(command.gallery(), gateway.gallery());
        }
    }

    private Path filled(int people) throws Exception {
        Path path = folder.resolve("facegate.db");
        Bulk.fill(path, people, 10);
        return path;
    }

    private static void limit(StoreFile file, int pages) throws StoreException {
        file.read(
                sql -> {
                    sql.plain("PRAGMA max_page_count=" + pages);
                    return 0;
                });
    }

    private static void change(Path path, String pragma) throws StoreException {
        StoreFile file = new StoreFile(path);
        file.open();
        file.read(
                sql -> {
                    sql.plain(pragma);
                    return 0;
                });
        file.close();
    }

    private Path damaged() throws Exception {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(f -> f.getFileName().toString().contains(".damaged-")).forEach(found::add);
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static void scribble(Path path, double from, double to) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long length = file.length();
            byte[] zeros = new byte[(int) (length * (to - from))];
            Arrays.fill(zeros, (byte) 0x5a);
            file.seek((long) (length * from));
            file.write(zeros);
        }
    }
}
