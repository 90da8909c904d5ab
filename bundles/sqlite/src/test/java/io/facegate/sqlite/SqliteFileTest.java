// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.sqlite.SqliteFault.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

class SqliteFileTest {
    private static final List<String> FIRST = List.of("CREATE TABLE t(a INTEGER NOT NULL) STRICT");
    private static final SqliteSchema V1 = new SqliteSchema(42, List.of(FIRST), List.of("t"));
    private static final SqliteSchema V2 =
            new SqliteSchema(
                    42,
                    List.of(
                            FIRST,
                            List.of("ALTER TABLE t ADD COLUMN b TEXT", "UPDATE t SET b='x'")),
                    List.of("t"));

    @TempDir Path folder;

    @Test
    void newFileIsDurableAndErases() throws Exception {
        try (SqliteFile file = SqliteFile.open(folder.resolve("a/b/f.db"), V1)) {
            assertThat(number(file, "PRAGMA synchronous")).isEqualTo(2);
            assertThat(number(file, "PRAGMA secure_delete")).isEqualTo(1);
            assertThat(number(file, "PRAGMA foreign_keys")).isEqualTo(1);
            assertThat(number(file, "SELECT journal_mode='wal' FROM pragma_journal_mode"))
                    .isEqualTo(1);
            assertThat(file.setAside()).isEmpty();
        }
    }

    @Test
    void earlierVersionIsMigratedWithItsContent() throws Exception {
        Path path = withOneRow();
        try (SqliteFile file = SqliteFile.open(path, V2)) {
            assertThat(number(file, "SELECT count(*) FROM t WHERE a=7 AND b='x'")).isEqualTo(1);
            assertThat(number(file, "PRAGMA user_version")).isEqualTo(2);
        }
        assertThatThrownBy(() -> SqliteFile.open(path, V1))
                .isInstanceOfSatisfying(
                        SqliteFault.class, e -> assertThat(e.kind()).isEqualTo(Kind.NEWER));
    }

    @Test
    void migrationThatFailsLeavesTheFileAsItWas() throws Exception {
        Path path = withOneRow();
        SqliteSchema broken =
                new SqliteSchema(
                        42,
                        List.of(FIRST, List.of("DELETE FROM t", "CREATE TABLE t(a)")),
                        List.of("t"));
        assertThatThrownBy(() -> SqliteFile.open(path, broken)).isInstanceOf(SqliteFault.class);
        try (SqliteFile file = SqliteFile.open(path, V1)) {
            assertThat(number(file, "SELECT a FROM t")).isEqualTo(7);
        }
    }

    @Test
    void readOnlyFileIsReadAndNotWritten() throws Exception {
        Path path = withOneRow();
        try (SqliteFile file = SqliteFile.openReadOnly(path, V1)) {
            assertThat(file.writable()).isFalse();
            assertThat(number(file, "SELECT a FROM t")).isEqualTo(7);
            assertThatThrownBy(() -> SqliteOpening.run(file.connection(), "DELETE FROM t"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e ->
                                    assertThat(SqliteFault.of(path, e).kind())
                                            .isEqualTo(Kind.READ_ONLY));
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).containsExactly(path);
            }
        }
    }

    @Test
    void readOnlyFileWithUnfinishedLogIsRefused() throws Exception {
        Path path = withOneRow();
        Files.writeString(folder.resolve("f.db-wal"), "left by a crash");
        assertThatThrownBy(() -> SqliteFile.openReadOnly(path, V1))
                .isInstanceOf(SqliteFault.class)
                .hasMessageContaining("without writing");
    }

    @Test
    void damagedFileOpenedByManyAtOnceIsSetAsideOnce() throws Exception {
        Path path = folder.resolve("f.db");
        Files.writeString(path, "no database ".repeat(500));
        Callable<Long> opening =
                () -> {
                    try (SqliteFile file = SqliteFile.open(path, V1)) {
                        SqliteOpening.run(file.connection(), "INSERT INTO t VALUES(1)");
                        return file.setAside().stream().count();
                    }
                };
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Long> setAside = new ArrayList<>();
            for (Future<Long> each : pool.invokeAll(Collections.nCopies(8, opening))) {
                setAside.add(each.get());
            }
            assertThat(setAside.stream().mapToLong(n -> n).sum()).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(SqliteFile.damaged(path)).hasSize(1);
        try (SqliteFile file = SqliteFile.open(path, V1)) {
            assertThat(number(file, "SELECT count(*) FROM t")).isEqualTo(8);
        }
    }

    @Test
    void damageIsFoundAndTheFileLeftAsItIs() throws Exception {
        Path path = withOneRow();
        assertThat(SqliteCheck.damage(path)).isEmpty();
        byte[] content = Files.readAllBytes(path);
        for (int i = 4096; i < content.length; i++) {
            content[i] = (byte) 0xa5;
        }
        Files.write(path, content);
        assertThat(SqliteCheck.damage(path)).isPresent();
        Files.writeString(path, "this is no database at all, and has not been one before");
        assertThat(SqliteCheck.damage(path)).isPresent();
        assertThat(path).hasContent("this is no database at all, and has not been one before");
        try (Stream<Path> files = Files.list(path.getParent())) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void replacementIsNoticed() throws Exception {
        Path path = withOneRow();
        try (SqliteFile file = SqliteFile.open(path, V1)) {
            assertThat(file.replaced()).isFalse();
            Files.move(path, folder.resolve("elsewhere"));
            assertThat(file.replaced()).isTrue();
            Files.copy(folder.resolve("elsewhere"), path);
            assertThat(file.replaced()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "13,FULL,free space",
        "8,READ_ONLY,writable",
        "14,UNREADABLE,folder",
        "1546,UNREADABLE,disk is healthy",
        "11,DAMAGED,restore a backup",
        "26,DAMAGED,sets the file aside",
        "5,BUSY,other command",
        "1,OTHER,refused"
    })
    void errorsSayWhatWhereAndWhatToDo(int code, Kind kind, String advice) {
        Path path = folder.resolve("f.db");
        SqliteFault fault = SqliteFault.of(path, new SQLException("reason", null, code));
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault).hasMessageContaining(path.toString()).hasMessageContaining(advice);
    }

    private Path withOneRow() throws Exception {
        Path path = folder.resolve("f.db");
        try (SqliteFile file = SqliteFile.open(path, V1)) {
            SqliteOpening.run(file.connection(), "INSERT INTO t VALUES(7)");
        }
        return path;
    }

    private static long number(SqliteFile file, String sql) throws SQLException {
        return SqliteOpening.number(file.connection(), sql);
    }
}
