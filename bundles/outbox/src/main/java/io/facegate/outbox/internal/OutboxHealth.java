// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.sqlite.SqliteFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.Optional;

/** What is wrong with the outbox, in the log once and in the condition as long as it lasts. */
final class OutboxHealth {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxHealth.class);
    private static final String PART = "outbox";

    private final Path path;
    private final long capacity;
    private volatile String failure = "";
    private volatile String refused = "";
    private volatile Optional<Path> setAside = Optional.empty();
    private volatile boolean dropping;

    OutboxHealth(Path path, long capacity) {
        this.path = path;
        this.capacity = capacity;
    }

    void opened(SqliteFile file, long size) {
        failure = "";
        refused = "";
        setAside = file.setAside().or(() -> setAside);
        file.setAside()
                .ifPresent(
                        aside ->
                                LOG.error(
                                        "{} was damaged and is now {}; a new, empty one was begun:"
                                                + " messages that waited are lost unless that file"
                                                + " is repaired",
                                        path,
                                        aside));
        LOG.info("Outbox {}: {} messages of at most {}", path, size, capacity);
    }

    void replaced() {
        LOG.warn("{} was moved or replaced while in use: opening what is there now", path);
    }

    /** The file cannot be used. */
    void failed(String why) {
        if (!why.equals(failure)) {
            LOG.error("The outbox cannot be used: {}", why);
        }
        failure = why;
    }

    /** Why the outbox cannot be used; empty when it can. */
    String failure() {
        return failure;
    }

    void refused(String why) {
        if (failure.isEmpty() && !why.equals(refused)) {
            LOG.warn("Messages are not kept: {}", why);
        }
        refused = why;
    }

    void kept() {
        if (!refused.isEmpty()) {
            LOG.info("Messages are kept in {} again", path);
            refused = "";
        }
    }

    void dropping(long excess) {
        if (excess > 0 && !dropping) {
            dropping = true;
            LOG.warn(
                    "The outbox is full ({} messages): the oldest are dropped until the broker"
                            + " takes them again",
                    capacity);
        }
    }

    void waiting(long size) {
        if (dropping && size < capacity) {
            dropping = false;
            LOG.info("The outbox drops no messages any more");
        }
    }

    Condition condition(long size, long dropped) {
        String counts =
                size
                        + " of at most "
                        + capacity
                        + " messages waiting"
                        + (dropped > 0 ? ", " + dropped + " dropped since the start" : "");
        if (!failure.isEmpty()) {
            return new Condition(PART, Level.FAILED, failure);
        }
        if (!refused.isEmpty()) {
            return new Condition(PART, Level.DEGRADED, "messages are lost: " + refused);
        }
        if (dropping) {
            return new Condition(
                    PART,
                    Level.DEGRADED,
                    "full, the oldest are dropped: bring the broker back; " + counts);
        }
        return setAside.map(
                        aside ->
                                new Condition(
                                        PART,
                                        Level.DEGRADED,
                                        "a damaged file was set aside as "
                                                + aside
                                                + ", a new one"
                                                + " is in use; "
                                                + counts))
                .orElseGet(() -> new Condition(PART, Level.OK, counts));
    }
}
