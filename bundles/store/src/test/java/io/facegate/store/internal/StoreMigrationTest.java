// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoredEncoding;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Files of the first version, made by the statements it was released with. */
class StoreMigrationTest {
    private static final List<String> RELEASED_1 =
            List.of(
                    """
                    CREATE TABLE people(
                        seq INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL UNIQUE,
                        name TEXT NOT NULL UNIQUE,
                        created_at INTEGER NOT NULL) STRICT""",
                    """
                    CREATE TABLE models(
                        seq INTEGER PRIMARY KEY,
                        model_id TEXT NOT NULL,
                        weights TEXT NOT NULL,
                        dimension INTEGER NOT NULL CHECK(dimension > 0),
                        UNIQUE(model_id, weights)) STRICT""",
                    """
                    CREATE TABLE encodings(
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        person INTEGER NOT NULL
                            REFERENCES people(seq) ON DELETE CASCADE,
                        model INTEGER NOT NULL REFERENCES models(seq),
                        dimension INTEGER NOT NULL,
                        vector BLOB NOT NULL
                            CHECK(length(vector) = 4 * dimension),
                        source TEXT NOT NULL,
                        content_hash TEXT NOT NULL,
                        created_at INTEGER NOT NULL) STRICT""",
                    "CREATE INDEX encodings_of_person ON encodings(person, source)",
                    "CREATE INDEX encodings_of_model ON encodings(model)",
                    """
                    CREATE TABLE chips(
                        encoding INTEGER PRIMARY KEY
                            REFERENCES encodings(id) ON DELETE CASCADE,
                        png BLOB NOT NULL) STRICT""",
                    "PRAGMA application_id=1179087732",
                    "PRAGMA user_version=1");
    private static final UUID ALICE = new UUID(4, 1);
    private static final UUID BOB = new UUID(4, 2);
    private static final Instant MADE = Instant.parse("2026-02-01T08:00:00.000007Z");

    @TempDir Path folder;
    private Path path;

    @BeforeEach
    void makeVersion1() throws Exception {
        path = folder.resolve("facegate.db");
        try (Connection connection = connect()) {
            run(connection, "PRAGMA journal_mode=WAL");
            for (String statement : RELEASED_1) {
                run(connection, statement);
            }
            long time = Columns.micros(MADE);
            run(connection, "INSERT INTO people VALUES(3, '" + ALICE + "', 'Alice', " + time + ")");
            run(connection, "INSERT INTO people VALUES(5, '" + BOB + "', 'Bob', " + time + ")");
            run(
                    connection,
                    "INSERT INTO models VALUES(1, '"
                            + Faces.MODEL.id()
                            + "', '"
                            + Faces.MODEL.weights()
                            + "', 128)");
            connection.setAutoCommit(false);
            encoding(connection, 7, 3, 1, true);
            for (int i = 0; i < 3000; i++) {
                encoding(connection, 8 + i, 5, 100 + i, false);
            }
            // An encoding deleted: its id is not to come back.
            encoding(connection, 9000, 5, 9000, false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM encodings WHERE id = 9000");
            }
            connection.commit();
        }
    }

    @Test
    void everythingOfAnEarlierFileIsThere() throws Exception {
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            assertThat(store.condition().level()).isEqualTo(Level.OK);
            assertThat(store.gallery().people())
                    .containsExactly(
                            new Person(ALICE, "Alice", MADE, 1),
                            new Person(BOB, "Bob", MADE, 3000));
            StoredEncoding first = store.encodings(ALICE).get(0);
            assertThat(first)
                    .isEqualTo(
                            new StoredEncoding(
                                    7,
                                    ALICE,
                                    Faces.descriptor(1),
                                    "photo-1",
                                    "ef".repeat(32),
                                    true,
                                    MADE));
            assertThat(store.chip(7).orElseThrow().rgb()).isEqualTo(Faces.chip(1).rgb());
            assertThat(store.encodings(BOB)).hasSize(3000);
            store.check();
            assertThat(store.condition().level()).isEqualTo(Level.OK);
        }
        assertThat(version()).isEqualTo(4);
    }

    @Test
    void migratedFileKeepsItsRules() throws Exception {
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            store.add("Carol", List.of(Faces.withChip(5, "c.jpg")));
            UUID carol = store.find("Carol").orElseThrow().id();
            assertThat(store.encodings(carol).get(0).id()).isEqualTo(9001);

            store.delete(List.of("Alice", "Carol"));
        }
        assertThat(count("SELECT count(*) FROM chips")).isZero();
        assertThat(count("SELECT count(*) FROM encodings")).isEqualTo(3000);
        assertThat(count("SELECT count(*) FROM pragma_foreign_key_check")).isZero();
        assertThat(count("SELECT count(*) FROM pragma_foreign_key_list('chips')")).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM pragma_index_list('encodings')")).isEqualTo(3);
    }

    @Test
    void errorWhileMigratingLeavesTheEarlierFileUsable() throws Exception {
        // The last table of the step is in its way: everything before it is undone.
        change("CREATE TABLE last_seen(x)");
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            assertThat(store.condition().level()).isEqualTo(Level.FAILED);
            assertThat(store.condition().message()).contains("last_seen");
        }
        assertThat(version()).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM encodings JOIN chips ON encoding = id"))
                .isEqualTo(1);

        change("DROP TABLE last_seen");
        everythingOfAnEarlierFileIsThere();
    }

    @Test
    void killWhileMigratingLeavesTheEarlierFileUsable() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                String.join(
                                        File.pathSeparator,
                                        System.getProperty(
                                                "surefire.test.class.path",
                                                System.getProperty("java.class.path"))),
                                Migrating.class.getName(),
                                path.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(process.waitFor()).isEqualTo(Migrating.KILLED);
        assertThat(Files.size(folder.resolve("facegate.db-wal"))).isGreaterThan(1 << 20);
        assertThat(version()).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM encodings")).isEqualTo(3001);

        everythingOfAnEarlierFileIsThere();
    }

    @Test
    void backupOfAnEarlierVersionIsRestored() throws Exception {
        try (SqliteStore store = SqliteStoreTest.opened(folder.resolve("other.db"))) {
            assertThat(store.restore(path, RestoreMode.REPLACE).newEncodings()).isEqualTo(3001);
            assertThat(store.find("Alice").orElseThrow().id()).isEqualTo(ALICE);
            long encoding = store.encodings(ALICE).get(0).id();
            assertThat(store.chip(encoding).orElseThrow().rgb()).isEqualTo(Faces.chip(1).rgb());
        }
    }

    /** A process that dies before the migration is committed, its pages written already. */
    static final class Migrating {
        static final int KILLED = 86;

        private Migrating() {}

        public static void main(String[] args) throws Exception {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
            run(connection, "PRAGMA cache_size=10");
            run(connection, "BEGIN IMMEDIATE");
            for (String statement : StoreSchema.SCHEMA.migrations().get(1)) {
                run(connection, statement);
            }
            run(connection, "PRAGMA user_version=2");
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private static void encoding(Connection connection, long id, long person, long seed, boolean c)
            throws Exception {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO encodings VALUES(?, ?, 1, 128, ?, ?, ?, ?)")) {
            insert.setLong(1, id);
            insert.setLong(2, person);
            insert.setBytes(3, Columns.bytes(Faces.descriptor(seed)));
            insert.setString(4, "photo-" + seed);
            insert.setString(5, "ef".repeat(32));
            insert.setLong(6, Columns.micros(MADE));
            insert.executeUpdate();
        }
        if (c) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO chips VALUES(?, ?)")) {
                insert.setLong(1, id);
                insert.setBytes(2, ChipPng.encode(Optional.of(Faces.chip(seed))).orElseThrow());
                insert.executeUpdate();
            }
        }
    }

    private void change(String sql) throws Exception {
        try (Connection connection = connect()) {
            run(connection, sql);
        }
    }

    private int version() throws Exception {
        return count("PRAGMA user_version");
    }

    private int count(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + path);
    }

    private static void run(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
