// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A change of the store as one line of text, so that another process can tell what it is about to
 * do.
 *
 * @param kind what is done
 * @param names of the people; the second one of a rename is the new name
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
        ADD_ALL
    }

    /** The people there are at most; few, so that they meet. */
    private static final List<String> NAMES =
            List.of("Alice", "Bob", "Zoë Ærø", "李雷", "O'Hara; --", "f", "g h", "Ἰφιγένεια");

    private static final int MANY = 60;

    /** Any change that the store as it is would not refuse. */
    static StoreOperation any(Random random, EncodingStore store) {
        List<String> there = store.gallery().people().stream().map(Person::name).toList();
        int encodings = store.gallery().people().stream().mapToInt(Person::encodings).sum();
        String name = NAMES.get(random.nextInt(NAMES.size()));
        String source = "photo-" + random.nextInt(6);
        long seed = random.nextInt(1 << 30);
        int count = 1 + random.nextInt(4);
        int what = random.nextInt(encodings > MANY ? 14 : 10);
        if (what < 5 || there.isEmpty()) {
            return new StoreOperation(Kind.ADD, List.of(name), source, seed, count);
        }
        String known = there.get(random.nextInt(there.size()));
        if (what < 6) {
            // seeds of few: some are there already
            List<String> all = some(random, NAMES);
            return new StoreOperation(Kind.ADD_ALL, all, source, 1000 + seed % 50, count);
        } else if (what < 8) {
            return new StoreOperation(Kind.RENAME, List.of(known, name), "", 0, 0);
        } else if (what < 9) {
            return new StoreOperation(Kind.DELETE_SOURCE, List.of(known), source, 0, 0);
        }
        return new StoreOperation(Kind.DELETE, some(random, there), "", 0, 0);
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

    void on(EncodingStore store) throws StoreException {
        String first = names.get(0);
        switch (kind) {
            case ADD -> store.add(first, encodings(0));
            case RENAME -> store.rename(first, names.get(1));
            case DELETE -> store.delete(names);
            case DELETE_SOURCE -> store.deleteSource(first, source);
            case ADD_ALL -> {
                List<NewPerson> people = new ArrayList<>();
                for (int i = 0; i < names.size(); i++) {
                    people.add(new NewPerson(Optional.empty(), names.get(i), encodings(i)));
                }
                store.addAll(people);
            }
        }
    }

    String line() {
        return kind + "\t" + source + "\t" + seed + "\t" + count + "\t" + String.join("\t", names);
    }

    static StoreOperation parse(String line) {
        String[] parts = line.split("\t");
        return new StoreOperation(
                Kind.valueOf(parts[0]),
                Arrays.asList(parts).subList(4, parts.length),
                parts[1],
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]));
    }
}
