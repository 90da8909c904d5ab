// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.StoreException;
import io.facegate.sqlite.SqliteFault;
import io.facegate.sqlite.SqliteFile;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Opens the file with the key that is configured, or refuses to: an encrypted file without its key,
 * or anything when the key that is to be used cannot be. A clear file is encrypted when there is a
 * key.
 */
final class StoreOpening {
    private final Path path;
    private final Optional<Path> keyFile;

    StoreOpening(Path path, Optional<Path> keyFile) {
        this.path = path;
        this.keyFile = keyFile;
    }

    void requireNoKey() throws StoreException {
        if (keyFile.isPresent()) {
            throw new StoreException(
                    "the key file "
                            + keyFile.get()
                            + " is configured, with which the store would be encrypted again: take"
                            + " it out of io.facegate.store and FACEGATE_KEY_FILE first");
        }
    }

    StoreSession open() throws SqliteFault, StoreException {
        // First: without it nothing is touched.
        Optional<StoreKey> key = key();
        return session(SqliteFile.open(path, StoreSchema.SCHEMA), key);
    }

    StoreSession openReadOnly() throws SqliteFault, StoreException {
        Optional<StoreKey> key = key();
        return session(SqliteFile.openReadOnly(path, StoreSchema.SCHEMA), key);
    }

    private Optional<StoreKey> key() throws StoreException {
        return keyFile.isEmpty() ? Optional.empty() : Optional.of(StoreKey.read(keyFile.get()));
    }

    private StoreSession session(SqliteFile file, Optional<StoreKey> key)
            throws SqliteFault, StoreException {
        boolean done = false;
        try {
            String id = keyId(file);
            if (!id.isEmpty() && !id.equals(new Sealing(key).keyId())) {
                throw new StoreException(refusal(id, key));
            }
            StoreSession session =
                    new StoreSession(file, new Sealing(id.isEmpty() ? Optional.empty() : key));
            if (id.isEmpty() && key.isPresent() && file.writable()) {
                session.reseal(new Sealing(key));
            }
            done = true;
            return session;
        } catch (SQLException e) {
            throw SqliteFault.of(path, e);
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    private String refusal(String id, Optional<StoreKey> key) {
        return key.isEmpty()
                ? path
                        + " is encrypted: name its key file (id "
                        + id
                        + ") as key.file of io.facegate.store, or in FACEGATE_KEY_FILE"
                : path
                        + " is encrypted with another key (id "
                        + id
                        + ") than that of "
                        + keyFile.orElseThrow()
                        + " (id "
                        + key.get().id()
                        + "): name the key file it was encrypted with";
    }

    /** The id of the key of a file; empty when it is not encrypted. */
    static String keyId(SqliteFile file) throws SQLException {
        try (Statement statement = file.connection().createStatement();
                ResultSet row = statement.executeQuery("SELECT key_id FROM store")) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
