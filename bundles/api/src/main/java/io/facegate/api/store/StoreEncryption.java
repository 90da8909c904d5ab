// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import org.osgi.annotation.versioning.ProviderType;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Encryption of a store at rest: the vectors and aligned faces of people and of unknown faces.
 * Names, sources, times and how many there are stay readable, and which values are equal. A key
 * lies in a file that its owner alone may read. Thread-safe; every call blocks.
 */
@ProviderType
public interface StoreEncryption {
    /**
     * The id of the key that the store is encrypted with, to tell keys apart; empty when it is not
     * encrypted.
     *
     * @throws StoreException the store cannot be used
     */
    Optional<String> keyId() throws StoreException;

    /**
     * Makes a key file; the store does not change. Whoever loses the file loses the faces.
     *
     * @param file does not exist yet
     * @return the id of the key
     */
    String makeKey(Path file) throws StoreException;

    /**
     * Encrypts everything with the key of another file, in one step; also what was not encrypted.
     * The configuration is to name that file from then on.
     *
     * @return the id of the key
     * @throws StoreException nothing was changed
     */
    String changeKey(Path file) throws StoreException;

    /**
     * Decrypts everything, in one step.
     *
     * @param file with the key of the store; the configuration names no key file any more
     * @throws StoreException nothing was changed: the store is not encrypted, the key is another
     *     one, or a key file is configured, with which it would be encrypted again
     */
    void removeKey(Path file) throws StoreException;
}
