// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Addition;
import io.facegate.api.store.StoreContents;
import io.facegate.api.store.StoreException;
import io.facegate.sqlite.SqliteFault;
import io.facegate.sqlite.SqliteFault.Kind;
import io.facegate.sqlite.SqliteFile;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A copy of the store's file, checked whole and brought to this version's schema. Read row by row:
 * its chips may be gigabytes.
 */
final class StoreCopy implements AutoCloseable {
    private static final String PEOPLE =
            "SELECT seq, id, name, created_at FROM people ORDER BY seq";
    private static final String ENCODINGS =
            """
            SELECT e.id, e.person, m.model_id, m.weights, e.vector, e.source, e.content_hash,
                e.created_at, c.png
            FROM encodings e JOIN models m ON m.seq = e.model
            LEFT JOIN chips c ON c.encoding = e.id ORDER BY e.id""";

    private final SqliteFile file;

    private StoreCopy(SqliteFile file) {
        this.file = file;
    }

    static StoreCopy open(Path path) throws StoreException {
        try {
            return new StoreCopy(SqliteFile.openForeign(path, StoreSchema.SCHEMA));
        } catch (SqliteFault e) {
            throw new StoreException(words(e), e);
        }
    }

    StoreContents contents() throws StoreException {
        try (Statement statement = file.connection().createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                SELECT (SELECT count(*) FROM people),
                                    (SELECT count(*) FROM encodings),
                                    (SELECT count(*) FROM chips)""")) {
            row.next();
            return new StoreContents(row.getInt(1), row.getInt(2), row.getInt(3));
        } catch (SQLException e) {
            throw new StoreException(words(SqliteFault.of(file.path(), e)), e);
        }
    }

    /** Everything of the copy, joined to what is there. */
    Addition into(Joining joining) throws SQLException, StoreException {
        try (Statement statement = file.connection().createStatement()) {
            Map<Long, Long> people = new HashMap<>();
            try (ResultSet row = statement.executeQuery(PEOPLE)) {
                while (row.next()) {
                    people.put(
                            row.getLong(1),
                            joining.person(
                                    Optional.of(UUID.fromString(row.getString(2))),
                                    row.getString(3),
                                    GalleryReader.time(row.getLong(4))));
                }
            }
            try (ResultSet row = statement.executeQuery(ENCODINGS)) {
                while (row.next()) {
                    Long person = people.get(row.getLong(2));
                    if (person == null) {
                        throw new StoreException(
                                "the copy is damaged: encoding "
                                        + row.getLong(1)
                                        + " belongs to nobody");
                    }
                    joining.encoding(person, encoding(row), GalleryReader.time(row.getLong(8)));
                }
            }
            return joining.addition();
        } catch (IllegalArgumentException e) {
            throw new StoreException("the copy is damaged: " + e.getMessage(), e);
        }
    }

    /** What cannot be read is the copy's fault, not that of the file it goes into. */
    private static StoreSql.NewRow encoding(ResultSet row) throws StoreException {
        try {
            ModelKey model = new ModelKey(row.getString(3), row.getString(4));
            return new StoreSql.NewRow(
                    StoreSql.descriptor(row.getLong(1), model, row.getBytes(5)),
                    row.getString(6),
                    row.getString(7),
                    Optional.ofNullable(row.getBytes(9)));
        } catch (SQLException e) {
            throw new StoreException("the copy is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        file.close();
    }

    private static String words(SqliteFault fault) {
        return switch (fault.kind()) {
            case DAMAGED -> "the copy is damaged: " + cause(fault);
            case NEWER ->
                    "the copy was made by a later version of Facegate: install that version or a"
                            + " later one";
            case FOREIGN -> "this is no copy of a store of Facegate";
            default ->
                    fault.kind() == Kind.OTHER
                            ? "the copy cannot be read: " + cause(fault)
                            : fault.getMessage();
        };
    }

    private static String cause(SqliteFault fault) {
        return fault.getCause() == null ? fault.getMessage() : fault.getCause().getMessage();
    }
}
