// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.erasure;

import io.facegate.api.store.Person;

import org.osgi.annotation.versioning.ConsumerType;

import java.io.IOException;
import java.util.List;

/**
 * Whiteboard service: whoever keeps something about people besides the store's encodings. Asked
 * after the person was deleted from the store; asked again after a restart when that failed, so it
 * may find nothing any more. Thread-safe; blocks.
 */
@ConsumerType
public interface PersonDataHolder {
    /**
     * Removes everything about a person; durable when it returns.
     *
     * @param person as it was when deleted
     * @return what was removed, a part for each kind of thing, also those with a count of 0
     * @throws IOException it could not be removed now: what is wrong; asked again later
     */
    List<ErasedPart> erase(Person person) throws IOException;
}
