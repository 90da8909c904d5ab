// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.KeptFace.Owner;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.StoreException;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Every statement on encodings of other models than a face's first; for one thread at a time. */
final class ReencodingSql {
    private static final long NO_MODEL = -1;

    /** Whether face f has an encoding of the model ?; the parameter occurs twice. */
    private static final String ENCODED =
            "(f.model = ? OR EXISTS(SELECT 1 FROM $FACES d WHERE d.base = f.id AND d.model = ?))";

    private final Statements sql;

    ReencodingSql(Statements sql) {
        this.sql = sql;
    }

    /** A face and its chip, still compressed. */
    record Row(long face, byte[] png) {}

    /** How many there are of something, and how many of them are encoded. */
    private record Part(int all, int encoded) {}

    ModelCoverage coverage(ModelKey key) throws SQLException {
        long model = model(key);
        Part faces = part(FaceTable.ENCODINGS, model);
        Part unknown = part(FaceTable.UNKNOWN, model);
        return new ModelCoverage(
                count("SELECT count(*) FROM people"),
                count("SELECT count(DISTINCT person) FROM encodings WHERE model = ?", model),
                faces.all(),
                faces.encoded(),
                unknown.all(),
                unknown.encoded(),
                faces.encoded() == faces.all() ? List.of() : needPhotos(model));
    }

    /** Both numbers by one look at the table, which may be large. */
    private Part part(FaceTable table, long model) throws SQLException {
        String select =
                table.on(
                        "SELECT count(*), coalesce(sum(%s), 0) FROM $FACES f WHERE f.base IS NULL"
                                .formatted(ENCODED));
        try (ResultSet row = sql.bound(select, model, model).executeQuery()) {
            row.next();
            return new Part(row.getInt(1), row.getInt(2));
        }
    }

    private List<String> needPhotos(long model) throws SQLException {
        String select =
                FaceTable.ENCODINGS.on(
                        """
                        SELECT name FROM people WHERE seq IN (
                            SELECT f.person FROM $FACES f WHERE f.base IS NULL AND NOT %s
                                AND NOT EXISTS(SELECT 1 FROM $CHIPS WHERE $FACE = f.id))
                        ORDER BY seq"""
                                .formatted(ENCODED));
        List<String> names = new ArrayList<>();
        try (ResultSet row = sql.bound(select, model, model).executeQuery()) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    List<Row> unencoded(ModelKey key, Owner owner, long after, int most)
            throws SQLException, StoreException {
        FaceTable table = FaceTable.of(owner);
        long model = model(key);
        String select =
                table.on(
                        """
                        SELECT f.id, c.png FROM $FACES f JOIN $CHIPS c ON c.$FACE = f.id
                        WHERE f.base IS NULL AND f.id > ? AND NOT %s ORDER BY f.id LIMIT ?"""
                                .formatted(ENCODED));
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = sql.bound(select, after, model, model, most).executeQuery()) {
            while (row.next()) {
                long face = row.getLong(1);
                rows.add(new Row(face, sql.sealing().open(table.chip, row.getBytes(2), face)));
            }
        }
        return rows;
    }

    /**
     * Gives a person's face, or counter-example, an encoding of another model.
     *
     * @param model key of the model's row
     * @return whose face it is; empty when the face has gone, or has such an encoding
     */
    Optional<UUID> addToPerson(Owner owner, long face, long model, FaceDescriptor descriptor)
            throws SQLException {
        Optional<Long> person =
                inserted(
                        FaceTable.of(owner),
                        "person",
                        "person, source, content_hash, created_at",
                        face,
                        model,
                        descriptor);
        if (person.isEmpty()) {
            return Optional.empty();
        }
        String select = "SELECT id FROM people WHERE seq = ?";
        try (ResultSet row = sql.bound(select, person.get()).executeQuery()) {
            return row.next() ? Optional.of(UUID.fromString(row.getString(1))) : Optional.empty();
        }
    }

    /** The same of a face of an unknown person; false when there is nothing to be done. */
    boolean addToUnknown(long face, long model, FaceDescriptor descriptor) throws SQLException {
        return inserted(
                        FaceTable.UNKNOWN,
                        "unknown",
                        "unknown, camera, seen_at",
                        face,
                        model,
                        descriptor)
                .isPresent();
    }

    private Optional<Long> inserted(
            FaceTable table,
            String answer,
            String columns,
            long face,
            long model,
            FaceDescriptor descriptor)
            throws SQLException {
        String insert =
                """
                INSERT INTO %1$s(%2$s, model, dimension, vector, base)
                SELECT %2$s, ?, ?, ?, id FROM %1$s WHERE id = ? AND base IS NULL AND model <> ?
                ON CONFLICT DO NOTHING RETURNING %3$s"""
                        .formatted(table.faces, columns, answer);
        return sql.number(
                insert,
                model,
                descriptor.dimension(),
                sql.sealing().seal(table.vector, Columns.bytes(descriptor)),
                face,
                model);
    }

    private long model(ModelKey key) throws SQLException {
        return sql.number(
                        "SELECT seq FROM models WHERE model_id = ? AND weights = ?",
                        key.id(),
                        key.weights())
                .orElse(NO_MODEL);
    }

    private int count(String select, Object... parameters) throws SQLException {
        return (int) sql.number(select, parameters).orElse(0L).longValue();
    }
}
