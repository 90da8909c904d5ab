// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.model.ModelKey;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.Gallery;
import io.facegate.sqlite.SqliteFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with the store, in the log once and in the condition as long as it lasts. */
final class StoreHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);
    private static final String PART = "store";
    private static final String REMNANTS =
            "it is overwritten as soon as that is over; tried again every 30 seconds and at the next"
                    + " start";

    private final Path path;
    private volatile String failure = "";
    private volatile String readOnly = "";
    private volatile String refused = "";
    private volatile String finding = "";
    private volatile List<Path> damaged = List.of();
    private volatile boolean encrypted;
    private volatile String remnants = "";

    StoreHealth(Path path) {
        this.path = path;
    }

    void opened(SqliteFile file, Gallery gallery) {
        failure = "";
        readOnly = "";
        refused = "";
        file.setAside()
                .ifPresent(
                        aside ->
                                LOG.error(
                                        "{} was damaged and is now {}; a new, empty one was begun:"
                                                + " facegate restore --newest takes in the newest good backup,"
                                                + " facegate restore FILE another",
                                        path,
                                        aside));
        look();
        LOG.info("Store {}: {}", path, counts(gallery));
    }

    /**
     * @param why what was erased or sealed otherwise may be left in the file; empty when nothing is
     */
    void sealed(boolean withKey, String why) {
        encrypted = withKey;
        if (!why.isEmpty() && remnants.isEmpty()) {
            LOG.warn("What was erased may still be read out of {}: {}; {}", path, why, REMNANTS);
        }
        remnants = why;
    }

    void openedReadOnly(String why) {
        failure = "";
        if (readOnly.isEmpty()) {
            LOG.warn("The store is served but cannot be changed: {}", why);
        }
        readOnly = why;
    }

    /** The file cannot be used. */
    void failed(String why) {
        if (!why.equals(failure)) {
            LOG.error("The store cannot be used: {}", why);
        }
        failure = why;
    }

    /** A change was refused by the file. */
    void refused(String why) {
        if (!why.equals(refused)) {
            LOG.warn("A change of the store was refused: {}", why);
        }
        refused = why;
    }

    void wrote() {
        if (!refused.isEmpty()) {
            LOG.info("The store {} can be changed again", path);
            refused = "";
        }
    }

    /** The check of the whole file found something, the people and encodings being well. */
    void found(String what) {
        finding = what;
        LOG.error(
                "{} is damaged outside of people and encodings ({}): export the people, move the"
                        + " file away and import them",
                path,
                what);
    }

    /** Looks for files set aside; a person deletes them once they are not needed. */
    void look() {
        damaged = SqliteFile.damaged(path);
    }

    /** Why the store cannot be used; empty when it can. */
    String failure() {
        return failure;
    }

    Condition condition(Gallery gallery) {
        String counts = counts(gallery);
        if (!failure.isEmpty()) {
            return new Condition(PART, Level.FAILED, failure + "; from memory: " + counts);
        }
        if (!readOnly.isEmpty()) {
            return new Condition(PART, Level.DEGRADED, readOnly + "; served: " + counts);
        }
        if (!refused.isEmpty()) {
            return new Condition(
                    PART, Level.DEGRADED, "the last change failed: " + refused + "; " + counts);
        }
        if (!finding.isEmpty()) {
            return new Condition(
                    PART,
                    Level.DEGRADED,
                    path
                            + " is damaged outside of people and encodings ("
                            + finding
                            + "): export"
                            + " the people, move the file away and import them; "
                            + counts);
        }
        if (!remnants.isEmpty()) {
            return new Condition(
                    PART,
                    Level.DEGRADED,
                    "what was erased, or was there before the key was changed, may still be read out"
                            + " of the file: "
                            + remnants
                            + "; "
                            + REMNANTS
                            + "; "
                            + counts);
        }
        List<Path> aside = damaged;
        if (!aside.isEmpty()) {
            return new Condition(
                    PART,
                    Level.DEGRADED,
                    "a damaged file was set aside as "
                            + aside.get(aside.size() - 1)
                            + ": take in the newest good backup with facegate restore --newest, or another"
                            + " with facegate restore FILE, then move it away; "
                            + counts);
        }
        return new Condition(PART, Level.OK, counts);
    }

    private String counts(Gallery gallery) {
        int encodings = gallery.sections().values().stream().mapToInt(s -> s.size()).sum();
        String models =
                gallery.sections().keySet().stream()
                        .map(ModelKey::id)
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining(", "));
        return gallery.people().size()
                + " people, "
                + encodings
                + " encodings"
                + (models.isEmpty() ? "" : " of " + models)
                + (encrypted ? ", encrypted" : "");
    }
}
