// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import io.facegate.sqlite.SqliteFault.Kind;

import org.sqlite.SQLiteConfig;
import org.sqlite.jdbc4.JDBC4Connection;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The steps of opening: connect, look whose file it is, set up, check, migrate. */
final class SqliteOpening {
    static final int BUSY_MILLIS = 3000;

    private SqliteOpening() {}

    /** Opens for writing, checks and migrates. */
    static Connection opened(Path path, SqliteSchema schema) throws SqliteFault {
        Connection connection = null;
        try {
            connection = connect(uri(path));
            int version = versionOf(path, connection, schema);
            run(connection, "PRAGMA journal_mode=WAL");
            run(connection, "PRAGMA synchronous=FULL");
            run(connection, "PRAGMA secure_delete=ON");
            run(connection, "PRAGMA trusted_schema=OFF");
            run(connection, "PRAGMA journal_size_limit=4194304");
            if (version > 0) {
                check(connection, schema);
            }
            if (version < schema.version()) {
                migrate(connection, schema);
            }
            // Not before: a migration that makes a table anew drops the old one, and with foreign
            // keys everything that refers to it would go.
            run(connection, "PRAGMA foreign_keys=ON");
            FileFolder.sync(path.getParent());
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw SqliteFault.of(path, e);
        } catch (SqliteFault e) {
            closeQuietly(connection);
            throw e;
        }
    }

    /** Reads the tables that are to be well before the file is used. */
    static void check(Connection connection, SqliteSchema schema) throws SQLException {
        for (String table : schema.checked()) {
            SqliteCheck.require(connection, "PRAGMA quick_check(" + table + ")");
        }
    }

    /** Reads before anything could write: 0 for a file that is new. */
    static int versionOf(Path path, Connection connection, SqliteSchema schema)
            throws SQLException, SqliteFault {
        // At one moment: another process may be making the file.
        run(connection, "BEGIN");
        int version = (int) number(connection, "PRAGMA user_version");
        int application = (int) number(connection, "PRAGMA application_id");
        long objects = number(connection, "SELECT count(*) FROM sqlite_schema");
        run(connection, "COMMIT");
        if (application == 0 && version == 0 && objects == 0) {
            return 0;
        }
        if (application != schema.applicationId()) {
            throw new SqliteFault(
                    Kind.FOREIGN,
                    path
                            + " is a SQLite file of something else: move it away, or configure"
                            + " another file",
                    null);
        }
        if (version > schema.version()) {
            throw new SqliteFault(
                    Kind.NEWER,
                    path
                            + " was made by a later version of Facegate (format "
                            + version
                            + ", this one knows "
                            + schema.version()
                            + "): install that version"
                            + " again, or configure another file; it was left untouched",
                    null);
        }
        return version;
    }

    private static void migrate(Connection connection, SqliteSchema schema) throws SQLException {
        run(connection, "BEGIN IMMEDIATE");
        try {
            // Another process may have done it while this one waited.
            int version = (int) number(connection, "PRAGMA user_version");
            for (List<String> step :
                    schema.migrations()
                            .subList(Math.min(version, schema.version()), schema.version())) {
                for (String statement : step) {
                    run(connection, statement);
                }
            }
            run(connection, "PRAGMA application_id=" + schema.applicationId());
            run(connection, "PRAGMA user_version=" + Math.max(version, schema.version()));
            run(connection, "COMMIT");
        } catch (SQLException e) {
            rollBack(connection, e);
            throw e;
        }
        number(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /** Not through DriverManager, which would keep this bundle's class loader after an update. */
    static Connection connect(String name) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        return new JDBC4Connection("jdbc:sqlite:" + name, name, config.toProperties());
    }

    static String uri(Path path) {
        return "file:" + path.toUri().getRawPath();
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** SQLite rolls back by itself after some errors. */
    static void rollBack(Connection connection, SQLException why) {
        try {
            run(connection, "ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            why.addSuppressed(alreadyRolledBack);
        }
    }

    static void closeQuietly(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException nothingLeftToLose) {
                // Whatever was acknowledged is committed; the rest was never promised.
            }
        }
    }
}
