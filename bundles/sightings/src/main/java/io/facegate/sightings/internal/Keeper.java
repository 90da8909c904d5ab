// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.SightingStore;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps memory and disk in step. Everything that waits for the disk is here, one at a time; what
 * cannot be written now stays marked in memory and is written later. Thread-safe.
 */
final class Keeper {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);
    private static final String PART = "sightings";

    /** At the start the store may come a little later. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration PURGE = Duration.ofHours(1);
    private static final Duration RETRY = Duration.ofSeconds(10);

    /** People who are known are seen all the time; writing less often spares memory cards. */
    private static final Duration KNOWN = Duration.ofSeconds(30);

    private final Teller teller;
    private final GroupTable groups;
    private final KnownPeople known;
    private final Settings settings;
    private final Supplier<Optional<SightingStore>> store;
    private final LongSupplier revision;
    private final InstantSource clock;
    private final Instant started;
    private final long startedNanos = System.nanoTime();
    private SightingStore loaded;
    private long loadedRevision;
    private Instant purgedAt = Instant.MIN;
    private Instant knownAt;
    private Optional<Instant> failedAt = Optional.empty();
    private volatile String problem = "";

    /** A change of one person or several that waits for the disk. */
    private interface Work<T> {
        T on(SightingStore store) throws StoreException;
    }

    /** Where the parts of the gateway are asked for. */
    record Surroundings(
            Supplier<Optional<SightingStore>> store, LongSupplier revision, InstantSource clock) {}

    /**
     * @param around the store may be missing; the revision changes with the gallery, then what is
     *     on disk is read again: it may have been restored
     */
    Keeper(
            Teller teller,
            GroupTable groups,
            KnownPeople known,
            Settings settings,
            Surroundings around) {
        this.teller = teller;
        this.groups = groups;
        this.known = known;
        this.settings = settings;
        store = around.store();
        revision = around.revision();
        clock = around.clock();
        started = clock.instant();
        knownAt = started;
    }

    /** Reads, purges and writes what is due; to be called about once a second. */
    synchronized void step() {
        Instant now = clock.instant();
        if (failedAt.isPresent() && !due(failedAt.get(), now, RETRY)) {
            return;
        }
        Optional<SightingStore> current = store.get();
        if (current.isEmpty()) {
            loaded = null;
            if (due(started, now, GRACE)) {
                teller.ready();
                tell("the store is missing: what is seen is kept in memory only");
            }
            return;
        }
        try {
            follow(current.get());
            if (purgedAt.equals(Instant.MIN) || due(purgedAt, now, PURGE)) {
                purgedAt = now;
                purge(now);
            }
            write(current.get());
            if (due(knownAt, now, KNOWN)) {
                knownAt = now;
                writeKnown(current.get());
            }
            failedAt = Optional.empty();
            tell("");
        } catch (StoreException | RuntimeException | LinkageError e) {
            // a store that is just being exchanged finds its own classes no more
            failedAt = Optional.of(now);
            teller.ready();
            tell("what is seen cannot be kept: " + e.getMessage());
        }
    }

    /** Writes everything that waits, as far as that is possible now. */
    synchronized void close() {
        failedAt = Optional.empty();
        knownAt = Instant.EPOCH;
        step();
    }

    /** Makes unknown people one person of the gallery. */
    synchronized Person name(Collection<UUID> unknown, String name) throws StoreException {
        Person person = change(s -> s.name(unknown, name));
        groups.drop(unknown);
        step(); // when the person was last seen is read at once, if it can be
        return person;
    }

    synchronized void setIgnored(UUID unknown, boolean ignored) throws StoreException {
        change(
                s -> {
                    s.setIgnored(unknown, ignored);
                    return ignored;
                });
        groups.setIgnored(unknown, ignored);
    }

    /**
     * Forgets unknown people.
     *
     * @return number forgotten
     */
    synchronized int forget(Collection<UUID> unknown) throws StoreException {
        if (store.get().isEmpty() && !groups.touched(unknown)) {
            return groups.drop(unknown);
        }
        int removed = change(s -> s.removeUnknown(unknown));
        groups.drop(unknown);
        return removed;
    }

    /**
     * Forgets unknown people who are like a person.
     *
     * @return number of faces they had
     */
    synchronized long forgetLike(List<FaceDescriptor> descriptors) throws StoreException {
        return change(
                s -> {
                    List<UnknownPerson> like = groups.like(descriptors, known.tolerance());
                    List<UUID> ids = like.stream().map(UnknownPerson::id).toList();
                    if (!ids.isEmpty()) {
                        s.removeUnknown(ids);
                        groups.drop(ids);
                    }
                    return like.stream().mapToLong(UnknownPerson::faces).sum();
                });
    }

    /** The aligned face of one that is kept. */
    Optional<FaceChip> chip(long face) throws StoreException {
        Optional<FaceChip> waiting = groups.chip(face);
        Optional<SightingStore> current = store.get();
        return waiting.isPresent() || face < 0 || current.isEmpty()
                ? waiting
                : current.get().unknownChip(face);
    }

    /** How it is. */
    Condition condition() {
        if (!problem.isEmpty()) {
            return new Condition(PART, Level.DEGRADED, problem);
        }
        if (!settings.complaints().isEmpty()) {
            return new Condition(
                    PART,
                    Level.DEGRADED,
                    "configuration "
                            + SightingsConfig.PID
                            + ": "
                            + String.join("; ", settings.complaints()));
        }
        if (settings.keep() && groups.full()) {
            return new Condition(
                    PART,
                    Level.DEGRADED,
                    "all "
                            + settings.people()
                            + " unknown people there may be are ignored: nobody new is kept");
        }
        return new Condition(
                PART,
                Level.OK,
                (settings.keep() ? "" : "unknown people are not told apart, ")
                        + groups.size()
                        + " unknown people with "
                        + groups.faceCount()
                        + " faces");
    }

    private <T> T change(Work<T> work) throws StoreException {
        SightingStore current =
                store.get()
                        .orElseThrow(
                                () ->
                                        new StoreException(
                                                "the store is missing; try again in a moment"));
        follow(current);
        write(current);
        return work.on(current);
    }

    /** Reads what is on disk when it may be another than what is known. */
    private void follow(SightingStore current) throws StoreException {
        long now = revision.getAsLong();
        if (current != loaded || now != loadedRevision) {
            groups.load(current.unknownPeople(), current.unknownFaces());
            known.load(current.lastSeen());
            loaded = current;
            teller.ready();
            loadedRevision = now;
        }
    }

    private void purge(Instant now) {
        int removed = groups.purge(now, Duration.ofNanos(System.nanoTime() - startedNanos));
        if (removed > 0) {
            log.info("{} unknown people were not seen for long and are forgotten", removed);
        }
    }

    private void write(SightingStore current) throws StoreException {
        GroupTable.Unwritten unwritten = groups.unwritten();
        for (KeptFace face : unwritten.faces()) {
            groups.written(face, current.addUnknownFace(face.fresh()));
        }
        for (GroupTable.Seen seen : unwritten.seen()) {
            current.sawUnknown(seen.unknown(), seen.at(), seen.camera(), seen.count());
            groups.written(seen);
        }
        if (!unwritten.goneFaces().isEmpty()) {
            current.removeUnknownFaces(unwritten.goneFaces());
        }
        if (!unwritten.people().isEmpty()) {
            current.removeUnknown(unwritten.people());
        }
        groups.removed(unwritten.people(), unwritten.goneFaces());
    }

    private void writeKnown(SightingStore current) throws StoreException {
        List<LastSeen> seen = known.unwritten();
        if (!seen.isEmpty()) {
            current.saw(seen);
            known.written(seen);
        }
    }

    /** A clock that was set back counts as due. */
    private static boolean due(Instant last, Instant now, Duration period) {
        return Duration.between(last, now).abs().compareTo(period) >= 0;
    }

    private void tell(String now) {
        if (now.isEmpty() && !problem.isEmpty()) {
            log.info("what is seen is kept again");
        } else if (!now.equals(problem)) {
            log.warn("{}", now);
        }
        problem = now;
    }
}
