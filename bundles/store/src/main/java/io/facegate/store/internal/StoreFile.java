// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.StoreException;
import io.facegate.sqlite.SqliteCheck;
import io.facegate.sqlite.SqliteFault;
import io.facegate.sqlite.SqliteFault.Kind;
import io.facegate.sqlite.SqliteFile;
import io.facegate.store.internal.StoreSession.Work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The file behind the store and the snapshot made of it: transactions, the order "commit, then
 * publish", and what happens when the file is lost, locked, full, or changed by another process.
 */
final class StoreFile implements AutoCloseable {
    private static final int RETRY_POLLS = 5;
    private static final int LOOK_POLLS = 30;

    private final Path path;
    private final StoreHealth health;
    private final ReentrantLock lock = new ReentrantLock();

    /** Revisions start at the time, so that they rise beyond a restart of this bundle too. */
    private volatile Gallery gallery = new Gallery(System.currentTimeMillis(), List.of(), Map.of());

    private volatile boolean closed;

    // All below are guarded by the lock; the session is null when there is no usable file.
    private StoreSession session;
    private SqliteCheck check;
    private boolean wasOpen;
    private int polls;

    StoreFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
        this.health = new StoreHealth(this.path);
    }

    Gallery gallery() {
        return gallery;
    }

    Condition condition() {
        return health.condition(gallery);
    }

    void open() {
        lock.lock();
        try {
            if (!closed) {
                tryToOpen();
            }
        } finally {
            lock.unlock();
        }
    }

    <T> T read(Work<T> work) throws StoreException {
        lock.lock();
        try {
            return usable().read(work);
        } catch (SQLException e) {
            throw new StoreException(SqliteFault.of(path, e).getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    /** A change: durable, and published, when it returns. */
    <T> T write(Work<Change<T>> work) throws StoreException {
        lock.lock();
        try {
            if (usable().file().replaced()) {
                lost();
            }
            Change<T> change = usable().write(work);
            health.wrote();
            publish(change);
            if (change.erased()) {
                session.erased();
            }
            return change.value();
        } catch (SQLException e) {
            String why = SqliteFault.of(path, e).getMessage();
            health.refused(why);
            throw new StoreException("nothing was changed: " + why, e);
        } finally {
            lock.unlock();
        }
    }

    /** Writes a copy; changes go on meanwhile. */
    void copyTo(Path target) throws StoreException {
        SqliteFile source;
        lock.lock();
        try {
            source = usable().file();
        } finally {
            lock.unlock();
        }
        try {
            source.copyTo(target);
        } catch (SqliteFault e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    void poll() {
        // A writer at work notices by itself what others wrote.
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (closed) {
                return;
            }
            polls++;
            if (session == null || !session.file().writable()) {
                if (polls % RETRY_POLLS == 0) {
                    tryToOpen();
                }
            } else if (session.file().replaced()) {
                lost();
            } else {
                if (session.othersWrote()) {
                    readAnew();
                }
                session.clearLog();
            }
            if (polls % LOOK_POLLS == 0) {
                health.look();
            }
        } catch (SQLException e) {
            SqliteFault fault = SqliteFault.of(path, e);
            if (fault.kind() != Kind.BUSY) {
                release();
                health.failed(fault.getMessage());
            }
        } finally {
            lock.unlock();
        }
    }

    void check() {
        SqliteCheck running;
        lock.lock();
        try {
            if (closed || session == null) {
                return;
            }
            running = session.file().check();
            check = running;
        } catch (SqliteFault e) {
            return;
        } finally {
            lock.unlock();
        }
        try {
            running.run().filter(f -> !closed).ifPresent(health::found);
        } finally {
            lock.lock();
            check = null;
            lock.unlock();
            running.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            if (check != null) {
                check.cancel();
            }
            release();
        } finally {
            lock.unlock();
        }
    }

    private StoreSession usable() throws StoreException {
        if (closed) {
            throw new StaleServiceException("the store was stopped: look the service up anew");
        }
        if (session == null) {
            throw new StoreException("the store cannot be used: " + health.failure());
        }
        return session;
    }

    private void tryToOpen() {
        // A file that was there and vanished is not begun anew: its disk may come back.
        if (wasOpen && !Files.exists(path)) {
            return;
        }
        try {
            use(SqliteFile.open(path, StoreSchema.SCHEMA));
            health.opened(session.file(), gallery);
        } catch (SqliteFault e) {
            if (session == null && !openedReadOnly(e)) {
                health.failed(e.getMessage());
            }
        }
    }

    private boolean openedReadOnly(SqliteFault why) {
        if (why.kind() != Kind.READ_ONLY && why.kind() != Kind.UNREADABLE) {
            return false;
        }
        try {
            use(SqliteFile.openReadOnly(path, StoreSchema.SCHEMA));
            health.openedReadOnly(why.getMessage());
            return true;
        } catch (SqliteFault e) {
            return false;
        }
    }

    private void use(SqliteFile opened) throws SqliteFault {
        release();
        session = new StoreSession(opened);
        wasOpen = true;
        try {
            readAnew();
        } catch (SQLException e) {
            release();
            throw SqliteFault.of(path, e);
        }
    }

    private void release() {
        if (session != null) {
            session.close();
        }
        session = null;
    }

    /** The name stands for another file or none: what is written to the open one is in vain. */
    private void lost() {
        release();
        if (!Files.exists(path)) {
            health.failed(path + " is gone: restore it, or restart the gateway to begin a new one");
        }
        tryToOpen();
    }

    private void publish(Change<?> change) {
        if (change.step().isPresent()) {
            gallery = change.step().get().apply(gallery);
            return;
        }
        try {
            readAnew();
        } catch (SQLException e) {
            // The change is durable; the next poll reads again.
            session.missed();
        }
    }

    private void readAnew() throws SQLException {
        gallery = session.gallery(gallery.revision() + 1);
    }
}
