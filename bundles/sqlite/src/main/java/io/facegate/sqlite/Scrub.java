// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import io.facegate.sqlite.SqliteFault.Kind;
import io.facegate.sqlite.UnusedSpace.DamagedPageException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Overwrites what an opened file holds besides its content; see {@link SqliteFile#scrub}. */
final class Scrub {
    private static final int BUSY_MILLIS = 1000;

    private final Path path;
    private final Connection reader;
    private final RawFile raw;

    /**
     * @param reader a connection that is in no transaction
     */
    Scrub(Path path, Connection reader, RawFile raw) {
        this.path = path;
        this.reader = reader;
        this.raw = raw;
    }

    /**
     * @return false when others are in the way, or it was stopped
     */
    boolean pages(BooleanSupplier stopped) throws SQLException, SqliteFault {
        Connection writer = null;
        try {
            writer = SqliteOpening.connect(SqliteOpening.uri(path));
            SqliteOpening.run(writer, "PRAGMA busy_timeout=" + BUSY_MILLIS);
            SqliteOpening.run(writer, "PRAGMA synchronous=FULL");
            // From here on nobody adds to the log.
            SqliteOpening.run(writer, "BEGIN IMMEDIATE");
            if (!logIsInTheFile()) {
                return false;
            }
            new UnusedSpace(raw.bytes(), stopped).overwrite(roots(writer));
            // A commit, so that every connection forgets the pages it has in memory.
            long version = SqliteOpening.number(writer, "PRAGMA user_version");
            SqliteOpening.run(writer, "PRAGMA user_version=" + version);
            SqliteOpening.run(writer, "COMMIT");
            return true;
        } catch (InterruptedIOException e) {
            return false;
        } catch (SQLException e) {
            if (SqliteFault.of(path, e).kind() == Kind.BUSY) {
                return false;
            }
            throw e;
        } catch (DamagedPageException e) {
            throw new SqliteFault(Kind.DAMAGED, path + " is damaged (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new SqliteFault(
                    Kind.UNREADABLE,
                    path
                            + " cannot be overwritten where it holds nothing ("
                            + e.getMessage()
                            + "): check that its disk has room and is healthy",
                    e);
        } finally {
            // Rolls back what was not committed.
            SqliteOpening.closeQuietly(writer);
        }
    }

    /** Brings everything of the log to the file; false while somebody reads an earlier state. */
    private boolean logIsInTheFile() throws SQLException {
        try (Statement statement = reader.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            return row.next() && row.getInt(1) == 0 && row.getLong(2) == row.getLong(3);
        }
    }

    private static int[] roots(Connection connection) throws SQLException {
        IntStream.Builder roots = IntStream.builder().add(1);
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT rootpage FROM sqlite_schema WHERE rootpage > 0")) {
            while (row.next()) {
                roots.add(row.getInt(1));
            }
        }
        return roots.build().toArray();
    }
}
