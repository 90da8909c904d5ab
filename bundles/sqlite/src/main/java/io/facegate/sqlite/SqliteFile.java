// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import io.facegate.sqlite.SqliteFault.Kind;

import org.sqlite.SQLiteConfig;
import org.sqlite.jdbc4.JDBC4Connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A SQLite file opened for durable use: WAL, {@code synchronous=FULL} (a commit is on the disk when
 * it returns), foreign keys, erased content overwritten. Its one connection is for one thread at a
 * time: the owner holds a lock.
 *
 * <p>A damaged file is renamed, never overwritten or deleted, and a new one begun; a file of a
 * later version, or of something else, is refused untouched.
 */
public final class SqliteFile implements AutoCloseable {
    private static final int BUSY_MILLIS = 3000;

    private final Path path;
    private final Connection connection;
    private final boolean writable;
    private final Optional<Path> setAside;
    private final Object identity;

    private SqliteFile(Path path, Connection connection, boolean writable, Optional<Path> setAside)
            throws SqliteFault {
        this.path = path;
        this.connection = connection;
        this.writable = writable;
        this.setAside = setAside;
        this.identity = identity(path);
    }

    /** Opens a file, making it and its folder when missing; blocks for a check of its tables. */
    public static SqliteFile open(Path file, SqliteSchema schema) throws SqliteFault {
        Path path = file.toAbsolutePath().normalize();
        makeFolder(path);
        try {
            return new SqliteFile(path, opened(path, schema), true, Optional.empty());
        } catch (SqliteFault e) {
            if (e.kind() != Kind.DAMAGED) {
                throw e;
            }
        }
        try (DamagedFile damaged = DamagedFile.lock(path)) {
            return openOrReplace(path, schema, damaged);
        }
    }

    /**
     * Opens an existing file that cannot be written, such as one on a disk mounted read-only. What
     * a crash left in its write-ahead log would be missed: then it is refused.
     */
    public static SqliteFile openReadOnly(Path file, SqliteSchema schema) throws SqliteFault {
        Path path = file.toAbsolutePath().normalize();
        Path log = path.resolveSibling(path.getFileName() + "-wal");
        if (!Files.exists(path) || log.toFile().length() > 0) {
            throw new SqliteFault(Kind.UNREADABLE, path + " cannot be read without writing", null);
        }
        String name = uri(path) + "?mode=ro&immutable=1";
        Connection connection = null;
        try {
            connection = connect(name);
            if (versionOf(path, connection, schema) != schema.version()) {
                throw new SqliteFault(
                        Kind.READ_ONLY, path + " is of an earlier version: make it writable", null);
            }
            return new SqliteFile(path, connection, false, Optional.empty());
        } catch (SQLException e) {
            closeQuietly(connection);
            throw SqliteFault.of(path, e);
        } catch (SqliteFault e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private static SqliteFile openOrReplace(Path path, SqliteSchema schema, DamagedFile damaged)
            throws SqliteFault {
        try {
            // Another process may have replaced it while this one waited for the lock.
            return new SqliteFile(path, opened(path, schema), true, Optional.empty());
        } catch (SqliteFault e) {
            if (e.kind() != Kind.DAMAGED) {
                throw e;
            }
        }
        Path aside = damaged.setAside();
        return new SqliteFile(path, opened(path, schema), true, Optional.of(aside));
    }

    /** The connection, in auto-commit mode. */
    public Connection connection() {
        return connection;
    }

    /** The file, absolute. */
    public Path path() {
        return path;
    }

    /** Whether it was opened for writing. */
    public boolean writable() {
        return writable;
    }

    /** The damaged file that this one replaced when it was opened. */
    public Optional<Path> setAside() {
        return setAside;
    }

    /** The damaged files of this name set aside so far and still there, oldest first. */
    public static List<Path> damaged(Path file) {
        return DamagedFile.all(file.toAbsolutePath().normalize());
    }

    /** Whether the name now stands for another file than the one opened, or for none. */
    public boolean replaced() {
        try {
            return !Objects.equals(identity, identity(path));
        } catch (SqliteFault e) {
            return true;
        }
    }

    /** Changes whenever another connection, of this or another process, has committed. */
    public long dataVersion() throws SQLException {
        return number(connection, "PRAGMA data_version");
    }

    /**
     * Empties the write-ahead log, so that what was erased is on the disk no longer.
     *
     * @return false when another process is reading: try again later
     */
    public boolean truncateLog() throws SQLException {
        run(connection, "PRAGMA busy_timeout=100");
        try {
            return number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") == 0;
        } finally {
            run(connection, "PRAGMA busy_timeout=" + BUSY_MILLIS);
        }
    }

    /**
     * A second connection for {@code PRAGMA quick_check} of the whole file: reads it all, so not
     * for the thread that serves. {@link Statement#cancel()} ends a check.
     */
    public SqliteCheck check() throws SqliteFault {
        try {
            return new SqliteCheck(connect(uri(path) + (writable ? "" : "?mode=ro&immutable=1")));
        } catch (SQLException e) {
            throw SqliteFault.of(path, e);
        }
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    private static Connection opened(Path path, SqliteSchema schema) throws SqliteFault {
        Connection connection = null;
        try {
            connection = connect(uri(path));
            int version = versionOf(path, connection, schema);
            run(connection, "PRAGMA journal_mode=WAL");
            run(connection, "PRAGMA synchronous=FULL");
            run(connection, "PRAGMA foreign_keys=ON");
            run(connection, "PRAGMA secure_delete=ON");
            run(connection, "PRAGMA trusted_schema=OFF");
            run(connection, "PRAGMA journal_size_limit=4194304");
            if (version > 0) {
                for (String table : schema.checked()) {
                    SqliteCheck.require(connection, "PRAGMA quick_check(" + table + ")");
                }
            }
            if (version < schema.version()) {
                migrate(connection, schema);
            }
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw SqliteFault.of(path, e);
        } catch (SqliteFault e) {
            closeQuietly(connection);
            throw e;
        }
    }

    /** Reads before anything could write: 0 for a file that is new. */
    private static int versionOf(Path path, Connection connection, SqliteSchema schema)
            throws SQLException, SqliteFault {
        int version = (int) number(connection, "PRAGMA user_version");
        int application = (int) number(connection, "PRAGMA application_id");
        long objects = number(connection, "SELECT count(*) FROM sqlite_schema");
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
            try {
                run(connection, "ROLLBACK");
            } catch (SQLException alreadyRolledBack) {
                e.addSuppressed(alreadyRolledBack);
            }
            throw e;
        }
        number(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /** Not through DriverManager, which would keep this bundle's class loader after an update. */
    private static Connection connect(String name) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        return new JDBC4Connection("jdbc:sqlite:" + name, name, config.toProperties());
    }

    private static String uri(Path path) {
        return "file:" + path.toUri().getRawPath();
    }

    private static void makeFolder(Path path) throws SqliteFault {
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException e) {
            throw new SqliteFault(
                    Kind.UNREADABLE,
                    "the folder "
                            + path.getParent()
                            + " cannot be made ("
                            + e
                            + "): make it, or"
                            + " let the gateway's user write to the folder above it",
                    e);
        }
    }

    private static Object identity(Path path) throws SqliteFault {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return key == null ? path : key;
        } catch (IOException e) {
            throw new SqliteFault(Kind.UNREADABLE, path + " is gone: restore it", e);
        }
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
