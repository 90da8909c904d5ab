// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import io.facegate.sqlite.SqliteFault.Kind;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A SQLite file opened for durable use: WAL, {@code synchronous=FULL} (a commit is on the disk when
 * it returns), foreign keys, deleted content overwritten. Its one connection is for one thread at a
 * time: the owner holds a lock.
 *
 * <p>A damaged file is renamed, never overwritten or deleted, and a new one begun; a file of a
 * later version, or of something else, is refused untouched.
 */
public final class SqliteFile implements AutoCloseable {
    private final Path path;
    private final Connection connection;
    private final boolean writable;
    private final Optional<Path> setAside;
    private final Object identity;
    private final RawFile raw;
    private boolean closed;

    private SqliteFile(Path path, Connection connection, boolean writable, Optional<Path> setAside)
            throws SqliteFault {
        this.path = path;
        this.connection = connection;
        this.writable = writable;
        this.setAside = setAside;
        this.identity = identity(path);
        this.raw = new RawFile(path);
    }

    /** Opens a file, making it and its folder when missing; blocks for a check of its tables. */
    public static SqliteFile open(Path file, SqliteSchema schema) throws SqliteFault {
        Path path = file.toAbsolutePath().normalize();
        FileFolder.make(path.getParent());
        try {
            return new SqliteFile(path, SqliteOpening.opened(path, schema), true, Optional.empty());
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
        String name = SqliteOpening.uri(path) + "?mode=ro&immutable=1";
        Connection connection = null;
        try {
            connection = SqliteOpening.connect(name);
            if (SqliteOpening.versionOf(path, connection, schema) != schema.version()) {
                throw new SqliteFault(
                        Kind.READ_ONLY, path + " is of an earlier version: make it writable", null);
            }
            SqliteOpening.check(connection, schema);
            return new SqliteFile(path, connection, false, Optional.empty());
        } catch (SQLException e) {
            SqliteOpening.closeQuietly(connection);
            throw SqliteFault.of(path, e);
        } catch (SqliteFault e) {
            SqliteOpening.closeQuietly(connection);
            throw e;
        }
    }

    /**
     * Opens a file that came from elsewhere, such as a restored copy: brings it to the schema's
     * version, and refuses it when it is missing, empty, damaged anywhere or holds anything that
     * acts by itself. It is never set aside.
     */
    public static SqliteFile openForeign(Path file, SqliteSchema schema) throws SqliteFault {
        Path path = file.toAbsolutePath().normalize();
        if (path.toFile().length() == 0) {
            throw new SqliteFault(Kind.FOREIGN, path + " is missing or empty", null);
        }
        Connection connection = SqliteOpening.opened(path, schema);
        try {
            SqliteCheck.require(connection, "PRAGMA quick_check(1)");
            if (SqliteOpening.number(
                            connection,
                            "SELECT count(*) FROM sqlite_schema WHERE type IN ('view', 'trigger')")
                    > 0) {
                throw new SqliteFault(Kind.FOREIGN, path + " has views or triggers", null);
            }
            return new SqliteFile(path, connection, true, Optional.empty());
        } catch (SQLException e) {
            SqliteOpening.closeQuietly(connection);
            throw SqliteFault.of(path, e);
        } catch (SqliteFault e) {
            SqliteOpening.closeQuietly(connection);
            throw e;
        }
    }

    private static SqliteFile openOrReplace(Path path, SqliteSchema schema, DamagedFile damaged)
            throws SqliteFault {
        try {
            // Another process may have replaced it while this one waited for the lock.
            return new SqliteFile(path, SqliteOpening.opened(path, schema), true, Optional.empty());
        } catch (SqliteFault e) {
            if (e.kind() != Kind.DAMAGED) {
                throw e;
            }
        }
        Path aside = damaged.setAside();
        return new SqliteFile(path, SqliteOpening.opened(path, schema), true, Optional.of(aside));
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
        return SqliteOpening.number(connection, "PRAGMA data_version");
    }

    /**
     * Empties the write-ahead log, so that what was erased is on the disk no longer.
     *
     * @return false when another process is reading: try again later
     */
    public boolean truncateLog() throws SQLException {
        SqliteOpening.run(connection, "PRAGMA busy_timeout=100");
        try {
            return SqliteOpening.number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") == 0;
        } finally {
            SqliteOpening.run(connection, "PRAGMA busy_timeout=" + SqliteOpening.BUSY_MILLIS);
        }
    }

    /**
     * Overwrites whatever the file holds besides its content. SQLite overwrites what is deleted;
     * but copies that were left when rows were moved to other pages, and earlier states in the log,
     * are there until then. Nobody writes meanwhile, others go on reading. Needs no space, may be
     * killed at any moment, and is then to be done again. Not within a transaction.
     *
     * @param stopped asked again and again whether to give up
     * @return false when another process is in the way, or it was stopped: try again later
     * @throws SqliteFault a page is damaged, or the disk failed
     */
    public boolean scrub(BooleanSupplier stopped) throws SQLException, SqliteFault {
        return new Scrub(path, connection, raw).pages(stopped) && truncateLog();
    }

    /**
     * Whether a commit failed because its pages could not be written: the last of them, which makes
     * a transaction of them (sqlite.org/fileformat2.html#walformat), is missing or torn, so that
     * nobody takes them for committed.
     */
    public static boolean failedInPart(SQLException commit) {
        return commit instanceof SQLiteException e
                && (e.getResultCode() == SQLiteErrorCode.SQLITE_FULL
                        || e.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_WRITE);
    }

    /**
     * To be called after a commit that failed otherwise. Its pages may be whole in the log, only
     * their fsync was refused: the next process to open the file after a crash would take them for
     * committed. Writes a transaction without content over them; durable when it returns.
     */
    public void overwriteFailedCommit() throws SQLException {
        SqliteOpening.run(connection, "BEGIN IMMEDIATE");
        try {
            long version = SqliteOpening.number(connection, "PRAGMA user_version");
            SqliteOpening.run(connection, "PRAGMA user_version=" + version);
            SqliteOpening.run(connection, "COMMIT");
        } catch (SQLException e) {
            SqliteOpening.rollBack(connection, e);
            throw e;
        }
    }

    /**
     * A second connection for {@code PRAGMA quick_check} of the whole file: reads it all, so not
     * for the thread that serves. {@link Statement#cancel()} ends a check.
     */
    public SqliteCheck check() throws SqliteFault {
        raw.retain();
        try {
            return new SqliteCheck(another(), raw::release);
        } catch (SQLException e) {
            raw.release();
            throw SqliteFault.of(path, e);
        }
    }

    private Connection another() throws SQLException {
        return SqliteOpening.connect(
                SqliteOpening.uri(path) + (writable ? "" : "?mode=ro&immutable=1"));
    }

    /**
     * Writes the content, as it is at one moment, into a new file, on a connection of its own:
     * others go on reading and writing. Blocks until it is written.
     *
     * @param target a file that does not exist
     */
    public void copyTo(Path target) throws SqliteFault {
        Connection own = null;
        raw.retain();
        try {
            own = another();
            try (PreparedStatement vacuum = own.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, SqliteOpening.uri(target.toAbsolutePath().normalize()));
                vacuum.execute();
            }
        } catch (SQLException e) {
            throw SqliteFault.of(target, e);
        } finally {
            SqliteOpening.closeQuietly(own);
            raw.release();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            SqliteOpening.closeQuietly(connection);
            raw.release();
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
}
