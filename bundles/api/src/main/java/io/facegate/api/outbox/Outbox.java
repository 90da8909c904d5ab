// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.outbox;

import org.osgi.annotation.versioning.ProviderType;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * A durable first-in-first-out queue, bounded by a configured number of messages: past it the
 * oldest are dropped and counted. Survives restarts and power cuts. Thread-safe; appending blocks
 * for one write to disk.
 */
@ProviderType
public interface Outbox {
    /**
     * Appends a message; durable when the call returns.
     *
     * @return its id
     * @throws IOException nothing was kept: what is wrong and what to do
     */
    long append(String topic, String payload) throws IOException;

    /**
     * Appends messages of one topic, in order, with one wait for the disk; durable when the call
     * returns.
     *
     * @throws IOException none was kept: what is wrong and what to do
     */
    void append(String topic, List<String> payloads) throws IOException;

    /** The oldest messages, at most {@code limit}, in order. */
    List<OutboxMessage> oldest(int limit) throws IOException;

    /** Removes the messages up to and with an id, once delivered. */
    void delivered(long id) throws IOException;

    /**
     * Removes the messages about a person, from the disk too: those that have the id anywhere. A
     * name may be another person's by now.
     *
     * @param id of the person
     * @return number of messages removed
     */
    int erase(UUID id) throws IOException;

    /** Messages waiting. */
    long size();

    /** Messages dropped because the bound was reached, since the service started. */
    long dropped();
}
