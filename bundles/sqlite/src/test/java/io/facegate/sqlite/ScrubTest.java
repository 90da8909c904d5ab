// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.sqlite.SqliteFault.Kind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class ScrubTest {
    private static final SqliteSchema SCHEMA =
            new SqliteSchema(
                    43,
                    List.of(
                            List.of(
                                    "CREATE TABLE t(a INTEGER PRIMARY KEY, name TEXT UNIQUE,"
                                            + " long BLOB) STRICT")),
                    List.of("t"));
    private static final int NAMES = 3000;
    private static final int FEW = 600;

    @TempDir Path folder;
    private final Random random = new Random(7);
    private final List<String> deleted = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("f.db");
    }

    @Test
    void deletedNamesAreLeftUntilItRuns() throws Exception {
        try (SqliteFile file = SqliteFile.open(path, SCHEMA)) {
            growAndShrink(file, NAMES);
            // Else there is nothing that this test could find.
            assertThat(found()).isPositive();

            assertThat(file.scrub(() -> false)).isTrue();

            assertThat(found()).isZero();
            assertSound(file);
            // The connection does not write what it had in memory.
            SqliteOpening.run(file.connection(), "UPDATE t SET name = name || 'x'");
            assertThat(file.truncateLog()).isTrue();
            assertThat(found()).isZero();
        }
        assertThat(found()).isZero();
    }

    @Test
    void itWaitsForReadersOfAnEarlierState() throws Exception {
        try (SqliteFile file = SqliteFile.open(path, SCHEMA);
                Connection reader = SqliteOpening.connect(SqliteOpening.uri(path))) {
            SqliteOpening.run(reader, "BEGIN");
            SqliteOpening.number(reader, "SELECT count(*) FROM t");
            growAndShrink(file, FEW);
            assertThat(file.scrub(() -> false)).isFalse();
            SqliteOpening.run(reader, "COMMIT");

            assertThat(file.scrub(() -> false)).isTrue();
            assertThat(found()).isZero();
        }
    }

    @Test
    void itWaitsForWritersAndStopsWhenAsked() throws Exception {
        try (SqliteFile file = SqliteFile.open(path, SCHEMA);
                Connection writer = SqliteOpening.connect(SqliteOpening.uri(path))) {
            growAndShrink(file, FEW);
            assertThat(file.scrub(() -> true)).isFalse();
            SqliteOpening.run(writer, "BEGIN IMMEDIATE");
            assertThat(file.scrub(() -> false)).isFalse();
            SqliteOpening.run(writer, "COMMIT");
            assertThat(file.scrub(() -> false)).isTrue();
            assertSound(file);
        }
    }

    @Test
    void locksOfTheProcessStayWhileAConnectionIsOpen() throws Exception {
        try (SqliteFile file = SqliteFile.open(path, SCHEMA)) {
            growAndShrink(file, FEW);
            file.scrub(() -> false);
            SqliteCheck check = file.check();
            assertThat(check.run()).isEmpty();
            check.close();
            assertThat(locked()).isTrue();
        }
        assertThat(locked()).isFalse();
    }

    @Test
    void damagedPageIsToldAndLeft() throws Exception {
        try (SqliteFile file = SqliteFile.open(path, SCHEMA)) {
            growAndShrink(file, FEW);
        }
        long last;
        try (SqliteFile file = SqliteFile.open(path, SCHEMA)) {
            last =
                    SqliteOpening.number(
                            file.connection(),
                            "SELECT rootpage FROM sqlite_schema WHERE type = 'index'");
            try (RandomAccessFile bytes = new RandomAccessFile(path.toFile(), "rw")) {
                bytes.seek((last - 1) * 4096 + 5);
                bytes.writeShort(5000);
                assertThatThrownBy(() -> file.scrub(() -> false))
                        .isInstanceOfSatisfying(
                                SqliteFault.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED))
                        .hasMessageContaining("page " + last);
            }
        }
    }

    /** Names in random order, some long; half of those who are there go, three times. */
    private void growAndShrink(SqliteFile file, int names) throws SQLException {
        Connection connection = file.connection();
        for (int round = 0; round < 3; round++) {
            connection.setAutoCommit(false);
            for (int i = 0; i < names / 3; i++) {
                String name = letters(12 + random.nextInt(30));
                insert(connection, name);
                kept.add(name);
            }
            connection.commit();
            Collections.shuffle(kept, random);
            List<String> gone = kept.subList(kept.size() / 2, kept.size());
            for (String name : gone) {
                try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM t WHERE name = ?")) {
                    delete.setString(1, name);
                    assertThat(delete.executeUpdate()).isEqualTo(1);
                }
            }
            deleted.addAll(gone);
            gone.clear();
            connection.commit();
            connection.setAutoCommit(true);
        }
        file.truncateLog();
    }

    private void insert(Connection connection, String name) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO t VALUES(?, ?, ?)")) {
            insert.setLong(1, random.nextInt(1 << 30));
            insert.setString(2, name);
            insert.setBytes(3, name.repeat(1 + random.nextInt(5) * random.nextInt(20)).getBytes());
            insert.executeUpdate();
        }
    }

    private String letters(int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }

    private long found() throws Exception {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        String bytes = all.toString();
        Set<String> windows = new HashSet<>();
        for (int i = 0; i + 8 <= bytes.length(); i++) {
            windows.add(bytes.substring(i, i + 8));
        }
        return deleted.stream()
                .filter(
                        name ->
                                IntStream.rangeClosed(0, name.length() - 8)
                                        .anyMatch(i -> windows.contains(name.substring(i, i + 8))))
                .count();
    }

    private void assertSound(SqliteFile file) throws SQLException {
        SqliteCheck.require(file.connection(), "PRAGMA integrity_check");
        assertThat(SqliteOpening.number(file.connection(), "SELECT count(*) FROM t"))
                .isEqualTo(kept.size());
    }

    /** Whether this process holds a lock of SQLite's on the file. */
    private boolean locked() throws Exception {
        String inode = ":" + Files.getAttribute(path, "unix:ino") + " ";
        String own = " " + ProcessHandle.current().pid() + " ";
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .anyMatch(line -> line.contains(inode) && line.contains(own));
    }
}
