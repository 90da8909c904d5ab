// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.erasure;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.store.Person;

import org.osgi.annotation.versioning.ConsumerType;

import java.io.IOException;
import java.util.List;

/**
 * Whiteboard service: whoever keeps something about people besides the store's encodings. Asked
 * again after a failure or a restart, so it may find nothing any more. Thread-safe; blocks.
 */
@ConsumerType
public interface PersonDataHolder {
    /**
     * What this place is called in records of erasures that are not complete, such as {@code
     * outbox}: never changes, not even between versions.
     */
    default String place() {
        return getClass().getName();
    }

    /**
     * Before the person is deleted from the store: removes faces that show the person under another
     * name or none; durable when it returns.
     *
     * @param person as in the store
     * @param descriptors the person's encodings
     * @return what was removed, a part for each kind of thing, also those with a count of 0
     * @throws IOException it could not be removed now, so that the person is not erased: what is
     *     wrong
     */
    default List<ErasedPart> eraseLike(Person person, List<FaceDescriptor> descriptors)
            throws IOException {
        return List.of();
    }

    /**
     * After the person was deleted from the store: removes everything about the person; durable
     * when it returns.
     *
     * @param person as in the store before
     * @return what was removed, a part for each kind of thing, also those with a count of 0
     * @throws IOException it could not be removed now: what is wrong; asked again later
     */
    default List<ErasedPart> erase(Person person) throws IOException {
        return List.of();
    }

    /**
     * After one or more people were erased: overwrites what may be left of them where the files of
     * this place hold nothing any more, such as unused parts of pages. Asked once for all people
     * who are erased together, and again until nothing is left; durable when it returns.
     *
     * @return what was overwritten, and what is left
     * @throws IOException it could not be overwritten now: what is wrong; asked again later
     */
    default List<ErasedPart> scrub() throws IOException {
        return List.of();
    }
}
