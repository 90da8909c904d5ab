// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import io.facegate.api.backup.Backup;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How the backups are, and what they offer when the store was damaged. */
final class BackupHealth {
    private static final Logger LOG = LoggerFactory.getLogger(BackupHealth.class);
    private static final String PART = "backup";

    private final Supplier<Optional<Path>> damaged;
    private final Path data;
    private volatile Optional<Backup> newest = Optional.empty();
    private volatile int kept;
    private volatile String failure = "";
    private volatile String offered = "";
    private volatile String future = "";

    /**
     * @param damaged the damaged file of the store that nobody restored
     * @param data the data folder, for the command that is offered
     */
    BackupHealth(Supplier<Optional<Path>> damaged, Path data) {
        this.damaged = damaged;
        this.data = data.toAbsolutePath().normalize();
    }

    /** One was made. */
    void made() {
        failure = "";
    }

    /** Takes in what there is now. */
    void look(Optional<Backup> best, int files, List<String> ofTheFuture) {
        newest = best;
        kept = files;
        String warning = ofTheFuture.isEmpty() ? "" : warning(ofTheFuture);
        if (!warning.isEmpty() && !warning.equals(future)) {
            LOG.warn("Backups: {}", warning);
        }
        future = warning;
        String offer = damaged.get().map(this::offer).orElse("");
        if (!offer.isEmpty() && !offer.equals(offered)) {
            LOG.warn("{}", offer);
        }
        offered = offer;
    }

    /** None was made. */
    void failed(String why) {
        if (!why.equals(failure)) {
            LOG.warn("No backup was made: {}", why);
        }
        failure = why;
    }

    /** Whether the store was damaged and nobody restored it. */
    boolean waitsForRestore() {
        return damaged.get().isPresent();
    }

    Condition condition() {
        String offer = offered;
        if (!offer.isEmpty()) {
            return new Condition(PART, Level.DEGRADED, offer);
        }
        String have =
                newest.map(b -> "the newest good one is " + described(b) + "; " + kept + " kept")
                        .orElse("there is none yet");
        if (!failure.isEmpty()) {
            return new Condition(PART, Level.DEGRADED, "none was made: " + failure + "; " + have);
        }
        if (!future.isEmpty()) {
            return new Condition(PART, Level.DEGRADED, future + "; " + have);
        }
        return new Condition(PART, Level.OK, have);
    }

    private static String warning(List<String> names) {
        return String.join(", ", names)
                + (names.size() == 1 ? " is" : " are")
                + " dated in the future: the clock was wrong then, or is wrong now; set it, or"
                + " delete what is of no use (the order of backups does not depend on it)";
    }

    private String offer(Path file) {
        return "the store was damaged and began anew ("
                + file.getFileName()
                + "): "
                + newest.map(
                                b ->
                                        "the newest good backup is "
                                                + described(b)
                                                + "; take it in with: facegate restore --newest"
                                                + " --data "
                                                + data)
                        .orElse(
                                "there is no good backup of the gateway's own; take in another"
                                        + " with: facegate restore FILE --data "
                                        + data);
    }

    private static String described(Backup backup) {
        int people = backup.info().map(i -> i.contents().people()).orElse(0);
        return backup.file()
                + " of "
                + backup.madeAt()
                + " with "
                + people
                + (people == 1 ? " person" : " people");
    }
}
