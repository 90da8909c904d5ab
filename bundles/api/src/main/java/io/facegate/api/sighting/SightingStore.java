// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.sighting;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import org.osgi.annotation.versioning.ProviderType;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps what was seen, in the file of the people, so that naming an unknown person is one step.
 * Nothing here changes the gallery's revision except {@link #name}. Every change is durable before
 * its call returns. Thread-safe; every call blocks for the disk.
 */
@ProviderType
public interface SightingStore {
    /** The unknown people, in the order of being first seen. */
    List<UnknownPerson> unknownPeople() throws StoreException;

    /** The faces kept of all unknown people, in the order of adding. */
    List<UnknownFace> unknownFaces() throws StoreException;

    /** The aligned face of one; empty when it is gone or has none. */
    Optional<FaceChip> unknownChip(long face) throws StoreException;

    /**
     * Keeps a face; its person's last sighting moves on. A person made by it has no sightings yet:
     * {@link #sawUnknown} alone counts them.
     *
     * @return id of the face
     */
    long addUnknownFace(NewUnknownFace face) throws StoreException;

    /**
     * Counts one more sighting of an unknown person; nothing when there is no such one.
     *
     * @param sightings number of new sightings
     */
    void sawUnknown(UUID unknown, Instant at, String camera, int sightings) throws StoreException;

    /**
     * Sets whether an unknown person raises no event.
     *
     * @throws StoreException there is no such one
     */
    void setIgnored(UUID unknown, boolean ignored) throws StoreException;

    /**
     * Removes unknown people with all their faces, in one step.
     *
     * @return number of people removed; those who are not there are passed over
     */
    int removeUnknown(Collection<UUID> unknown) throws StoreException;

    /**
     * Removes faces, leaving their people.
     *
     * @return number of faces removed
     */
    int removeUnknownFaces(Collection<Long> faces) throws StoreException;

    /**
     * Makes unknown people one person of the gallery: their faces become encodings of the person of
     * that name, who is made when missing, with {@code unknown/} and the id as their source; the
     * last sighting is the person's too. All or nothing.
     *
     * @return the person as it is then
     * @throws StoreException one of the ids is unknown, or the name is none
     */
    Person name(Collection<UUID> unknown, String name) throws StoreException;

    /** When each person of the gallery was last seen; those never seen are missing. */
    Map<UUID, LastSeen> lastSeen() throws StoreException;

    /** Takes in last sightings; of a person who is not in the gallery, or older ones, nothing. */
    void saw(Collection<LastSeen> people) throws StoreException;
}
