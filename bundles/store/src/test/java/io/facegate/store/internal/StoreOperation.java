// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.sighting.SightingStore;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * A change of the store as one line of text, so that another process can tell what it is about to
 * do.
 *
 * @param kind what is done
 * @param names of the people; the second one of a rename is the new name; ids of unknown people,
 *     after the name they are to get
 * @param source of the encodings, no tab in it
 * @param seed of the first encoding of the first person
 * @param count encodings for each person
 */
record StoreOperation(Kind kind, List<String> names, String source, long seed, int count) {
    /** What is done. */
    enum Kind {
        ADD,
        RENAME,
        DELETE,
        DELETE_SOURCE,
        REPLACE,
        ADD_ALL,
        RESTORE_REPLACE,
        RESTORE_MERGE,
        SEE_UNKNOWN,
        IGNORE_UNKNOWN,
        NAME_UNKNOWN,
        FORGET_UNKNOWN,
        /** A face is not the person. */
        REJECT,
        /** Deletes all counter-examples of the person. */
        FORGIVE,
        /** By an {@link ExchangeProcess} only, the name being the file's. */
        BACKUP,
        /** By an {@link ExchangeProcess} only, the name being the key file's; empty for none. */
        CHANGE_KEY
    }

    /** The people there are at most; few, so that they meet. */
    static final List<String> NAMES =
            List.of("Alice", "Bob", "Zoë Ærø", "李雷", "O'Hara; --", "f", "g h", "Ἰφιγένεια");

    private static final int MANY = 60;

    /** Any change that the store as it is would not refuse. */
    static StoreOperation any(Random random, SqliteStore store) throws StoreException {
        List<String> there = store.gallery().people().stream().map(Person::name).toList();
        int encodings = store.gallery().people().stream().mapToInt(Person::encodings).sum();
        String source = "photo-" + random.nextInt(6);
        StoreOperation draft =
                new StoreOperation(
                        Kind.ADD,
                        List.of(NAMES.get(random.nextInt(NAMES.size()))),
                        source,
                        random.nextInt(1 << 29),
                        1 + random.nextInt(4));
        if (random.nextInt(4) == 0) {
            return draft.ofUnknown(random, store.sightings());
        }
        if (!there.isEmpty() && random.nextInt(5) == 0) {
            String known = there.get(random.nextInt(there.size()));
            Kind kind = random.nextInt(4) == 0 ? Kind.FORGIVE : Kind.REJECT;
            return new StoreOperation(kind, List.of(known), source, draft.seed(), 1);
        }
        int what = random.nextInt(encodings > MANY ? 16 : 12);
        return what < 5 || there.isEmpty() ? draft : draft.ofKnown(what, random, there);
    }

    private StoreOperation ofKnown(int what, Random random, List<String> there) {
        String known = there.get(random.nextInt(there.size()));
        if (what < 6) {
            // seeds of few: some are there already
            List<String> all = some(random, NAMES);
            return new StoreOperation(Kind.ADD_ALL, all, source, 1000 + seed % 50, count);
        } else if (what < 7) {
            return new StoreOperation(Kind.REPLACE, List.of(known), source, seed, count - 1);
        } else if (what < 9) {
            return new StoreOperation(Kind.RENAME, List.of(known, names.get(0)), "", 0, 0);
        } else if (what < 10) {
            return new StoreOperation(Kind.DELETE_SOURCE, List.of(known), source, 0, 0);
        } else if (what < 11) {
            Kind mode = random.nextBoolean() ? Kind.RESTORE_REPLACE : Kind.RESTORE_MERGE;
            return new StoreOperation(mode, names, source, 1000 + seed % 50, count);
        }
        return new StoreOperation(Kind.DELETE, some(random, there), "", 0, 0);
    }

    private StoreOperation ofUnknown(Random random, SightingStore sightings) throws StoreException {
        List<String> there =
                sightings.unknownPeople().stream().map(person -> person.id().toString()).toList();
        int what = random.nextInt(there.size() > 2 ? 8 : 5);
        if (what < 4 || there.isEmpty()) {
            String id = new UUID(0, random.nextInt(5)).toString();
            return new StoreOperation(Kind.SEE_UNKNOWN, List.of(id), Face.UNKNOWN + id, seed, 1);
        }
        List<String> ids = some(random, there);
        if (what < 5) {
            return new StoreOperation(
                    Kind.IGNORE_UNKNOWN, ids.subList(0, 1), "", 0, random.nextInt(2));
        } else if (what < 7) {
            List<String> all = new ArrayList<>(names);
            all.addAll(ids);
            return new StoreOperation(Kind.NAME_UNKNOWN, all, "", 0, 0);
        }
        return new StoreOperation(Kind.FORGET_UNKNOWN, ids, "", 0, 0);
    }

    private static List<String> some(Random random, List<String> names) {
        List<String> some = new ArrayList<>(names);
        Collections.shuffle(some, random);
        return List.copyOf(some.subList(0, 1 + random.nextInt(Math.min(3, some.size()))));
    }

    /** The encodings of the person of an index. */
    List<Face> faces(int person) {
        long first = seed + 100L * person;
        return LongStream.range(first, first + count).mapToObj(s -> new Face(s, source)).toList();
    }

    private List<NewEncoding> encodings(int person) {
        return faces(person).stream().map(Face::encoding).toList();
    }

    /**
     * @param scratch a folder for copies
     */
    void on(SqliteStore store, Path scratch) throws IOException {
        String first = names.get(0);
        SightingStore sightings = store.sightings();
        switch (kind) {
            case ADD -> store.add(first, encodings(0));
            case RENAME -> store.rename(first, names.get(1));
            case DELETE -> store.delete(names);
            case DELETE_SOURCE -> store.deleteSource(first, source);
            case REPLACE -> store.replace(first, source, encodings(0));
            case ADD_ALL -> store.addAll(people());
            case RESTORE_REPLACE -> store.restore(copy(scratch), RestoreMode.REPLACE);
            case RESTORE_MERGE -> store.restore(copy(scratch), RestoreMode.MERGE);
            case SEE_UNKNOWN ->
                    sightings.addUnknownFace(faces(0).get(0).unknown(UUID.fromString(first)));
            case IGNORE_UNKNOWN -> sightings.setIgnored(UUID.fromString(first), count > 0);
            case NAME_UNKNOWN -> sightings.name(ids(names.subList(1, names.size())), first);
            case FORGET_UNKNOWN -> sightings.removeUnknown(ids(names));
            case REJECT ->
                    store.counterExamples().reject(id(store, first), faces(0).get(0).encoding());
            case FORGIVE ->
                    store.counterExamples()
                            .removeCounterExamples(
                                    store
                                            .counterExamples()
                                            .counterExamples(id(store, first))
                                            .stream()
                                            .map(StoredEncoding::id)
                                            .toList());
            case BACKUP, CHANGE_KEY -> throw new IllegalArgumentException(line());
        }
    }

    private static UUID id(SqliteStore store, String name) {
        return store.find(name).orElseThrow().id();
    }

    /** A copy of a store that holds the first person only. */
    private Path copy(Path scratch) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "copy");
        try (SqliteStore other = SqliteStoreTest.opened(folder.resolve("other.db"))) {
            other.add(names.get(0), encodings(0));
            other.copyTo(folder.resolve("copy.db"));
        }
        return folder.resolve("copy.db");
    }

    private List<NewPerson> people() {
        List<NewPerson> people = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            people.add(new NewPerson(Optional.empty(), names.get(i), encodings(i)));
        }
        return people;
    }

    private static List<UUID> ids(List<String> names) {
        return names.stream().map(UUID::fromString).toList();
    }

    String line() {
        return kind + "\t" + source + "\t" + seed + "\t" + count + "\t" + String.join("\t", names);
    }

    static StoreOperation parse(String line) {
        String[] parts = line.split("\t", -1);
        return new StoreOperation(
                Kind.valueOf(parts[0]),
                Arrays.asList(parts).subList(4, parts.length),
                parts[1],
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]));
    }
}
