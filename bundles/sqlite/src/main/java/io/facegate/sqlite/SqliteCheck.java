// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** A check of a whole file on a connection of its own, to be run on a thread of its own. */
public final class SqliteCheck implements AutoCloseable {
    private static final int SQLITE_CORRUPT = 11;

    private final Connection connection;
    private final Statement statement;
    private final Runnable closed;

    /**
     * @param closed run once the connection is closed
     */
    SqliteCheck(Connection connection, Runnable closed) throws SQLException {
        this.connection = connection;
        this.closed = closed;
        this.statement = connection.createStatement();
    }

    /**
     * Reads everything; blocks.
     *
     * @return the first thing found damaged; empty when all is well or the check was cancelled
     */
    public Optional<String> run() {
        try (ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            String finding = row.next() ? row.getString(1) : "ok";
            return "ok".equals(finding) ? Optional.empty() : Optional.of(oneLine(finding));
        } catch (SQLException e) {
            int code = e.getErrorCode() & 0xff;
            return code == SQLITE_CORRUPT ? Optional.of(oneLine(e.getMessage())) : Optional.empty();
        }
    }

    /**
     * Reads a whole file that nobody has open; blocks, and leaves the file as it is.
     *
     * @return what is damaged; empty when all is well
     * @throws SqliteFault it cannot be read
     */
    public static Optional<String> damage(Path file) throws SqliteFault {
        Path path = file.toAbsolutePath().normalize();
        Path log = path.resolveSibling(path.getFileName() + "-wal");
        // Without a log nothing is missed, and no file is made beside this one.
        String how = log.toFile().length() > 0 ? "?mode=ro" : "?mode=ro&immutable=1";
        try (Connection connection = SqliteOpening.connect(SqliteOpening.uri(path) + how)) {
            SqliteCheck.require(connection, "PRAGMA quick_check(1)");
            return Optional.empty();
        } catch (SQLException e) {
            SqliteFault fault = SqliteFault.of(path, e);
            if (fault.kind() == SqliteFault.Kind.DAMAGED) {
                return Optional.of(oneLine(e.getMessage()));
            }
            throw fault;
        }
    }

    /** Ends a running check soon; callable from another thread. */
    public void cancel() {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // Not running any more.
        }
    }

    @Override
    public void close() {
        SqliteOpening.closeQuietly(connection);
        closed.run();
    }

    /** Runs a quick_check pragma and reports findings as SQLite reports damage. */
    static void require(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(pragma)) {
            String finding = row.next() ? row.getString(1) : "no answer";
            if (!"ok".equals(finding)) {
                throw new SQLException(oneLine(finding), null, SQLITE_CORRUPT);
            }
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
