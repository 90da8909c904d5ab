// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.Gallery;
import io.facegate.api.store.StoreException;
import io.facegate.sqlite.SqliteFault;
import io.facegate.sqlite.SqliteFile;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** One opened file with its transactions; for one thread at a time. */
final class StoreSession implements AutoCloseable {
    /** Statements that belong together. */
    interface Work<T> {
        T on(StoreSql sql) throws SQLException, StoreException;
    }

    /** Another process has encrypted the file with another key, or decrypted it. */
    static final class KeyChangedException extends StoreException {
        private static final long serialVersionUID = 1L;

        KeyChangedException() {
            super("the key of the store was changed meanwhile: try again");
        }
    }

    private final SqliteFile file;
    private final StoreSql sql;
    private long dataVersion;
    private long galleryChanges;
    private boolean logHoldsErased;
    private boolean logHoldsRefused;

    StoreSession(SqliteFile file, Sealing sealing) {
        this.file = file;
        this.sql = new StoreSql(file.connection(), sealing);
    }

    SqliteFile file() {
        return file;
    }

    Optional<StoreKey> key() {
        return sql.sealing().key();
    }

    /** Queries that see the file as it is at one moment. */
    <T> T read(Work<T> work) throws SQLException, StoreException {
        boolean done = false;
        sql.beginReading();
        try {
            state();
            T value = work.on(sql);
            sql.commit();
            done = true;
            return value;
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    /** All people and encodings as they are at one moment. */
    Gallery gallery(long revision) throws SQLException, StoreException {
        return read(
                read -> {
                    Gallery gallery = read.gallery(revision);
                    dataVersion = file.dataVersion();
                    galleryChanges = read.state().galleryChanges();
                    return gallery;
                });
    }

    /** The state, the key being ours: with another one nothing is read or written. */
    private StoreSql.State state() throws SQLException, StoreException {
        StoreSql.State state = sql.state();
        if (!state.keyId().equals(sql.sealing().keyId())) {
            throw new KeyChangedException();
        }
        return state;
    }

    /**
     * A transaction: durable when it returns, and nothing of it is left when it throws.
     *
     * @return the change, to be read anew when another process had changed people or encodings
     *     since the last reading
     */
    <T> Change<T> write(Work<Change<T>> work) throws SQLException, StoreException {
        AtomicLong before = new AtomicLong();
        Change<T> change =
                transaction(
                        written -> {
                            before.set(state().galleryChanges());
                            Change<T> made = work.on(written);
                            if (made.ofGallery()) {
                                written.countGalleryChange();
                            }
                            if (made.erased()) {
                                written.markToScrub();
                            }
                            return made;
                        });
        if (before.get() != galleryChanges) {
            return change.afterOthers();
        }
        galleryChanges += change.ofGallery() ? 1 : 0;
        return change;
    }

    private <T> T transaction(Work<T> work) throws SQLException, StoreException {
        boolean done = false;
        boolean committing = false;
        sql.beginWriting();
        try {
            T value = work.on(sql);
            committing = true;
            sql.commit();
            done = true;
            // what was refused before it is overwritten
            logHoldsRefused = false;
            return value;
        } catch (SQLException e) {
            logHoldsRefused |= committing && !SqliteFile.failedInPart(e);
            throw e;
        } finally {
            if (!done) {
                rollback();
                clearLog();
            }
        }
    }

    /** Seals everything with another key, durable when it returns; then {@link #scrub}. */
    void reseal(Sealing next) throws SQLException, StoreException {
        transaction(
                written -> {
                    state();
                    written.reseal(next);
                    return next;
                });
        sql.use(next);
    }

    /**
     * Overwrites what was erased or sealed otherwise and may be left where the file holds nothing,
     * if anything was since the last time.
     *
     * @param stopped asked again and again whether to give up
     * @return false when another process, or the disk, is in the way: try again later
     */
    boolean scrub(BooleanSupplier stopped) throws SQLException, SqliteFault {
        long mark = file.writable() ? sql.state().toScrub() : 0;
        if (mark == 0) {
            return true;
        }
        try {
            return file.scrub(stopped) && sql.scrubbed(mark);
        } catch (SQLException e) {
            sql.forget();
            throw e;
        }
    }

    /** Whether another process has changed people or encodings since the last reading. */
    boolean othersWrote() throws SQLException, StoreException {
        long version = file.dataVersion();
        if (version == dataVersion) {
            return false;
        }
        if (state().galleryChanges() != galleryChanges) {
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

    /**
     * Whether a change that was refused while it was committed may lie whole in the log: nobody
     * sees it, but whoever opens the file after a crash would.
     */
    boolean holdsRefused() {
        return logHoldsRefused;
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
}
