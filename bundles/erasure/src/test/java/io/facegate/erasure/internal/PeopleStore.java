// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A store in memory that can be read and deleted from, fails and dies as it is told. */
final class PeopleStore {
    private static final ModelKey MODEL = new ModelKey("m", "ab".repeat(32));

    private final List<Person> people = new ArrayList<>();
    private final List<CounterExample> rejected = new ArrayList<>();
    private int chips;
    boolean unreadable;
    boolean killBefore;
    boolean killAfter;

    Person put(String name, int encodings, int withChips) {
        Person person = new Person(UUID.randomUUID(), name, Instant.EPOCH, encodings);
        chips = withChips;
        put(person);
        return person;
    }

    void put(Person person) {
        people.add(person);
    }

    List<String> names() {
        return people.stream().map(Person::name).toList();
    }

    EncodingStore service() {
        return (EncodingStore)
                Proxy.newProxyInstance(
                        PeopleStore.class.getClassLoader(),
                        new Class<?>[] {EncodingStore.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "gallery" -> gallery();
                                    case "find" -> find((String) arguments[0]);
                                    case "encodings" -> encodings((UUID) arguments[0]);
                                    case "delete" -> delete((List<?>) arguments[0]);
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }

    private Gallery gallery() {
        if (rejected.isEmpty()) {
            return new Gallery(1, people, Map.of());
        }
        GallerySection section =
                new GallerySection(MODEL, 2, people.subList(0, 1), new int[1], new float[] {0, 1});
        return new Gallery(1, people, Map.of(MODEL, section.with(rejected)));
    }

    /** A face is not a person. */
    void reject(Person person) {
        FaceDescriptor face = new FaceDescriptor(MODEL, new float[] {9, 9});
        rejected.add(new CounterExample(rejected.size(), person.id(), face));
    }

    private Optional<Person> find(String name) {
        return people.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    private List<StoredEncoding> encodings(UUID id) throws StoreException {
        if (unreadable) {
            throw new StoreException("the store cannot be used");
        }
        List<StoredEncoding> result = new ArrayList<>();
        for (Person person : people) {
            for (int i = 0; person.id().equals(id) && i < person.encodings(); i++) {
                FaceDescriptor descriptor = new FaceDescriptor(MODEL, new float[] {i, 1});
                result.add(
                        new StoredEncoding(i, id, descriptor, "s", "", i < chips, Instant.EPOCH));
            }
        }
        return result;
    }

    private List<Person> delete(List<?> names) {
        if (killBefore) {
            throw new ErasuresTest.PowerCut();
        }
        List<Person> deleted = people.stream().filter(p -> names.contains(p.name())).toList();
        people.removeAll(deleted);
        if (killAfter) {
            throw new ErasuresTest.PowerCut();
        }
        return deleted;
    }
}
