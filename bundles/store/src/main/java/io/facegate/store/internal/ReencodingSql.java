// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.KeptFace.Owner;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.StoreException;
import io.facegate.store.internal.Sealing.Content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Every statement on encodings of other models than a face's first; for one thread at a time. */
final class ReencodingSql {
    private static final long NO_MODEL = -1;

    private final Statements sql;

    ReencodingSql(Statements sql) {
        this.sql = sql;
    }

    /** Where the faces of an owner are. */
    private enum Place {
        PERSON("encodings", "chips", "encoding", Content.ENCODING, Content.CHIP),
        COUNTER_EXAMPLE(
                "counter_examples",
                "counter_chips",
                "example",
                Content.COUNTER_EXAMPLE,
                Content.COUNTER_CHIP),
        UNKNOWN(
                "unknown_faces",
                "unknown_chips",
                "face",
                Content.UNKNOWN_ENCODING,
                Content.UNKNOWN_CHIP);

        private final String faces;
        private final String chips;
        private final String chipOf;
        private final Content encoding;
        private final Content chip;

        Place(String faces, String chips, String chipOf, Content encoding, Content chip) {
            this.faces = faces;
            this.chips = chips;
            this.chipOf = chipOf;
            this.encoding = encoding;
            this.chip = chip;
        }

        static Place of(Owner owner) {
            return switch (owner) {
                case PERSON -> PERSON;
                case COUNTER_EXAMPLE -> COUNTER_EXAMPLE;
                case UNKNOWN -> UNKNOWN;
            };
        }

        /** Whether face f has an encoding of the model ?; the parameter occurs twice. */
        String encoded() {
            return "(f.model = ? OR EXISTS(SELECT 1 FROM %s d WHERE d.base = f.id AND d.model = ?))"
                    .formatted(faces);
        }
    }

    /** A face and its chip, still compressed. */
    record Row(long face, byte[] png) {}

    ModelCoverage coverage(ModelKey key) throws SQLException {
        long model = model(key);
        return new ModelCoverage(
                count("SELECT count(*) FROM people"),
                count("SELECT count(DISTINCT person) FROM encodings WHERE model = ?", model),
                count("SELECT count(*) FROM encodings WHERE base IS NULL"),
                encoded(Place.PERSON, model),
                count("SELECT count(*) FROM unknown_faces WHERE base IS NULL"),
                encoded(Place.UNKNOWN, model),
                needPhotos(model));
    }

    private int encoded(Place place, long model) throws SQLException {
        return count(
                "SELECT count(*) FROM %s f WHERE f.base IS NULL AND %s"
                        .formatted(place.faces, place.encoded()),
                model,
                model);
    }

    private List<String> needPhotos(long model) throws SQLException {
        String select =
                """
                SELECT name FROM people WHERE seq IN (
                    SELECT f.person FROM encodings f WHERE f.base IS NULL AND NOT %s
                        AND NOT EXISTS(SELECT 1 FROM chips WHERE encoding = f.id))
                ORDER BY seq"""
                        .formatted(Place.PERSON.encoded());
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
        Place place = Place.of(owner);
        long model = model(key);
        String select =
                """
                SELECT f.id, c.png FROM %s f JOIN %s c ON c.%s = f.id
                WHERE f.base IS NULL AND f.id > ? AND NOT %s ORDER BY f.id LIMIT ?"""
                        .formatted(place.faces, place.chips, place.chipOf, place.encoded());
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = sql.bound(select, after, model, model, most).executeQuery()) {
            while (row.next()) {
                long face = row.getLong(1);
                rows.add(new Row(face, sql.sealing().open(place.chip, row.getBytes(2), face)));
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
                        Place.of(owner),
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
                        Place.UNKNOWN,
                        "unknown",
                        "unknown, camera, seen_at",
                        face,
                        model,
                        descriptor)
                .isPresent();
    }

    private Optional<Long> inserted(
            Place place,
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
                        .formatted(place.faces, columns, answer);
        return sql.number(
                insert,
                model,
                descriptor.dimension(),
                sql.sealing().seal(place.encoding, Columns.bytes(descriptor)),
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
