// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.exchange;

import io.facegate.api.model.ModelKey;
import io.facegate.api.store.RestoreMode;

import org.osgi.annotation.versioning.ProviderType;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The gallery as files. What is read may come from anybody: nothing in it is ever executed, memory
 * is bounded, and it is taken in whole or not at all. Files are written beside their place and
 * renamed, readable by their owner alone. Streams are not closed. Thread-safe; every call blocks.
 */
@ProviderType
public interface GalleryExchange {
    /**
     * Takes in people and their encodings; the format is told by the content. Imported encodings
     * have no chip. What a person has already is not added again.
     *
     * @param in read to its end
     * @param name what the file is called, for messages and as source of the encodings
     * @param model of encodings that name none; empty for the model of face_recognition
     * @throws ExchangeException nothing was taken in: what is wrong, and where
     */
    ImportReport importPeople(InputStream in, String name, Optional<ModelKey> model)
            throws ExchangeException;

    /**
     * Writes people and encodings, in the order of adding.
     *
     * @param model whose encodings go into a pickle, which names none; empty for the model of
     *     face_recognition. JSON has those of every model, or only of the one given.
     */
    ExportReport exportPeople(OutputStream out, ExchangeFormat format, Optional<ModelKey> model)
            throws ExchangeException;

    /** The same into a file, which is there whole or not at all; replaces an earlier one. */
    ExportReport exportPeople(Path file, ExchangeFormat format, Optional<ModelKey> model)
            throws ExchangeException;

    /** Writes everything the store keeps, chips too, as it is at one moment. */
    BackupInfo backup(OutputStream out) throws ExchangeException;

    /** The same into a file, which is there whole or not at all; replaces an earlier one. */
    BackupInfo backup(Path file) throws ExchangeException;

    /**
     * The same with a number, by which backups are put in order whatever the clock said.
     *
     * @param number from 1
     */
    BackupInfo backup(Path file, long number) throws ExchangeException;

    /**
     * Reads only what a backup says of itself, which is not checked.
     *
     * @param name what the file is called, for messages
     * @throws ExchangeException it is no backup, or its begin is damaged
     */
    BackupInfo head(InputStream in, String name) throws ExchangeException;

    /**
     * Reads a backup to its end and compares its checksum; nothing is taken in.
     *
     * @param name what the file is called, for messages
     * @throws ExchangeException it is damaged, truncated, no backup, or one of a later version
     */
    BackupInfo check(InputStream in, String name) throws ExchangeException;

    /**
     * Takes in a backup. It is read to its end and checked before anything changes; the change is
     * one step.
     *
     * @param name what the file is called, for messages
     * @throws ExchangeException it is damaged or no backup, or the store refused it
     */
    RestoreReport restore(InputStream in, String name, RestoreMode mode) throws ExchangeException;
}
