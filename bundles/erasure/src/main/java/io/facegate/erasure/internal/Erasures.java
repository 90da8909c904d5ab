// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.erasure.OpenErasures;
import io.facegate.api.erasure.PersonDataHolder;
import io.facegate.api.status.Condition;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The steps of an erasure, each of which may be the last before a power cut: a record on the disk;
 * what looks like the person; the person in the store; everything else about the person; the
 * receipt. Steps done twice find nothing the second time.
 */
final class Erasures implements Eraser {
    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    static final String STORE = "store";
    private static final String LIKE = "like ";

    /** How long a deletion waits at a start for those who are to be asked before it. */
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final EncodingStore store;
    private final Supplier<List<PersonDataHolder>> holders;
    private final ErasureFolder folder;
    private final AwaitedPlaces awaited;
    private final Completion completion;
    private final ReentrantLock lock = new ReentrantLock();
    private final long started = System.nanoTime();
    private volatile ErasureHealth health = ErasureHealth.GOOD;

    Erasures(
            EncodingStore store,
            Supplier<List<PersonDataHolder>> holders,
            ErasureFolder folder,
            AwaitedPlaces awaited) {
        this.store = store;
        this.holders = holders;
        this.folder = folder;
        this.awaited = awaited;
        this.completion = new Completion(holders, folder, awaited);
    }

    @Override
    public List<ErasureReceipt> erase(List<String> names) throws StoreException {
        List<Person> people = new ArrayList<>();
        for (String name : names) {
            Person person = store.find(name).orElseThrow(() -> nobody(name));
            if (people.stream().noneMatch(p -> p.id().equals(person.id()))) {
                people.add(person);
            }
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        lock.lock();
        try {
            return folder.locked(
                    () -> {
                        List<ErasureRecord> records = completion.run(begun(people, now));
                        lookQuietly();
                        return records.stream().map(ErasureRecord::receipt).toList();
                    });
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException("the records of erasures cannot be kept: " + words(e), e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes on with what is not complete.
     *
     * @return whether nothing is left to do
     */
    boolean goOn() {
        if (folder.empty()) {
            health = ErasureHealth.GOOD;
            return true;
        }
        lock.lock();
        try {
            return folder.locked(
                    () -> {
                        List<ErasureRecord> deleted = new ArrayList<>();
                        for (ErasureRecord record : folder.read().records()) {
                            resumed(record).ifPresent(deleted::add);
                        }
                        completion.run(deleted);
                        look();
                        return health.pending() == 0;
                    });
        } catch (IOException e) {
            health =
                    health.unreadable(STORE, "the records of erasures cannot be read: " + words(e));
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** What is not complete; no more than the records say. */
    @Override
    public OpenErasures open() throws StoreException {
        if (folder.empty()) {
            return OpenErasures.NONE;
        }
        lock.lock();
        try {
            ErasureFolder.Content content = folder.locked(folder::read);
            return new OpenErasures(
                    content.records().stream().map(ErasureRecord::receipt).toList(),
                    content.damaged());
        } catch (IOException e) {
            throw new StoreException("the records of erasures cannot be read: " + words(e), e);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a place that was waited for is there now. */
    boolean somebodyCame() {
        return holders.get().stream()
                .map(PersonDataHolder::place)
                .anyMatch(p -> awaited.missing(p).left().equals(health.waiting().get(p)));
    }

    Condition condition() {
        return health.condition();
    }

    private static StoreException nobody(String name) {
        return new StoreException(
                "nobody is called \""
                        + name
                        + "\": list the people to see the names; upper and lower case matter");
    }

    /** Up to and with the deletion from the store: all of it or nothing. */
    private List<ErasureRecord> begun(List<Person> people, Instant now) throws StoreException {
        List<ErasureRecord> records = new ArrayList<>();
        try {
            for (Person person : people) {
                records.add(ErasureRecord.of(person, now));
                folder.save(records.get(records.size() - 1));
            }
            for (int i = 0; i < records.size(); i++) {
                records.set(i, eraseLike(records.get(i)));
            }
            store.delete(people.stream().map(Person::name).toList());
        } catch (IOException | RuntimeException e) {
            giveUp(records);
            throw e instanceof StoreException s
                    ? s
                    : new StoreException("nobody was erased: " + words(e), e);
        }
        records.replaceAll(ErasureRecord::deletedFromStore);
        return records;
    }

    /** Nobody was erased, so nobody is to be at the next start. */
    private void giveUp(List<ErasureRecord> records) {
        for (ErasureRecord record : records) {
            try {
                folder.delete(record);
            } catch (IOException e) {
                LOG.error("An erasure that failed will be tried again: {}", words(e));
            }
        }
    }

    private ErasureRecord eraseLike(ErasureRecord record) throws IOException {
        List<StoredEncoding> encodings = store.encodings(record.person().id());
        List<FaceDescriptor> descriptors =
                encodings.stream().map(StoredEncoding::descriptor).toList();
        long faces = encodings.stream().filter(e -> !e.derived()).count();
        long chips = encodings.stream().filter(e -> !e.derived() && e.hasChip()).count();
        ErasureRecord result =
                record.without(STORE)
                        .with(
                                STORE,
                                List.of(
                                        new ErasedPart("encodings", faces, ""),
                                        new ErasedPart("face chips", chips, ""),
                                        new ErasedPart(
                                                "counter-examples",
                                                store.gallery()
                                                        .counterExamples(record.person().id()),
                                                "")));
        for (PersonDataHolder holder : holders.get()) {
            List<ErasedPart> parts = holder.eraseLike(record.person(), descriptors);
            result = result.with(LIKE + holder.place(), parts);
        }
        folder.save(result);
        return result;
    }

    /** Up to and with the deletion from the store; empty when that has to wait, or is not to be. */
    private Optional<ErasureRecord> resumed(ErasureRecord record) throws IOException {
        ErasureRecord now = record;
        try {
            if (record.deleted() && !store.encodings(record.person().id()).isEmpty()) {
                // A backup brought the person back: what is there since is no longer to be erased.
                folder.delete(record);
                return Optional.empty();
            }
            if (!record.deleted()) {
                Set<String> missing = completion.missing();
                if (!missing.isEmpty() && System.nanoTime() - started < START_NANOS) {
                    for (String place : missing) {
                        now = now.with(place, List.of(awaited.missing(place)));
                    }
                    folder.save(now);
                    return Optional.empty();
                }
                // Fails when the store cannot be read: then nobody is known to be gone.
                store.encodings(record.person().id());
                for (Person person : store.gallery().people()) {
                    if (person.id().equals(record.person().id())) {
                        now = eraseLike(now);
                        store.delete(List.of(person.name()));
                    }
                }
                now = now.deletedFromStore();
            }
            return Optional.of(now);
        } catch (IOException | RuntimeException e) {
            folder.save(now.failed(STORE, words(e)));
            return Optional.empty();
        }
    }

    private void lookQuietly() {
        try {
            look();
        } catch (IOException e) {
            LOG.debug("The records of erasures are looked at again later", e);
        }
    }

    private void look() throws IOException {
        health = ErasureHealth.of(folder.read());
    }

    static String words(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
