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

    static final SqliteSchema SCHEMA =
            new SqliteSchema(
                    APPLICATION_ID,
                    List.of(
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
                                        png BLOB NOT NULL) STRICT""")),
                    List.of("people", "models", "encodings"));

    private StoreSchema() {}
}
