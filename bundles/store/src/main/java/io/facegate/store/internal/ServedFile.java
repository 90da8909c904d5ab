// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.Gallery;
import io.facegate.api.store.StoreException;
import io.facegate.sqlite.SqliteFault;
import io.facegate.sqlite.SqliteFault.Kind;
import io.facegate.store.internal.StoreSession.KeyChangedException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The file as it is open now, if it is, and the snapshot made of it, which outlives it. All but
 * {@link #gallery()} is for the holder of the store's lock.
 */
final class ServedFile {
    private final Path path;
    private final StoreHealth health;
    private final BooleanSupplier stopped;

    /** Revisions start at the time, so that they rise beyond a restart of this bundle too. */
    private volatile Gallery gallery = new Gallery(System.currentTimeMillis(), List.of(), Map.of());

    private StoreOpening opening;

    /** Null when there is no usable file. */
    private StoreSession session;

    private boolean wasOpen;
    private boolean refused;

    /**
     * @param stopped whether nothing that takes long is to be gone on with
     */
    ServedFile(Path path, Optional<Path> keyFile, StoreHealth health, BooleanSupplier stopped) {
        this.path = path;
        this.opening = new StoreOpening(path, keyFile);
        this.health = health;
        this.stopped = stopped;
    }

    /** Something to do with the open file. */
    interface Attempt<T> {
        T with(StoreSession session) throws SQLException, StoreException;
    }

    Gallery gallery() {
        return gallery;
    }

    /** Null when there is no usable file. */
    StoreSession session() {
        return session;
    }

    boolean writable() {
        return session != null && session.file().writable();
    }

    /** Whether it was refused for its key or content: a file that is merely away is back sooner. */
    boolean refused() {
        return session == null && refused;
    }

    StoreSession usable() throws StoreException {
        if (session == null) {
            throw new StoreException("the store cannot be used: " + health.failure());
        }
        return session;
    }

    /** Once more when another process has changed the key. */
    <T> T attempt(Attempt<T> attempt) throws SQLException, StoreException {
        try {
            return attempt.with(usable());
        } catch (KeyChangedException e) {
            reopen();
            return attempt.with(usable());
        }
    }

    void open() {
        // A file that was there and vanished is not begun anew: its disk may come back.
        if (wasOpen && !Files.exists(path)) {
            return;
        }
        refused = false;
        try {
            use(opening.open());
            health.opened(session.file(), gallery);
        } catch (SqliteFault e) {
            if (session == null && !openedReadOnly(e)) {
                health.failed(e.getMessage());
            }
        } catch (StoreException e) {
            release();
            refused = true;
            health.failed(e.getMessage());
        }
    }

    private boolean openedReadOnly(SqliteFault why) {
        if (why.kind() != Kind.READ_ONLY && why.kind() != Kind.UNREADABLE) {
            return false;
        }
        try {
            use(opening.openReadOnly());
            health.openedReadOnly(why.getMessage());
            return true;
        } catch (SqliteFault | StoreException e) {
            return false;
        }
    }

    private void use(StoreSession opened) throws SqliteFault, StoreException {
        release();
        session = opened;
        wasOpen = true;
        boolean done = false;
        try {
            readAnew();
            scrub();
            done = true;
        } catch (SQLException e) {
            throw SqliteFault.of(path, e);
        } finally {
            if (!done) {
                release();
            }
        }
    }

    void release() {
        if (session != null) {
            session.close();
        }
        session = null;
    }

    void reopen() {
        release();
        open();
    }

    /** The name stands for another file or none: what is written to the open one is in vain. */
    void lost() {
        release();
        if (!Files.exists(path)) {
            health.failed(path + " is gone: restore it, or restart the gateway to begin a new one");
        }
        open();
    }

    void publish(Change<?> change) {
        if (change.step().isPresent()) {
            gallery = change.step().get().apply(gallery);
            return;
        }
        try {
            readAnew();
        } catch (SQLException | StoreException e) {
            // The change is durable; the next poll reads again.
            session.missed();
        }
    }

    void readAnew() throws SQLException, StoreException {
        gallery = session.gallery(gallery.revision() + 1);
    }

    /**
     * Overwrites what is marked to be.
     *
     * @return why something is left; empty when nothing is
     */
    String scrub() {
        return scrub(stopped);
    }

    String scrub(BooleanSupplier enough) {
        String why = "";
        try {
            why = session.scrub(enough) ? "" : "another process is using " + path;
        } catch (SqliteFault e) {
            why = e.getMessage();
        } catch (SQLException e) {
            why = SqliteFault.of(path, e).getMessage();
        }
        health.sealed(session.key().isPresent(), why);
        return why;
    }

    /** Seals everything with the key of another file, from now on the one that is used. */
    void changeKey(Optional<StoreKey> key, Optional<Path> keyFile)
            throws SQLException, StoreException {
        usable().reseal(new Sealing(key));
        opening = new StoreOpening(path, keyFile);
        scrub();
    }

    /** Decrypts everything with the key of a file. */
    void removeKey(Path keyFile) throws SQLException, StoreException {
        opening.requireNoKey();
        if (session != null) {
            throw new StoreException(path + " is not encrypted");
        }
        opening = new StoreOpening(path, Optional.of(keyFile));
        boolean done = false;
        try {
            open();
            changeKey(Optional.empty(), Optional.empty());
            done = true;
        } finally {
            if (!done) {
                release();
                opening = new StoreOpening(path, Optional.empty());
            }
        }
    }
}
