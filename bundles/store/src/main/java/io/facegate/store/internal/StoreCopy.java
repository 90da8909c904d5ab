// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Addition;
import io.facegate.api.store.StoreContents;
import io.facegate.api.store.StoreException;
import io.facegate.sqlite.SqliteFault;
import io.facegate.sqlite.SqliteFault.Kind;
import io.facegate.sqlite.SqliteFile;
import io.facegate.store.internal.Sealing.Content;

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
    private static final String FACES_OF_PEOPLE =
            """
            SELECT e.id, e.person, m.model_id, m.weights, e.vector, e.source, e.content_hash,
                e.created_at, c.png
            FROM $FACES e JOIN models m ON m.seq = e.model
            LEFT JOIN $CHIPS c ON c.$FACE = e.id WHERE e.base IS NULL ORDER BY e.id""";
    private static final String LATER_ENCODINGS =
            """
            SELECT e.id, e.base, m.model_id, m.weights, e.vector
            FROM encodings e JOIN models m ON m.seq = e.model
            WHERE e.base IS NOT NULL ORDER BY e.id""";
    private static final String LAST_SEEN = "SELECT person, at, camera FROM last_seen";
    private static final String UNKNOWN_PEOPLE =
            """
            SELECT seq, id, ignored, first_seen, last_seen, last_camera, sightings, 0
            FROM unknown_people ORDER BY seq""";
    private static final String UNKNOWN_FACES =
            """
            SELECT f.id, f.unknown, m.model_id, m.weights, f.vector, f.camera, f.seen_at, c.png
            FROM unknown_faces f JOIN models m ON m.seq = f.model
            LEFT JOIN unknown_chips c ON c.face = f.id WHERE f.base IS NULL ORDER BY f.id""";

    private final SqliteFile file;
    private final Sealing sealing;

    private StoreCopy(SqliteFile file, Sealing sealing) {
        this.file = file;
        this.sealing = sealing;
    }

    /** For {@link #contents} alone: nothing is decrypted. */
    static StoreCopy open(Path path) throws StoreException {
        return new StoreCopy(file(path), new Sealing(Optional.empty()));
    }

    /**
     * @param key of the store that the copy goes into; an encrypted copy needs the same
     */
    static StoreCopy open(Path path, Optional<StoreKey> key) throws StoreException {
        SqliteFile file = file(path);
        try {
            String id = StoreOpening.keyId(file);
            if (id.isEmpty() || id.equals(new Sealing(key).keyId())) {
                return new StoreCopy(file, Sealing.ofCopy(id.isEmpty() ? Optional.empty() : key));
            }
            file.close();
            throw new StoreException(
                    "the copy is encrypted with another key (id "
                            + id
                            + ") than this store ("
                            + key.map(k -> "id " + k.id()).orElse("not encrypted")
                            + "): name that key's file as key.file of io.facegate.store, or restore"
                            + " it into a new data folder with that key");
        } catch (SQLException e) {
            file.close();
            throw new StoreException(words(SqliteFault.of(path, e)), e);
        }
    }

    private static SqliteFile file(Path path) throws StoreException {
        try {
            return SqliteFile.openForeign(path, StoreSchema.SCHEMA);
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
                                    (SELECT count(*) FROM encodings WHERE base IS NULL),
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
            Map<Long, Long> people = people(statement, joining);
            laterEncodings(statement, joining, encodings(statement, joining, people));
            counterExamples(statement, joining, people);
            lastSeen(statement, joining, people);
            unknownFaces(statement, joining, unknownPeople(statement, joining));
            return joining.addition();
        } catch (IllegalArgumentException e) {
            throw new StoreException("the copy is damaged: " + e.getMessage(), e);
        }
    }

    private static Map<Long, Long> people(Statement statement, Joining joining)
            throws SQLException, StoreException {
        Map<Long, Long> people = new HashMap<>();
        try (ResultSet row = statement.executeQuery(PEOPLE)) {
            while (row.next()) {
                people.put(
                        row.getLong(1),
                        joining.person(
                                Optional.of(UUID.fromString(row.getString(2))),
                                row.getString(3),
                                Columns.time(row.getLong(4))));
            }
        }
        return people;
    }

    private Map<Long, Long> encodings(Statement statement, Joining joining, Map<Long, Long> people)
            throws SQLException, StoreException {
        Map<Long, Long> faces = new HashMap<>();
        try (ResultSet row = statement.executeQuery(FaceTable.ENCODINGS.on(FACES_OF_PEOPLE))) {
            while (row.next()) {
                faces.put(
                        row.getLong(1),
                        joining.encoding(
                                owner(people, row, 2),
                                encoding(row, FaceTable.ENCODINGS),
                                Columns.time(row.getLong(8))));
            }
        }
        return faces;
    }

    private void counterExamples(Statement statement, Joining joining, Map<Long, Long> people)
            throws SQLException, StoreException {
        try (ResultSet row =
                statement.executeQuery(FaceTable.COUNTER_EXAMPLES.on(FACES_OF_PEOPLE))) {
            while (row.next()) {
                joining.counterExample(
                        owner(people, row, 2),
                        encoding(row, FaceTable.COUNTER_EXAMPLES),
                        Columns.time(row.getLong(8)));
            }
        }
    }

    private void laterEncodings(Statement statement, Joining joining, Map<Long, Long> faces)
            throws SQLException, StoreException {
        try (ResultSet row = statement.executeQuery(LATER_ENCODINGS)) {
            while (row.next()) {
                joining.later(owner(faces, row, 2), descriptor(row, Content.ENCODING));
            }
        }
    }

    private static void lastSeen(Statement statement, Joining joining, Map<Long, Long> people)
            throws SQLException, StoreException {
        try (ResultSet row = statement.executeQuery(LAST_SEEN)) {
            while (row.next()) {
                joining.lastSeen(
                        owner(people, row, 1), Columns.time(row.getLong(2)), row.getString(3));
            }
        }
    }

    private static Map<Long, Long> unknownPeople(Statement statement, Joining joining)
            throws SQLException {
        Map<Long, Long> unknown = new HashMap<>();
        try (ResultSet row = statement.executeQuery(UNKNOWN_PEOPLE)) {
            while (row.next()) {
                unknown.put(row.getLong(1), joining.unknown(SightingSql.person(row)));
            }
        }
        return unknown;
    }

    private void unknownFaces(Statement statement, Joining joining, Map<Long, Long> unknown)
            throws SQLException, StoreException {
        try (ResultSet row = statement.executeQuery(UNKNOWN_FACES)) {
            while (row.next()) {
                joining.unknownFace(
                        owner(unknown, row, 2),
                        new SightingSql.FaceRow(
                                row.getString(6),
                                Columns.time(row.getLong(7)),
                                descriptor(row, Content.UNKNOWN_ENCODING),
                                chip(row, 8, Content.UNKNOWN_CHIP)));
            }
        }
    }

    private static long owner(Map<Long, Long> owners, ResultSet row, int column)
            throws SQLException, StoreException {
        Long owner = owners.get(row.getLong(column));
        if (owner == null) {
            throw new StoreException(
                    "the copy is damaged: row " + row.getLong(1) + " belongs to nobody");
        }
        return owner;
    }

    private EncodingRow encoding(ResultSet row, FaceTable table)
            throws SQLException, StoreException {
        return new EncodingRow(
                descriptor(row, table.vector),
                row.getString(6),
                row.getString(7),
                chip(row, 9, table.chip));
    }

    private Optional<byte[]> chip(ResultSet row, int column, Content content)
            throws SQLException, StoreException {
        byte[] png = row.getBytes(column);
        if (png == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(sealing.open(content, png, row.getLong(1)));
        } catch (StoreException e) {
            throw new StoreException("the copy is damaged: " + e.getMessage(), e);
        }
    }

    /** From the columns id, owner, model, weights, vector. */
    private FaceDescriptor descriptor(ResultSet row, Content content) throws StoreException {
        try {
            ModelKey model = new ModelKey(row.getString(3), row.getString(4));
            byte[] vector = sealing.open(content, row.getBytes(5), row.getLong(1));
            return Columns.descriptor(row.getLong(1), model, vector);
        } catch (SQLException | StoreException e) {
            // The copy's fault, not that of the file it goes into.
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
