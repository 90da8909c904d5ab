// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The statements of one connection, prepared once for its life, and how its values are kept; for
 * one thread at a time.
 */
final class Statements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private Sealing sealing;

    Statements(Connection connection, Sealing sealing) {
        this.connection = connection;
        this.sealing = sealing;
    }

    Sealing sealing() {
        return sealing;
    }

    /** Another key from now on. */
    void use(Sealing next) {
        sealing = next;
    }

    Connection connection() {
        return connection;
    }

    /** A statement without parameters and without an answer. */
    void plain(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    PreparedStatement bound(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /**
     * @return the number of rows changed
     */
    int run(String sql, Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /** The number that a query answers; empty without a row. */
    Optional<Long> number(String sql, Object... values) throws SQLException {
        try (ResultSet row = bound(sql, values).executeQuery()) {
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
    }

    /** The bytes that a query answers; empty without a row. */
    Optional<byte[]> bytes(String sql, Object... values) throws SQLException {
        try (ResultSet row = bound(sql, values).executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    /** To be called after an error: a prepared statement that failed cannot be used again. */
    void forget() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }
}
