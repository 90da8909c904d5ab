// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.Gallery;
import io.facegate.api.store.StoreException;
import io.facegate.sqlite.SqliteFile;

import java.sql.SQLException;

/** One opened file with its transactions; for one thread at a time. */
final class StoreSession implements AutoCloseable {
    /** Statements that belong together. */
    interface Work<T> {
        T on(StoreSql sql) throws SQLException, StoreException;
    }

    private final SqliteFile file;
    private final StoreSql sql;
    private long dataVersion;
    private long galleryChanges;
    private boolean logHoldsErased;
    private boolean logHoldsRefused;

    StoreSession(SqliteFile file) {
        this.file = file;
        this.sql = new StoreSql(file.connection());
    }

    SqliteFile file() {
        return file;
    }

    /** A single query. */
    <T> T read(Work<T> work) throws SQLException, StoreException {
        boolean done = false;
        try {
            T value = work.on(sql);
            done = true;
            return value;
        } finally {
            if (!done) {
                forget();
            }
        }
    }

    /** All people and encodings as they are at one moment. */
    Gallery gallery(long revision) throws SQLException {
        boolean done = false;
        sql.beginReading();
        try {
            Gallery gallery = sql.gallery(revision);
            long version = file.dataVersion();
            long changes = sql.galleryChanges();
            sql.commit();
            dataVersion = version;
            galleryChanges = changes;
            done = true;
            return gallery;
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    /**
     * A transaction: durable when it returns, and nothing of it is left when it throws.
     *
     * @return the change, to be read anew when another process had written since the last reading
     */
    <T> Change<T> write(Work<Change<T>> work) throws SQLException, StoreException {
        boolean done = false;
        boolean committing = false;
        sql.beginWriting();
        try {
            boolean othersWrote = othersWrote();
            Change<T> change = work.on(sql);
            long changes = change.ofGallery() ? sql.countGalleryChange() : galleryChanges;
            committing = true;
            sql.commit();
            done = true;
            // what was refused before it is overwritten
            logHoldsRefused = false;
            if (othersWrote) {
                return change.afterOthers();
            }
            galleryChanges = changes;
            return change;
        } finally {
            if (!done) {
                rollback();
                logHoldsRefused |= committing;
                clearLog();
            }
        }
    }

    /** Whether another process has changed people or encodings since the last reading. */
    boolean othersWrote() throws SQLException {
        long version = file.dataVersion();
        if (version == dataVersion) {
            return false;
        }
        if (sql.galleryChanges() != galleryChanges) {
            return true;
        }
        dataVersion = version;
        return false;
    }

    /** A committed change could not be read: it counts as written by others until it can. */
    void missed() {
        dataVersion = -1;
        galleryChanges = -1;
    }

    /** Personal data was erased: it leaves the log as well, as soon as other readers let it. */
    void erased() {
        logHoldsErased = true;
        clearLog();
    }

    /** Takes out of the log what must not be there; tries again what failed before. */
    void clearLog() {
        try {
            if (logHoldsRefused) {
                file.overwriteFailedCommit();
                logHoldsRefused = false;
            }
            logHoldsErased = logHoldsErased && !file.truncateLog();
        } catch (SQLException e) {
            // Tried again at the next poll.
        }
    }

    @Override
    public void close() {
        file.close();
    }

    private void rollback() {
        try {
            sql.rollback();
        } catch (SQLException e) {
            // SQLite rolls back by itself after some errors.
        }
    }

    private void forget() {
        try {
            sql.forget();
        } catch (SQLException e) {
            // Closing a failed statement reports its failure once more.
        }
    }
}
