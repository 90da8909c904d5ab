// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoredEncoding;

import org.sqlite.SQLiteDataSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Opens a store's file as the gateway does and reads all of it.
 *
 * @param faces of each person, in the order of adding
 * @param ids of each person
 */
record StoreAudit(Map<String, List<Face>> faces, Map<String, UUID> ids) {
    /** Recovers the file; fails when anything in it is damaged or half-done, or was set aside. */
    static StoreAudit of(Path path) throws Exception {
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            store.check();
            assertThat(store.condition().level())
                    .as(() -> store.condition().message())
                    .isEqualTo(Level.OK);
            assertNothingSetAside(path.getParent());
            assertSound(path);
            return of(store);
        }
    }

    /** What an open store serves; its snapshot and its file must say the same. */
    static StoreAudit of(SqliteStore store) throws Exception {
        Map<String, List<Face>> faces = new TreeMap<>();
        Map<String, UUID> ids = new HashMap<>();
        int encodings = 0;
        for (Person person : store.gallery().people()) {
            List<Face> own = new ArrayList<>();
            for (StoredEncoding kept : store.encodings(person.id())) {
                own.add(
                        Face.of(
                                kept.contentHash(),
                                kept.source(),
                                kept.descriptor(),
                                store.chip(kept.id())));
                assertThat(store.chip(kept.id()).isPresent()).isEqualTo(kept.hasChip());
            }
            assertThat(person.encodings()).isEqualTo(own.size());
            encodings += own.size();
            faces.put(person.name(), own);
            ids.put(person.name(), person.id());
        }
        int served =
                store.gallery().sections().values().stream().mapToInt(GallerySection::size).sum();
        assertThat(served).isEqualTo(encodings);
        return new StoreAudit(faces, ids);
    }

    private static void assertNothingSetAside(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().contains(".damaged-"));
        }
    }

    private static void assertSound(Path path) throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + path);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(first(statement, "PRAGMA integrity_check")).isEqualTo("ok");
            assertThat(first(statement, "PRAGMA foreign_key_check")).isEmpty();
            assertThat(
                            first(
                                    statement,
                                    """
                                    SELECT e.id FROM encodings e
                                    LEFT JOIN people p ON p.seq = e.person WHERE p.seq IS NULL"""))
                    .isEmpty();
            assertThat(
                            first(
                                    statement,
                                    """
                                    SELECT c.encoding FROM chips c
                                    LEFT JOIN encodings e ON e.id = c.encoding
                                    WHERE e.id IS NULL"""))
                    .isEmpty();
        }
    }

    private static String first(Statement statement, String query) throws Exception {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
