// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.encoder.FaceChip;
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
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A store in memory. */
public final class FakeStore implements EncodingStore {
    public static final Instant ADDED = Instant.parse("2026-11-23T21:30:00Z");

    private final Map<String, List<StoredEncoding>> people = new LinkedHashMap<>();
    private long nextId = 1;

    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized Gallery gallery() {
        Map<ModelKey, GallerySection> sections = new HashMap<>();
        people.values().stream()
                .flatMap(List::stream)
                .map(encoding -> encoding.descriptor().model())
                .distinct()
                .forEach(model -> sections.put(model, section(model)));
        return new Gallery(nextId, people.keySet().stream().map(this::person).toList(), sections);
    }

    /** One person after the other, each with one value of every encoding. */
    private GallerySection section(ModelKey model) {
        List<Person> owning = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        people.forEach(
                (name, encodings) -> {
                    long count =
                            encodings.stream()
                                    .filter(e -> e.descriptor().model().equals(model))
                                    .count();
                    if (count > 0) {
                        owning.add(person(name));
                        owners.addAll(Collections.nCopies((int) count, owning.size() - 1));
                    }
                });
        int[] indices = owners.stream().mapToInt(Integer::intValue).toArray();
        return new GallerySection(model, 1, owning, indices, new float[indices.length]);
    }

    public synchronized Person person(String name) {
        return new Person(id(name), name, ADDED, people.get(name).size());
    }

    @Override
    public synchronized Optional<Person> find(String name) {
        return people.containsKey(name) ? Optional.of(person(name)) : Optional.empty();
    }

    @Override
    public synchronized List<StoredEncoding> encodings(UUID person) {
        return people.entrySet().stream()
                .filter(entry -> id(entry.getKey()).equals(person))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    @Override
    public Optional<FaceChip> chip(long encoding) {
        return Optional.empty();
    }

    @Override
    public synchronized Person add(String name, List<NewEncoding> encodings) {
        List<StoredEncoding> kept = people.computeIfAbsent(name, n -> new ArrayList<>());
        for (NewEncoding encoding : encodings) {
            kept.add(
                    new StoredEncoding(
                            nextId++,
                            id(name),
                            encoding.descriptor(),
                            encoding.source(),
                            encoding.contentHash(),
                            false,
                            ADDED));
        }
        return person(name);
    }

    @Override
    public synchronized Person rename(String from, String to) throws StoreException {
        List<StoredEncoding> moved = people.remove(from);
        if (moved == null) {
            throw new StoreException("There is nobody called " + from + ".");
        }
        people.computeIfAbsent(to, n -> new ArrayList<>()).addAll(moved);
        return person(to);
    }

    @Override
    public synchronized List<Person> delete(List<String> names) throws StoreException {
        for (String name : names) {
            if (!people.containsKey(name)) {
                throw new StoreException("There is nobody called " + name + ".");
            }
        }
        List<Person> deleted = names.stream().map(this::person).toList();
        names.forEach(people::remove);
        return deleted;
    }

    @Override
    public synchronized Person replace(String name, String source, List<NewEncoding> encodings) {
        people.computeIfAbsent(name, n -> new ArrayList<>())
                .removeIf(encoding -> encoding.source().equals(source));
        return add(name, encodings);
    }

    @Override
    public synchronized int deleteSource(String name, String source) {
        List<StoredEncoding> kept = people.get(name);
        int before = kept.size();
        kept.removeIf(encoding -> encoding.source().equals(source));
        int removed = before - kept.size();
        if (kept.isEmpty()) {
            people.remove(name);
        }
        return removed;
    }

    @Override
    public Addition addAll(List<NewPerson> people) {
        int encodings = 0;
        for (NewPerson person : people) {
            add(person.name(), person.encodings());
            encodings += person.encodings().size();
        }
        return new Addition(people.size(), 0, encodings, 0);
    }

    @Override
    public StoreContents copyTo(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Addition restore(Path copy, RestoreMode mode) {
        throw new UnsupportedOperationException();
    }

    /** Sources of all encodings in the order of adding. */
    public synchronized List<String> inOrder() {
        return people.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(StoredEncoding::id))
                .map(StoredEncoding::source)
                .toList();
    }

    public synchronized List<String> sources(String name) {
        return people.getOrDefault(name, List.of()).stream().map(StoredEncoding::source).toList();
    }
}
