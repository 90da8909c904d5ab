// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import io.facegate.api.status.StaleServiceException;

import java.io.IOException;
import java.time.Instant;

/** A message on its way into the file; its state is guarded by the outbox's lock. */
final class Pending {
    private final String topic;
    private final String payload;
    private final Instant createdAt;
    private long id;
    private boolean committed;
    private String refusal = "";
    private Throwable cause;

    Pending(String topic, String payload, Instant createdAt) {
        this.topic = topic;
        this.payload = payload;
        this.createdAt = createdAt;
    }

    String topic() {
        return topic;
    }

    String payload() {
        return payload;
    }

    Instant createdAt() {
        return createdAt;
    }

    void inserted(long newId) {
        id = newId;
    }

    void committed() {
        committed = true;
    }

    void refused(String why, Throwable e) {
        refusal = why;
        cause = e;
    }

    /** Whether it is in the file for good, or never will be. */
    boolean decided() {
        return committed || !refusal.isEmpty();
    }

    /** The id it was committed under. */
    long id() throws IOException {
        if (cause instanceof StaleServiceException stale) {
            throw stale;
        }
        if (!committed) {
            throw new IOException(refusal, cause);
        }
        return id;
    }
}
