// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Addition;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreContents;
import io.facegate.api.store.StoredEncoding;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A store in memory that is only read; sources are {@code name/number}. */
final class KnownPeople implements EncodingStore {
    private final Map<String, List<StoredEncoding>> people = new LinkedHashMap<>();
    private final Map<Long, FaceChip> chips = new HashMap<>();
    private final List<StoredEncoding> all = new ArrayList<>();

    static KnownPeople of(Map<String, List<FaceDescriptor>> descriptors) {
        KnownPeople known = new KnownPeople();
        descriptors.forEach((name, list) -> list.forEach(d -> known.add(name, d)));
        return known;
    }

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    void add(String name, FaceDescriptor descriptor) {
        add(name, descriptor, Optional.empty());
    }

    void add(String name, FaceDescriptor descriptor, Optional<FaceChip> chip) {
        List<StoredEncoding> own = people.computeIfAbsent(name, n -> new ArrayList<>());
        String source = name + "/" + own.size();
        long id = all.size() + 1;
        chip.ifPresent(c -> chips.put(id, c));
        StoredEncoding encoding =
                new StoredEncoding(
                        id, id(name), descriptor, source, "", chip.isPresent(), Instant.EPOCH);
        own.add(encoding);
        all.add(encoding);
    }

    private Person person(String name) {
        return new Person(id(name), name, Instant.EPOCH, people.get(name).size());
    }

    @Override
    public Gallery gallery() {
        List<Person> persons = people.keySet().stream().map(this::person).toList();
        Map<ModelKey, GallerySection> sections = new HashMap<>();
        all.stream()
                .map(e -> e.descriptor().model())
                .distinct()
                .forEach(model -> sections.put(model, section(model, persons)));
        return new Gallery(all.size(), persons, sections);
    }

    private GallerySection section(ModelKey model, List<Person> persons) {
        List<StoredEncoding> of =
                all.stream().filter(e -> e.descriptor().model().equals(model)).toList();
        List<Person> owning =
                persons.stream()
                        .filter(p -> of.stream().anyMatch(e -> e.personId().equals(p.id())))
                        .toList();
        Map<UUID, Integer> index = new HashMap<>();
        owning.forEach(p -> index.put(p.id(), index.size()));
        int dimension = of.get(0).descriptor().dimension();
        float[] vectors = new float[of.size() * dimension];
        int[] owners = new int[of.size()];
        for (int i = 0; i < owners.length; i++) {
            of.get(i).descriptor().copyTo(vectors, i * dimension);
            owners[i] = index.get(of.get(i).personId());
        }
        return new GallerySection(model, dimension, owning, owners, vectors);
    }

    @Override
    public Optional<Person> find(String name) {
        return people.containsKey(name) ? Optional.of(person(name)) : Optional.empty();
    }

    @Override
    public List<StoredEncoding> encodings(UUID person) {
        return all.stream().filter(e -> e.personId().equals(person)).toList();
    }

    @Override
    public Optional<FaceChip> chip(long encoding) {
        return Optional.ofNullable(chips.get(encoding));
    }

    @Override
    public Person add(String name, List<NewEncoding> encodings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Person replace(String name, String source, List<NewEncoding> encodings) {
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

    @Override
    public Addition addAll(List<NewPerson> people) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreContents copyTo(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Addition restore(Path copy, RestoreMode mode) {
        throw new UnsupportedOperationException();
    }
}
