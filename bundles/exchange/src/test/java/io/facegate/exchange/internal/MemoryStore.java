// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.store.Addition;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreContents;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A store in memory; its copy is a line of text. The real one has tests of its own. */
final class MemoryStore implements EncodingStore, CounterExamples {
    static final Instant ADDED = Instant.parse("2026-11-23T21:30:00Z");

    final Map<String, UUID> ids = new LinkedHashMap<>();
    final Map<String, List<StoredEncoding>> encodings = new LinkedHashMap<>();
    final List<StoredEncoding> counterExamples = new ArrayList<>();
    String restored = "";
    int calls;
    private long next = 1;

    @Override
    public Gallery gallery() {
        List<Person> people = new ArrayList<>();
        ids.forEach(
                (name, id) -> people.add(new Person(id, name, ADDED, encodings.get(name).size())));
        return new Gallery(next, people, Map.of());
    }

    List<FaceDescriptor> descriptors(String name) {
        return encodings.get(name).stream().map(StoredEncoding::descriptor).toList();
    }

    @Override
    public Optional<Person> find(String name) {
        return gallery().people().stream().filter(p -> p.name().equals(name)).findFirst();
    }

    @Override
    public List<StoredEncoding> encodings(UUID person) {
        return encodings.values().stream()
                .flatMap(List::stream)
                .filter(e -> e.personId().equals(person))
                .toList();
    }

    @Override
    public Addition addAll(List<NewPerson> people) throws StoreException {
        calls++;
        int newPeople = 0;
        int added = 0;
        int duplicates = 0;
        for (NewPerson person : people) {
            newPeople += ids.containsKey(person.name()) ? 0 : 1;
            UUID id =
                    ids.computeIfAbsent(
                            person.name(), n -> person.id().orElseGet(UUID::randomUUID));
            List<StoredEncoding> kept =
                    encodings.computeIfAbsent(person.name(), n -> new ArrayList<>());
            for (NewEncoding face : person.counterExamples()) {
                reject(id, face);
            }
            for (NewEncoding encoding : person.encodings()) {
                if (kept.stream().anyMatch(e -> e.descriptor().equals(encoding.descriptor()))) {
                    duplicates++;
                    continue;
                }
                added++;
                kept.add(stored(id, encoding));
            }
        }
        return new Addition(newPeople, people.size() - newPeople, added, duplicates);
    }

    private StoredEncoding stored(UUID person, NewEncoding encoding) {
        return new StoredEncoding(
                next++,
                person,
                encoding.descriptor(),
                encoding.source(),
                encoding.contentHash(),
                encoding.chip().isPresent(),
                ADDED);
    }

    @Override
    public List<StoredEncoding> counterExamples(UUID person) {
        return counterExamples.stream().filter(e -> e.personId().equals(person)).toList();
    }

    @Override
    public Optional<FaceChip> counterChip(long id) {
        return Optional.empty();
    }

    @Override
    public StoredEncoding reject(UUID person, NewEncoding face) {
        StoredEncoding stored = stored(person, face);
        counterExamples.add(stored);
        return stored;
    }

    @Override
    public int removeCounterExamples(Collection<Long> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreContents copyTo(Path file) throws StoreException {
        try {
            Files.writeString(file, "the copy of a store".repeat(5000), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StoreException("no", e);
        }
        return new StoreContents(ids.size(), 7, 3);
    }

    @Override
    public Addition restore(Path copy, RestoreMode mode) throws StoreException {
        try {
            restored = mode + " " + Files.readString(copy).substring(0, 19);
        } catch (IOException e) {
            throw new StoreException("no", e);
        }
        return new Addition(1, 0, 7, 0);
    }

    @Override
    public Optional<FaceChip> chip(long encoding) {
        return Optional.empty();
    }

    @Override
    public Person add(String name, List<NewEncoding> more) throws StoreException {
        addAll(List.of(new NewPerson(Optional.empty(), name, more)));
        return find(name).orElseThrow();
    }

    @Override
    public Person replace(String name, String source, List<NewEncoding> more) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Person rename(String from, String to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Person> delete(List<String> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int deleteSource(String name, String source) {
        throw new UnsupportedOperationException();
    }
}
