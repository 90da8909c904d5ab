// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.store.StoreException;
import io.facegate.store.internal.Sealing.Content;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Every statement on the tables of what was seen, and nothing else; for one thread at a time. */
final class SightingSql {
    private static final String PEOPLE =
            """
            SELECT u.seq, u.id, u.ignored, u.first_seen, u.last_seen, u.last_camera, u.sightings,
                (SELECT count(*) FROM unknown_faces WHERE unknown = u.seq AND base IS NULL)
            FROM unknown_people u\s""";
    private static final String FACES =
            """
            SELECT f.id, u.id, f.camera, f.seen_at, m.model_id, m.weights, f.vector,
                EXISTS(SELECT 1 FROM unknown_chips WHERE face = f.id)
            FROM unknown_faces f JOIN unknown_people u ON u.seq = f.unknown
                JOIN models m ON m.seq = f.model\s""";

    private static final String LATER =
            """
            SELECT f.id, f.base, m.model_id, m.weights, f.vector
            FROM unknown_faces f JOIN models m ON m.seq = f.model
            WHERE f.base IS NOT NULL\s""";

    private final Statements sql;

    SightingSql(Statements sql) {
        this.sql = sql;
    }

    /** An unknown person with the key of its row. */
    record Row(long seq, UnknownPerson person) {}

    /** A face ready to be kept, its chip already compressed. */
    record FaceRow(
            String camera, Instant seenAt, FaceDescriptor descriptor, Optional<byte[]> png) {}

    List<UnknownPerson> people() throws SQLException {
        List<UnknownPerson> result = new ArrayList<>();
        try (ResultSet row = sql.bound(PEOPLE + "ORDER BY u.first_seen, u.seq").executeQuery()) {
            while (row.next()) {
                result.add(person(row));
            }
        }
        return result;
    }

    Optional<Row> person(UUID id) throws SQLException {
        try (ResultSet row = sql.bound(PEOPLE + "WHERE u.id = ?", id.toString()).executeQuery()) {
            return row.next()
                    ? Optional.of(new Row(row.getLong(1), person(row)))
                    : Optional.empty();
        }
    }

    /** From the columns of {@code PEOPLE}. */
    static UnknownPerson person(ResultSet row) throws SQLException {
        return new UnknownPerson(
                UUID.fromString(row.getString(2)),
                row.getBoolean(3),
                Columns.time(row.getLong(4)),
                Columns.time(row.getLong(5)),
                row.getString(6),
                row.getInt(7),
                row.getInt(8));
    }

    /** The key of an unknown person, made when missing; otherwise joined to the one there. */
    long put(UnknownPerson person) throws SQLException {
        sql.run(
                """
                INSERT INTO unknown_people(id, ignored, first_seen, last_seen, last_camera,
                    sightings) VALUES(?, ?, ?, ?, ?, ?)
                ON CONFLICT(id) DO UPDATE SET first_seen = min(first_seen, excluded.first_seen),
                    last_camera = iif(excluded.last_seen >= last_seen, excluded.last_camera,
                        last_camera),
                    last_seen = max(last_seen, excluded.last_seen),
                    sightings = max(sightings, excluded.sightings)""",
                person.id().toString(),
                person.ignored() ? 1 : 0,
                Columns.micros(person.firstSeen()),
                Columns.micros(person.lastSeen()),
                person.lastCamera(),
                person.sightings());
        return sql.number("SELECT seq FROM unknown_people WHERE id = ?", person.id().toString())
                .orElseThrow();
    }

    void count(UUID id, Instant at, String camera, int sightings) throws SQLException {
        long time = Columns.micros(at);
        sql.run(
                """
                UPDATE unknown_people SET sightings = sightings + ?,
                    last_camera = iif(? >= last_seen, ?, last_camera),
                    last_seen = max(last_seen, ?) WHERE id = ?""",
                sightings,
                time,
                camera,
                time,
                id.toString());
    }

    /**
     * @return whether there is such a person
     */
    boolean setIgnored(UUID id, boolean ignored) throws SQLException {
        return sql.run(
                        "UPDATE unknown_people SET ignored = ? WHERE id = ?",
                        ignored ? 1 : 0,
                        id.toString())
                > 0;
    }

    /**
     * @return whether there was such a person
     */
    boolean delete(UUID id) throws SQLException {
        return sql.run("DELETE FROM unknown_people WHERE id = ?", id.toString()) > 0;
    }

    boolean deleteFace(long id) throws SQLException {
        return sql.run("DELETE FROM unknown_faces WHERE id = ?", id) > 0;
    }

    void deleteEverybody() throws SQLException {
        sql.run("DELETE FROM unknown_people");
    }

    long insertFace(long unknown, long model, FaceRow face) throws SQLException {
        long id =
                sql.number(
                                """
                                INSERT INTO unknown_faces(unknown, model, dimension, vector,
                                    camera, seen_at) VALUES(?, ?, ?, ?, ?, ?)
                                RETURNING id""",
                                unknown,
                                model,
                                face.descriptor().dimension(),
                                sealed(face.descriptor()),
                                face.camera(),
                                Columns.micros(face.seenAt()))
                        .orElseThrow();
        if (face.png().isPresent()) {
            sql.run(
                    "INSERT INTO unknown_chips(face, png) VALUES(?, ?)",
                    id,
                    sql.sealing().seal(Content.UNKNOWN_CHIP, face.png().get()));
        }
        return id;
    }

    /** Whether an unknown person has a face with these values, up to an id. */
    boolean hasFace(long unknown, long model, FaceDescriptor descriptor, long upTo)
            throws SQLException {
        return sql.number(
                        """
                        SELECT 1 FROM unknown_faces INDEXED BY unknown_faces_of_person
                        WHERE unknown = ? AND model = ? AND vector = ? AND id <= ? LIMIT 1""",
                        unknown,
                        model,
                        sealed(descriptor),
                        upTo)
                .isPresent();
    }

    /** The greatest id of a face; 0 without any. */
    long lastFace() throws SQLException {
        return sql.number("SELECT max(id) FROM unknown_faces").orElse(0L);
    }

    List<UnknownFace> faces() throws SQLException, StoreException {
        return faces(
                sql.bound(FACES + "WHERE f.base IS NULL ORDER BY f.id"),
                later(sql.bound(LATER + "ORDER BY f.id")));
    }

    List<UnknownFace> faces(long unknown) throws SQLException, StoreException {
        return faces(
                sql.bound(FACES + "WHERE f.unknown = ? AND f.base IS NULL ORDER BY f.id", unknown),
                later(sql.bound(LATER + "AND f.unknown = ? ORDER BY f.id", unknown)));
    }

    /** What other models made of faces, by the face. */
    private Map<Long, List<FaceDescriptor>> later(PreparedStatement select)
            throws SQLException, StoreException {
        Map<Long, List<FaceDescriptor>> result = new HashMap<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long id = row.getLong(1);
                ModelKey model = new ModelKey(row.getString(3), row.getString(4));
                byte[] vector = sql.sealing().open(Content.UNKNOWN_ENCODING, row.getBytes(5), id);
                result.computeIfAbsent(row.getLong(2), face -> new ArrayList<>())
                        .add(Columns.descriptor(id, model, vector));
            }
        }
        return result;
    }

    private List<UnknownFace> faces(PreparedStatement select, Map<Long, List<FaceDescriptor>> later)
            throws SQLException, StoreException {
        List<UnknownFace> result = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ModelKey model = new ModelKey(row.getString(5), row.getString(6));
                result.add(
                        new UnknownFace(
                                row.getLong(1),
                                UUID.fromString(row.getString(2)),
                                row.getString(3),
                                Columns.time(row.getLong(4)),
                                Columns.descriptor(
                                        row.getLong(1),
                                        model,
                                        sql.sealing()
                                                .open(
                                                        Content.UNKNOWN_ENCODING,
                                                        row.getBytes(7),
                                                        row.getLong(1))),
                                row.getBoolean(8),
                                later.getOrDefault(row.getLong(1), List.of())));
            }
        }
        return result;
    }

    Optional<byte[]> chip(long face) throws SQLException, StoreException {
        Optional<byte[]> sealed = sql.bytes("SELECT png FROM unknown_chips WHERE face = ?", face);
        return sealed.isEmpty()
                ? sealed
                : Optional.of(sql.sealing().open(Content.UNKNOWN_CHIP, sealed.get(), face));
    }

    private byte[] sealed(FaceDescriptor descriptor) {
        return sql.sealing().seal(Content.UNKNOWN_ENCODING, Columns.bytes(descriptor));
    }

    Map<UUID, LastSeen> lastSeen() throws SQLException {
        Map<UUID, LastSeen> result = new HashMap<>();
        try (ResultSet row =
                sql.bound(
                                """
                                SELECT p.id, s.at, s.camera FROM last_seen s
                                    JOIN people p ON p.seq = s.person""")
                        .executeQuery()) {
            while (row.next()) {
                UUID id = UUID.fromString(row.getString(1));
                Instant at = Columns.time(row.getLong(2));
                result.put(id, new LastSeen(id, at, row.getString(3)));
            }
        }
        return result;
    }

    /** Nothing when the person is not there or was seen later. */
    void saw(LastSeen seen) throws SQLException {
        sql.run(
                """
                INSERT INTO last_seen(person, at, camera) SELECT seq, ?, ? FROM people WHERE id = ?
                ON CONFLICT(person) DO UPDATE SET at = excluded.at, camera = excluded.camera
                    WHERE excluded.at > at""",
                Columns.micros(seen.at()),
                seen.camera(),
                seen.personId().toString());
    }

    /** The same by the key of the person's row. */
    void saw(long person, Instant at, String camera) throws SQLException {
        sql.run(
                """
                INSERT INTO last_seen(person, at, camera) VALUES(?, ?, ?)
                ON CONFLICT(person) DO UPDATE SET at = excluded.at, camera = excluded.camera
                    WHERE excluded.at > at""",
                person,
                Columns.micros(at),
                camera);
    }

    /** Two people become one, last seen when the later of the two was. */
    void moveLastSeen(long from, long to) throws SQLException {
        sql.run(
                """
                INSERT INTO last_seen(person, at, camera)
                    SELECT ?, at, camera FROM last_seen WHERE person = ?
                ON CONFLICT(person) DO UPDATE SET at = excluded.at, camera = excluded.camera
                    WHERE excluded.at > at""",
                to,
                from);
    }
}
