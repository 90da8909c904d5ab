// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.UncertainChangeException;
import io.facegate.sqlite.SqliteCheck;
import io.facegate.sqlite.SqliteFault;
import io.facegate.sqlite.SqliteFault.Kind;
import io.facegate.sqlite.SqliteFile;
import io.facegate.store.internal.StoreSession.KeyChangedException;
import io.facegate.store.internal.StoreSession.Work;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The file behind the store and the snapshot made of it: transactions, the order "commit, then
 * publish", and what happens when the file is lost, locked, full, or changed by another process.
 */
final class StoreFile implements AutoCloseable {
    private static final int RETRY_POLLS = 5;
    private static final int LOOK_POLLS = 30;
    private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private final StoreHealth health;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;

    // All below are guarded by the lock.
    private final ServedFile served;
    private SqliteCheck check;
    private int polls;

    StoreFile(Path path) {
        this(path, Optional.empty());
    }

    StoreFile(Path path, Optional<Path> keyFile) {
        this.path = path.toAbsolutePath().normalize();
        this.health = new StoreHealth(this.path);
        this.served = new ServedFile(this.path, keyFile, health, () -> closed);
    }

    Gallery gallery() {
        return served.gallery();
    }

    Condition condition() {
        return health.condition(served.gallery());
    }

    void open() {
        lock.lock();
        try {
            if (!closed) {
                served.open();
            }
        } finally {
            lock.unlock();
        }
    }

    <T> T read(Work<T> work) throws StoreException {
        return locked(
                () -> served.attempt(session -> session.read(work)),
                e -> new StoreException(SqliteFault.of(path, e).getMessage(), e));
    }

    /** A change: durable, and published, when it returns. */
    <T> T write(Work<Change<T>> work) throws StoreException {
        return locked(
                () -> {
                    if (served.usable().file().replaced()) {
                        served.lost();
                    }
                    Change<T> change = served.attempt(session -> session.write(work));
                    health.wrote();
                    served.publish(change);
                    if (change.erased()) {
                        served.usable().erased();
                    }
                    return change.value();
                },
                this::refused);
    }

    /** The key of the store; empty when it is not encrypted. */
    Optional<StoreKey> key() throws StoreException {
        return locked(
                () ->
                        served.attempt(
                                session -> {
                                    session.othersWrote();
                                    return session.key();
                                }),
                e -> new StoreException(SqliteFault.of(path, e).getMessage(), e));
    }

    /** Seals everything with the key of another file, from now on the one that is used. */
    void changeKey(Path keyFile, StoreKey key) throws StoreException {
        locked(
                () -> {
                    served.changeKey(Optional.of(key), Optional.of(keyFile));
                    return key;
                },
                this::refused);
    }

    /** Decrypts everything with the key of a file. */
    void removeKey(Path keyFile) throws StoreException {
        locked(
                () -> {
                    served.removeKey(keyFile);
                    return keyFile;
                },
                this::refused);
    }

    /**
     * Overwrites what was erased and may be left where the file holds nothing; blocks.
     *
     * @return why something is left; empty when nothing is
     */
    String scrub() throws StoreException {
        return locked(
                () -> {
                    served.usable();
                    return served.writable() ? served.scrub() : path + " cannot be written";
                },
                this::refused);
    }

    private interface Operation<T> {
        T run() throws SQLException, StoreException;
    }

    private <T> T locked(Operation<T> operation, Function<SQLException, StoreException> words)
            throws StoreException {
        lock.lock();
        try {
            requireOpen();
            return operation.run();
        } catch (SQLException e) {
            throw words.apply(e);
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StaleServiceException("the store was stopped: look the service up anew");
        }
    }

    private StoreException refused(SQLException e) {
        String why = SqliteFault.of(path, e).getMessage();
        health.refused(why);
        StoreSession session = served.session();
        return session != null && session.holdsRefused()
                ? new UncertainChangeException(
                        "the change may or may not be kept: "
                                + why
                                + ". It is undone once the disk works again; if this process ends"
                                + " before that, look whether it is there",
                        e)
                : new StoreException("nothing was changed: " + why, e);
    }

    /** Writes a copy; changes go on meanwhile. */
    void copyTo(Path target) throws StoreException {
        SqliteFile source;
        lock.lock();
        try {
            requireOpen();
            source = served.usable().file();
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
            look();
            if (polls % LOOK_POLLS == 0) {
                health.look();
            }
        } catch (KeyChangedException e) {
            served.reopen();
        } catch (StoreException e) {
            served.release();
            health.failed(e.getMessage());
        } catch (SQLException e) {
            SqliteFault fault = SqliteFault.of(path, e);
            if (fault.kind() != Kind.BUSY) {
                served.release();
                health.failed(fault.getMessage());
            }
        } finally {
            lock.unlock();
        }
    }

    private void look() throws SQLException, StoreException {
        StoreSession session = served.session();
        if (!served.writable()) {
            if (polls % (served.refused() ? LOOK_POLLS : RETRY_POLLS) == 0) {
                served.open();
            }
        } else if (session.file().replaced()) {
            served.lost();
        } else {
            if (session.othersWrote()) {
                served.readAnew();
            }
            session.clearLog();
            if (polls % LOOK_POLLS == 0) {
                served.scrub();
            }
        }
    }

    void check() {
        SqliteCheck running;
        lock.lock();
        try {
            if (closed || served.session() == null) {
                return;
            }
            running = served.session().file().check();
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
            if (served.writable()) {
                // Of a single command there may be no later.
                long end = System.nanoTime() + CLOSING_NANOS;
                served.scrub(() -> System.nanoTime() - end > 0);
            }
            served.release();
        } finally {
            lock.unlock();
        }
    }
}
