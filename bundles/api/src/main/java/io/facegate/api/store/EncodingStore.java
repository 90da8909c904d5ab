// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.encoder.FaceChip;

import org.osgi.annotation.versioning.ProviderType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps people and encodings. Reading is by snapshot and never blocks; writing is durable before
 * the new snapshot is published and before the call returns. Names are compared after trimming and
 * Unicode normalisation (NFC), case matters. Thread-safe.
 */
@ProviderType
public interface EncodingStore {
    /** The current snapshot; cheap, call it once for each frame. */
    Gallery gallery();

    /** The person of a name. */
    Optional<Person> find(String name);

    /** All encodings of a person, in the order of adding. */
    List<StoredEncoding> encodings(UUID person) throws StoreException;

    /** The chip of an encoding; empty when it has none. */
    Optional<FaceChip> chip(long encoding) throws StoreException;

    /**
     * Adds encodings to the person of a name, who is made when missing; all or nothing.
     *
     * @return the person as it is then
     */
    Person add(String name, List<NewEncoding> encodings) throws StoreException;

    /**
     * Puts encodings in the place of those that a person has from a source, in one step; the person
     * is made when missing. With no encodings the person stays, without those of the source.
     *
     * @return the person as it is then
     */
    Person replace(String name, String source, List<NewEncoding> encodings) throws StoreException;

    /**
     * Renames a person; when the new name exists the two become one (the existing id stays).
     *
     * @return the person as it is then
     * @throws StoreException nobody is called {@code from}, or {@code to} is no name
     */
    Person rename(String from, String to) throws StoreException;

    /**
     * Deletes people with all their encodings and chips; all or nothing.
     *
     * @return the people deleted
     * @throws StoreException one of the names is unknown (then nobody is deleted)
     */
    List<Person> delete(List<String> names) throws StoreException;

    /**
     * Deletes the encodings of a person that came from a source.
     *
     * @return number deleted; a person left without encodings is deleted too
     */
    int deleteSource(String name, String source) throws StoreException;

    /**
     * Takes in many people with their encodings in one step; all or nothing. An encoding that its
     * person has already (same model, same values) is not added again, neither from {@code people}
     * itself.
     *
     * @throws StoreException one of them is refused; the message names the person
     */
    Addition addAll(List<NewPerson> people) throws StoreException;

    /**
     * Writes everything, as it is at one moment, into a new file that {@link #restore} of the same
     * kind of store reads. Blocks until it is written; changes go on meanwhile.
     *
     * @param file does not exist yet, or is empty; what is left of it after an error is the
     *     caller's to delete
     */
    StoreContents copyTo(Path file) throws StoreException;

    /**
     * Takes in everything of a copy, with ids and times; all or nothing. The copy is checked whole
     * before anything changes; it may be written to.
     *
     * @throws StoreException the copy is damaged, of a later version, or none
     */
    Addition restore(Path copy, RestoreMode mode) throws StoreException;
}
