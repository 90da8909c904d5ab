// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.sqlite.SqliteSchema;

import java.util.List;

/**
 * The tables of {@code facegate.db}. Chips have a table of their own: what is read at start stays
 * small. Times are microseconds since 1970 UTC; vectors are little-endian IEEE 754 singles.
 */
final class StoreSchema {
    /** "FGst" */
    private static final int APPLICATION_ID = 0x46477374;

    /** As released: never to be changed. */
    private static final List<String> VERSION_1 =
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
                                        png BLOB NOT NULL) STRICT""");

    /**
     * Faces seen, and encrypted values, which are longer by nonce and tag ({@link Sealing}). A
     * constraint changes only with its table; foreign keys are off meanwhile.
     */
    private static final List<String> VERSION_2 =
            List.of(
                    """
                    CREATE TABLE store(
                        one INTEGER PRIMARY KEY CHECK(one = 1),
                        gallery_changes INTEGER NOT NULL,
                        key_id TEXT NOT NULL,
                        to_scrub INTEGER NOT NULL) STRICT""",
                    "INSERT INTO store VALUES(1, 0, '', 0)",
                    """
                    CREATE TABLE encodings_2(
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        person INTEGER NOT NULL REFERENCES people(seq) ON DELETE CASCADE,
                        model INTEGER NOT NULL REFERENCES models(seq),
                        dimension INTEGER NOT NULL,
                        vector BLOB NOT NULL
                            CHECK(length(vector) - 4 * dimension IN (0, 28)),
                        source TEXT NOT NULL,
                        content_hash TEXT NOT NULL,
                        created_at INTEGER NOT NULL) STRICT""",
                    "INSERT INTO encodings_2 SELECT * FROM encodings ORDER BY id",
                    // Ids of deleted encodings are not given out again.
                    "DELETE FROM sqlite_sequence WHERE name = 'encodings_2'",
                    """
                    INSERT INTO sqlite_sequence
                        SELECT 'encodings_2', seq FROM sqlite_sequence WHERE name = 'encodings'""",
                    "DROP TABLE encodings",
                    "ALTER TABLE encodings_2 RENAME TO encodings",
                    "CREATE INDEX encodings_of_person ON encodings(person, source)",
                    "CREATE INDEX encodings_of_model ON encodings(model)",
                    """
                    CREATE TABLE unknown_people(
                        seq INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL UNIQUE,
                        ignored INTEGER NOT NULL,
                        first_seen INTEGER NOT NULL,
                        last_seen INTEGER NOT NULL,
                        last_camera TEXT NOT NULL,
                        sightings INTEGER NOT NULL) STRICT""",
                    """
                    CREATE TABLE unknown_faces(
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        unknown INTEGER NOT NULL
                            REFERENCES unknown_people(seq) ON DELETE CASCADE,
                        model INTEGER NOT NULL REFERENCES models(seq),
                        dimension INTEGER NOT NULL,
                        vector BLOB NOT NULL
                            CHECK(length(vector) - 4 * dimension IN (0, 28)),
                        camera TEXT NOT NULL,
                        seen_at INTEGER NOT NULL) STRICT""",
                    "CREATE INDEX unknown_faces_of_person ON unknown_faces(unknown)",
                    """
                    CREATE TABLE unknown_chips(
                        face INTEGER PRIMARY KEY
                            REFERENCES unknown_faces(id) ON DELETE CASCADE,
                        png BLOB NOT NULL) STRICT""",
                    """
                    CREATE TABLE last_seen(
                        person INTEGER PRIMARY KEY
                            REFERENCES people(seq) ON DELETE CASCADE,
                        at INTEGER NOT NULL,
                        camera TEXT NOT NULL) STRICT""");

    /** Faces that were taken for people and are not them. */
    private static final List<String> VERSION_3 =
            List.of(
                    """
                    CREATE TABLE counter_examples(
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        person INTEGER NOT NULL REFERENCES people(seq) ON DELETE CASCADE,
                        model INTEGER NOT NULL REFERENCES models(seq),
                        dimension INTEGER NOT NULL,
                        vector BLOB NOT NULL
                            CHECK(length(vector) - 4 * dimension IN (0, 28)),
                        source TEXT NOT NULL,
                        content_hash TEXT NOT NULL,
                        created_at INTEGER NOT NULL) STRICT""",
                    "CREATE INDEX counter_examples_of_person ON counter_examples(person)",
                    """
                    CREATE TABLE counter_chips(
                        example INTEGER PRIMARY KEY
                            REFERENCES counter_examples(id) ON DELETE CASCADE,
                        png BLOB NOT NULL) STRICT""");

    /**
     * The same face encoded by another model: a row of its own, without a chip, whose {@code base}
     * is the face's first encoding and which goes with it.
     */
    private static final List<String> VERSION_4 =
            List.of(
                    """
                    ALTER TABLE encodings ADD COLUMN base INTEGER
                        REFERENCES encodings(id) ON DELETE CASCADE""",
                    """
                    CREATE UNIQUE INDEX encodings_of_base ON encodings(base, model)
                        WHERE base IS NOT NULL""",
                    """
                    ALTER TABLE counter_examples ADD COLUMN base INTEGER
                        REFERENCES counter_examples(id) ON DELETE CASCADE""",
                    """
                    CREATE UNIQUE INDEX counter_examples_of_base ON counter_examples(base, model)
                        WHERE base IS NOT NULL""",
                    """
                    ALTER TABLE unknown_faces ADD COLUMN base INTEGER
                        REFERENCES unknown_faces(id) ON DELETE CASCADE""",
                    """
                    CREATE UNIQUE INDEX unknown_faces_of_base ON unknown_faces(base, model)
                        WHERE base IS NOT NULL""");

    static final SqliteSchema SCHEMA =
            new SqliteSchema(
                    APPLICATION_ID,
                    List.of(VERSION_1, VERSION_2, VERSION_3, VERSION_4),
                    List.of("people", "models", "encodings"));

    private StoreSchema() {}
}
