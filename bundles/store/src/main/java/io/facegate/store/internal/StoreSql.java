// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;
import io.facegate.store.internal.Sealing.Content;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Every statement on the store's tables, and nothing else: the class another database would
 * replace. For one thread at a time; statements are prepared once for the connection's life.
 */
final class StoreSql {
    private static final String ONE_PERSON =
            """
            SELECT seq, id, name, created_at,
                (SELECT count(*) FROM encodings WHERE person = seq)
            FROM people WHERE\s""";

    private final Statements sql;
    private final SightingSql sightings;

    StoreSql(Connection connection, Sealing sealing) {
        this.sql = new Statements(connection, sealing);
        this.sightings = new SightingSql(sql);
    }

    /** A person with the key of its row. */
    record Row(long seq, Person person) {}

    /** The statements on what was seen. */
    SightingSql sightings() {
        return sightings;
    }

    void beginReading() throws SQLException {
        plain("BEGIN");
    }

    /** Takes the write lock at once: no other process writes until commit or rollback. */
    void beginWriting() throws SQLException {
        plain("BEGIN IMMEDIATE");
    }

    /** Durable when it returns. */
    void commit() throws SQLException {
        plain("COMMIT");
    }

    void rollback() throws SQLException {
        forget();
        plain("ROLLBACK");
    }

    /** To be called after an error. */
    void forget() throws SQLException {
        sql.forget();
    }

    /** A statement without parameters and without an answer. */
    void plain(String statement) throws SQLException {
        sql.plain(statement);
    }

    /**
     * What concerns the file as a whole.
     *
     * @param galleryChanges rises with every change of people and encodings, whoever makes it
     * @param keyId of the key that values are sealed with; empty for none
     * @param toScrub rises with every change after which something that is not to be read any more
     *     may be left where nothing is kept; 0 once that is overwritten
     */
    record State(long galleryChanges, String keyId, long toScrub) {}

    State state() throws SQLException {
        try (ResultSet row =
                sql.bound("SELECT gallery_changes, key_id, to_scrub FROM store").executeQuery()) {
            if (!row.next()) {
                throw Columns.corrupt("the table store is empty", null);
            }
            return new State(row.getLong(1), row.getString(2), row.getLong(3));
        }
    }

    /** To be called once in each change of people and encodings. */
    void countGalleryChange() throws SQLException {
        sql.run("UPDATE store SET gallery_changes = gallery_changes + 1");
    }

    Sealing sealing() {
        return sql.sealing();
    }

    /** Seals everything with another key; {@link #use} it once that is committed. */
    void reseal(Sealing next) throws SQLException, StoreException {
        new Resealing(sql, sql.sealing(), next).run();
        sql.run("UPDATE store SET key_id = ?, to_scrub = to_scrub + 1", next.keyId());
    }

    void use(Sealing next) {
        sql.use(next);
    }

    /** To be called in each change that removes personal data. */
    void markToScrub() throws SQLException {
        sql.run("UPDATE store SET to_scrub = to_scrub + 1");
    }

    /**
     * Everything is overwritten that was marked when the mark was read.
     *
     * @return false when there is more since
     */
    boolean scrubbed(long mark) throws SQLException {
        return sql.run("UPDATE store SET to_scrub = 0 WHERE to_scrub = ?", mark) > 0;
    }

    Gallery gallery(long revision) throws SQLException, StoreException {
        return new GalleryReader(sql.connection(), sql.sealing()).read(revision);
    }

    Optional<Row> person(String name) throws SQLException {
        return row(sql.bound(ONE_PERSON + "name = ?", name));
    }

    Optional<Row> person(UUID id) throws SQLException {
        return row(sql.bound(ONE_PERSON + "id = ?", id.toString()));
    }

    private static Optional<Row> row(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(
                            new Row(row.getLong(1), GalleryReader.person(row, 2, row.getInt(5))))
                    : Optional.empty();
        }
    }

    Row insertPerson(String name, Instant now) throws SQLException {
        return insertPerson(UUID.randomUUID(), name, now);
    }

    Row insertPerson(UUID id, String name, Instant createdAt) throws SQLException {
        sql.run(
                "INSERT INTO people(id, name, created_at) VALUES(?, ?, ?)",
                id.toString(),
                name,
                Columns.micros(createdAt));
        return person(name).orElseThrow();
    }

    void rename(long person, String name) throws SQLException {
        sql.run("UPDATE people SET name = ? WHERE seq = ?", name, person);
    }

    void moveEncodings(long from, long to) throws SQLException {
        sql.run("UPDATE encodings SET person = ? WHERE person = ?", to, from);
    }

    void deletePerson(long person) throws SQLException {
        sql.run("DELETE FROM people WHERE seq = ?", person);
    }

    int deleteSource(long person, String source) throws SQLException {
        return sql.run("DELETE FROM encodings WHERE person = ? AND source = ?", person, source);
    }

    /** The key of a model, made when missing with the dimension given; empty when it differs. */
    Optional<Long> model(ModelKey key, int dimension) throws SQLException {
        sql.run(
                """
                        INSERT INTO models(model_id, weights, dimension) VALUES(?, ?, ?)
                        ON CONFLICT DO NOTHING""",
                key.id(),
                key.weights(),
                dimension);
        PreparedStatement select =
                sql.bound(
                        "SELECT seq, dimension FROM models WHERE model_id = ? AND weights = ?",
                        key.id(),
                        key.weights());
        try (ResultSet row = select.executeQuery()) {
            return row.next() && row.getInt(2) == dimension
                    ? Optional.of(row.getLong(1))
                    : Optional.empty();
        }
    }

    void insertEncoding(long person, long model, EncodingRow encoding, Instant now)
            throws SQLException {
        long id =
                sql.number(
                                """
                                INSERT INTO encodings(person, model, dimension, vector, source,
                                    content_hash, created_at) VALUES(?, ?, ?, ?, ?, ?, ?)
                                RETURNING id""",
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
    }

    /** Gives an encoding a chip unless it has one. */
    void insertChip(long encoding, byte[] png) throws SQLException {
        sql.run(
                "INSERT INTO chips(encoding, png) VALUES(?, ?) ON CONFLICT DO NOTHING",
                encoding,
                sql.sealing().seal(Content.CHIP, png));
    }

    /**
     * The first encoding of a person with these values, up to an id. The index is named because
     * SQLite would read the whole table in the order of ids instead.
     */
    Optional<Long> same(long person, long model, FaceDescriptor descriptor, long upTo)
            throws SQLException {
        PreparedStatement select =
                sql.bound(
                        """
                        SELECT id FROM encodings INDEXED BY encodings_of_person
                        WHERE person = ? AND model = ? AND vector = ? AND id <= ?
                        ORDER BY id LIMIT 1""",
                        person,
                        model,
                        sealed(descriptor),
                        upTo);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
    }

    /** The greatest id of an encoding; 0 without any. */
    long lastEncoding() throws SQLException {
        return sql.number("SELECT max(id) FROM encodings").orElse(0L);
    }

    void deleteEverybody() throws SQLException {
        sql.run("DELETE FROM people");
    }

    List<StoredEncoding> encodings(UUID person) throws SQLException, StoreException {
        PreparedStatement select =
                sql.bound(
                        """
                        SELECT e.id, m.model_id, m.weights, e.vector, e.source, e.content_hash,
                            EXISTS(SELECT 1 FROM chips WHERE encoding = e.id), e.created_at
                        FROM encodings e JOIN models m ON m.seq = e.model
                        WHERE e.person = (SELECT seq FROM people WHERE id = ?) ORDER BY e.id""",
                        person.toString());
        List<StoredEncoding> result = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ModelKey model = new ModelKey(row.getString(2), row.getString(3));
                result.add(
                        new StoredEncoding(
                                row.getLong(1),
                                person,
                                Columns.descriptor(row.getLong(1), model, opened(row, 4)),
                                row.getString(5),
                                row.getString(6),
                                row.getBoolean(7),
                                Columns.time(row.getLong(8))));
            }
        }
        return result;
    }

    Optional<byte[]> chip(long encoding) throws SQLException, StoreException {
        Optional<byte[]> sealed = sql.bytes("SELECT png FROM chips WHERE encoding = ?", encoding);
        return sealed.isEmpty()
                ? sealed
                : Optional.of(sql.sealing().open(Content.CHIP, sealed.get(), encoding));
    }

    private byte[] sealed(FaceDescriptor descriptor) {
        return sql.sealing().seal(Content.ENCODING, Columns.bytes(descriptor));
    }

    /** The values in a column of a row that begins with its id. */
    private byte[] opened(ResultSet row, int column) throws SQLException, StoreException {
        return sql.sealing().open(Content.ENCODING, row.getBytes(column), row.getLong(1));
    }
}
