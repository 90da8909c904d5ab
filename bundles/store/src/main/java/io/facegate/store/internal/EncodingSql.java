// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The statements on faces of people, with their chips: what they look like, or what they do not.
 * For one thread at a time.
 */
final class EncodingSql {
    private final Statements sql;
    private final FaceTable table;
    private final String insert;
    private final String insertChip;
    private final String same;
    private final String list;

    EncodingSql(Statements sql, FaceTable table) {
        this.sql = sql;
        this.table = table;
        insert =
                table.on(
                        """
                        INSERT INTO $FACES(person, model, dimension, vector, source,
                            content_hash, created_at) VALUES(?, ?, ?, ?, ?, ?, ?)
                        RETURNING id""");
        insertChip = table.on("INSERT INTO $CHIPS($FACE, png) VALUES(?, ?) ON CONFLICT DO NOTHING");
        same =
                table.on(
                        """
                        SELECT coalesce(base, id) FROM $FACES INDEXED BY $FACES_of_person
                        WHERE person = ? AND model = ? AND vector = ? AND id <= ?
                        ORDER BY id LIMIT 1""");
        list =
                table.on(
                        """
                        SELECT e.id, m.model_id, m.weights, e.vector, e.source, e.content_hash,
                            EXISTS(SELECT 1 FROM $CHIPS WHERE $FACE = coalesce(e.base, e.id)),
                            e.created_at, e.base IS NOT NULL
                        FROM $FACES e JOIN models m ON m.seq = e.model
                        WHERE e.person = (SELECT seq FROM people WHERE id = ?) ORDER BY e.id""");
    }

    /** The new row's id. */
    long insert(long person, long model, EncodingRow encoding, Instant now) throws SQLException {
        long id =
                sql.number(
                                insert,
                                person,
                                model,
                                encoding.descriptor().dimension(),
                                sealed(encoding.descriptor()),
                                encoding.source(),
                                encoding.contentHash(),
                                Columns.micros(now))
                        .orElseThrow();
        if (encoding.png().isPresent()) {
            insertChip(id, encoding.png().get());
        }
        return id;
    }

    /** Gives a face a chip unless it has one. */
    void insertChip(long face, byte[] png) throws SQLException {
        sql.run(insertChip, face, sql.sealing().seal(table.chip, png));
    }

    /**
     * The face of a person that first had these values, up to an id. The index is named because
     * SQLite would read the whole table in the order of ids instead.
     */
    Optional<Long> same(long person, long model, FaceDescriptor descriptor, long upTo)
            throws SQLException {
        return sql.number(same, person, model, sealed(descriptor), upTo);
    }

    /** The greatest id; 0 without any. */
    long last() throws SQLException {
        return sql.number(table.on("SELECT max(id) FROM $FACES")).orElse(0L);
    }

    void move(long from, long to) throws SQLException {
        sql.run(table.on("UPDATE $FACES SET person = ? WHERE person = ?"), to, from);
    }

    int deleteSource(long person, String source) throws SQLException {
        return sql.run(
                table.on("DELETE FROM $FACES WHERE person = ? AND source = ? AND base IS NULL"),
                person,
                source);
    }

    boolean delete(long id) throws SQLException {
        return sql.run(table.on("DELETE FROM $FACES WHERE id = ?"), id) > 0;
    }

    /** Those of a person, in the order of adding. */
    List<StoredEncoding> of(UUID person) throws SQLException, StoreException {
        List<StoredEncoding> result = new ArrayList<>();
        try (ResultSet row = sql.bound(list, person.toString()).executeQuery()) {
            while (row.next()) {
                ModelKey model = new ModelKey(row.getString(2), row.getString(3));
                byte[] vector = sql.sealing().open(table.vector, row.getBytes(4), row.getLong(1));
                result.add(
                        new StoredEncoding(
                                row.getLong(1),
                                person,
                                Columns.descriptor(row.getLong(1), model, vector),
                                row.getString(5),
                                row.getString(6),
                                row.getBoolean(7),
                                Columns.time(row.getLong(8)),
                                row.getBoolean(9)));
            }
        }
        return result;
    }

    Optional<byte[]> chip(long face) throws SQLException, StoreException {
        Optional<byte[]> sealed =
                sql.bytes(
                        table.on(
                                "SELECT png FROM $CHIPS WHERE $FACE ="
                                        + " (SELECT coalesce(base, id) FROM $FACES WHERE id = ?)"),
                        face);
        return sealed.isEmpty()
                ? sealed
                : Optional.of(sql.sealing().open(table.chip, sealed.get(), face));
    }

    private byte[] sealed(FaceDescriptor descriptor) {
        return sql.sealing().seal(table.vector, Columns.bytes(descriptor));
    }
}
