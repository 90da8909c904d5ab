// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.sighting;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import org.osgi.annotation.versioning.ProviderType;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells unknown people apart, and keeps a bounded number of them with some of their faces for a
 * configured time. Thread-safe.
 */
@ProviderType
public interface UnknownPeople {
    /**
     * Whom an unknown face shows: the unknown person whose faces it is like, else a new one. May be
     * called again for the same track with a better face; the answer to a track never changes once
     * there is one. Works in memory and returns at once; what is kept of it is written on a thread
     * of its own.
     *
     * @return empty when unknown people are not kept, when what is kept has not been read yet, and
     *     when nobody is like the face and it is too small or blurred to begin a new one with
     */
    Optional<Stranger> tell(UnknownSighting sighting);

    /** One as it is now, in memory; empty when it was named or forgotten meanwhile. */
    Optional<Stranger> find(UUID unknown);

    /** A track that was unknown turned out to be a known person: what it left is not kept. */
    void retract(String track);

    /** The unknown people, last seen first. */
    List<UnknownPerson> people();

    /** The faces kept of one, in the order of adding; empty when there is no such one. */
    List<UnknownFace> faces(UUID unknown) throws StoreException;

    /** The aligned face of one; empty when it is gone. Blocks for the disk. */
    Optional<FaceChip> chip(long face) throws StoreException;

    /**
     * Makes unknown people one person of the gallery, with all their faces; blocks for the disk.
     *
     * @return the person as it is then
     * @throws StoreException one of the ids is unknown, or the name is none
     */
    Person name(Collection<UUID> unknown, String name) throws StoreException;

    /** Sets whether one raises no event; durable when it returns. */
    void setIgnored(UUID unknown, boolean ignored) throws StoreException;

    /**
     * Forgets unknown people with their faces; durable when it returns.
     *
     * @return number forgotten
     */
    int forget(Collection<UUID> unknown) throws StoreException;
}
