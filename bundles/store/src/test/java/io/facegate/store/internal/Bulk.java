// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.StoreException;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Fills a file in one transaction. */
final class Bulk {
    private Bulk() {}

    static void fill(Path path, int people, int encodingsEach) throws StoreException {
        StoreFile file = new StoreFile(path);
        file.open();
        file.write(
                sql -> {
                    for (int i = 0; i < people; i++) {
                        StoreSql.Row row = sql.insertPerson("Person " + i, Instant.now());
                        encodings(sql, row.seq(), encodingsEach);
                    }
                    return Change.readAnew(people);
                });
        file.close();
    }

    static void encodings(StoreSql sql, long person, int count)
            throws SQLException, StoreException {
        long model = sql.model(Faces.MODEL, 128).orElseThrow();
        for (int i = 0; i < count; i++) {
            sql.encodings()
                    .insert(
                            person,
                            model,
                            new EncodingRow(
                                    Faces.descriptor(person * 1000 + i),
                                    "photo-" + i,
                                    "ef".repeat(32),
                                    Optional.empty()),
                            Instant.now());
        }
    }
}
