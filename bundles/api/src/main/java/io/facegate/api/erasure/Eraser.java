// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.erasure;

import io.facegate.api.store.StoreException;

import org.osgi.annotation.versioning.ProviderType;

import java.util.List;

/**
 * Deletes people from the store and erases what every {@link PersonDataHolder} keeps of them. What
 * a holder cannot remove now, or a power cut kept from being removed, is tried again later.
 * Thread-safe; blocks.
 */
@ProviderType
public interface Eraser {
    /**
     * Erases people.
     *
     * @param names all of them are in the gallery
     * @return a receipt for each
     * @throws StoreException one of the names is unknown, or the store or a holder failed before
     *     anybody was deleted from the store: nobody was erased
     */
    List<ErasureReceipt> erase(List<String> names) throws StoreException;

    /**
     * What is not complete.
     *
     * @throws StoreException the records of erasures cannot be read
     */
    default OpenErasures open() throws StoreException {
        return OpenErasures.NONE;
    }

    /**
     * Something that erasures wait for may be there now, such as the broker: they are gone on with
     * at once. Returns without waiting for them.
     */
    default void resume() {}
}
