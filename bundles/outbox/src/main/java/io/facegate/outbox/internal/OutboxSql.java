// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import io.facegate.api.outbox.OutboxMessage;
import io.facegate.sqlite.SqliteSchema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every statement on {@code outbox.db}; for one thread at a time. */
final class OutboxSql {
    /** "FGob"; times are milliseconds since 1970 UTC. */
    static final SqliteSchema SCHEMA =
            new SqliteSchema(
                    0x46476f62,
                    List.of(
                            List.of(
                                    """
                                    CREATE TABLE messages(
                                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                                        topic TEXT NOT NULL,
                                        payload TEXT NOT NULL,
                                        created_at INTEGER NOT NULL) STRICT"""),
                            List.of(
                                    """
                                    CREATE TABLE outbox(
                                        one INTEGER PRIMARY KEY CHECK(one = 1),
                                        to_scrub INTEGER NOT NULL) STRICT""",
                                    "INSERT INTO outbox VALUES(1, 0)")),
                    List.of("messages"));

    private final Connection connection;

    OutboxSql(Connection connection) {
        this.connection = connection;
    }

    void begin() throws SQLException {
        plain("BEGIN IMMEDIATE");
    }

    /** Durable when it returns. */
    void commit() throws SQLException {
        plain("COMMIT");
    }

    void rollback() throws SQLException {
        plain("ROLLBACK");
    }

    long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM messages")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Inserts in order; sets the ids. */
    void insert(List<Pending> messages) throws SQLException {
        String sql =
                "INSERT INTO messages(topic, payload, created_at) VALUES(?, ?, ?) RETURNING id";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Pending message : messages) {
                insert.setString(1, message.topic());
                insert.setString(2, message.payload());
                insert.setLong(3, message.createdAt().toEpochMilli());
                try (ResultSet row = insert.executeQuery()) {
                    row.next();
                    message.inserted(row.getLong(1));
                }
            }
        }
    }

    List<OutboxMessage> oldest(int limit) throws SQLException {
        String sql = "SELECT id, topic, payload, created_at FROM messages ORDER BY id LIMIT ?";
        List<OutboxMessage> result = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, Math.max(0, limit));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    result.add(
                            new OutboxMessage(
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getString(3),
                                    Instant.ofEpochMilli(row.getLong(4))));
                }
            }
        }
        return result;
    }

    int deleteOldest(long count) throws SQLException {
        return delete(
                "DELETE FROM messages WHERE id IN (SELECT id FROM messages ORDER BY id LIMIT ?)",
                count);
    }

    int deleteUpTo(long id) throws SQLException {
        return delete("DELETE FROM messages WHERE id <= ?", id);
    }

    /** The mark is left also when nothing is deleted: copies of what was delivered may be there. */
    int deleteAbout(String id) throws SQLException {
        plain("UPDATE outbox SET to_scrub = to_scrub + 1");
        String sql = "DELETE FROM messages WHERE instr(topic, ?1) > 0 OR instr(payload, ?1) > 0";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, id);
            return delete.executeUpdate();
        }
    }

    /** Rises with every erasure; 0 once what it left is overwritten. */
    long toScrub() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_scrub FROM outbox")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /**
     * Everything is overwritten that was marked when the mark was read.
     *
     * @return false when there is more since
     */
    boolean scrubbed(long mark) throws SQLException {
        return delete("UPDATE outbox SET to_scrub = 0 WHERE to_scrub = ?", mark) > 0;
    }

    private int delete(String sql, long parameter) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, parameter);
            return delete.executeUpdate();
        }
    }

    private void plain(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
