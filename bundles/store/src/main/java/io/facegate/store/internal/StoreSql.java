// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
                (SELECT count(*) FROM encodings WHERE person = seq AND base IS NULL)
            FROM people WHERE\s""";

    private final Statements sql;
    private final SightingSql sightings;
    private final EncodingSql encodings;
    private final EncodingSql counterExamples;
    private final ReencodingSql reencoding;
    private final ClearingSql clearing;

    StoreSql(Connection connection, Sealing sealing) {
        this.sql = new Statements(connection, sealing);
        this.sightings = new SightingSql(sql);
        this.encodings = new EncodingSql(sql, FaceTable.ENCODINGS);
        this.counterExamples = new EncodingSql(sql, FaceTable.COUNTER_EXAMPLES);
        this.reencoding = new ReencodingSql(sql);
        this.clearing = new ClearingSql(sql);
    }

    /** A person with the key of its row. */
    record Row(long seq, Person person) {}

    /** The statements on what was seen. */
    SightingSql sightings() {
        return sightings;
    }

    /** The statements on what people look like. */
    EncodingSql encodings() {
        return encodings;
    }

    /** The statements on what people do not look like. */
    EncodingSql counterExamples() {
        return counterExamples;
    }

    /** The statements on encodings of other models. */
    ReencodingSql reencoding() {
        return reencoding;
    }

    /** The statements that take a model's encodings away. */
    ClearingSql clearing() {
        return clearing;
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

    void deletePerson(long person) throws SQLException {
        sql.run("DELETE FROM people WHERE seq = ?", person);
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

    void deleteEverybody() throws SQLException {
        sql.run("DELETE FROM people");
    }
}
