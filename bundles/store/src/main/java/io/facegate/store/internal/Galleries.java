// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The snapshot after a change, made from the one before it: the same as reading the file anew, in
 * the same order, at the price of a copy.
 */
final class Galleries {
    private Galleries() {}

    /** A person, new or known, with encodings more. */
    static Gallery added(Gallery old, Person person, List<FaceDescriptor> descriptors) {
        Gallery replaced = replaced(old, person);
        Map<ModelKey, List<FaceDescriptor>> byModel = new LinkedHashMap<>();
        for (FaceDescriptor descriptor : descriptors) {
            byModel.computeIfAbsent(descriptor.model(), m -> new ArrayList<>()).add(descriptor);
        }
        Map<ModelKey, GallerySection> sections = new HashMap<>(replaced.sections());
        byModel.forEach(
                (model, more) ->
                        sections.compute(model, (m, section) -> grown(m, section, person, more)));
        return new Gallery(old.revision() + 1, replaced.people(), sections);
    }

    /** A person under another name. */
    static Gallery renamed(Gallery old, Person person) {
        return replaced(old, person);
    }

    /** Without some people. */
    static Gallery removed(Gallery old, Set<UUID> ids) {
        List<Person> people = old.people().stream().filter(p -> !ids.contains(p.id())).toList();
        Map<ModelKey, GallerySection> sections = new HashMap<>();
        old.sections()
                .forEach(
                        (model, section) -> {
                            GallerySection rest = without(section, ids);
                            if (rest.size() > 0) {
                                sections.put(model, rest);
                            }
                        });
        return new Gallery(old.revision() + 1, people, sections);
    }

    private static Gallery replaced(Gallery old, Person person) {
        Map<ModelKey, GallerySection> sections = new HashMap<>(old.sections());
        sections.replaceAll(
                (model, section) -> {
                    int at = indexOf(section.people(), person.id());
                    return at < 0
                            ? section
                            : new GallerySection(
                                    model,
                                    section.dimension(),
                                    with(section.people(), person),
                                    owners(section),
                                    section.vectors());
                });
        return new Gallery(old.revision() + 1, with(old.people(), person), sections);
    }

    private static GallerySection grown(
            ModelKey model, GallerySection old, Person person, List<FaceDescriptor> more) {
        int dimension = more.get(0).dimension();
        int size = old == null ? 0 : old.size();
        List<Person> people = with(old == null ? List.of() : old.people(), person);
        int[] owners = old == null ? new int[0] : owners(old);
        owners = Arrays.copyOf(owners, size + more.size());
        Arrays.fill(owners, size, owners.length, indexOf(people, person.id()));
        float[] vectors = old == null ? new float[0] : old.vectors();
        vectors = Arrays.copyOf(vectors, owners.length * dimension);
        for (int i = 0; i < more.size(); i++) {
            more.get(i).copyTo(vectors, (size + i) * dimension);
        }
        return new GallerySection(model, dimension, people, owners, vectors);
    }

    private static GallerySection without(GallerySection old, Set<UUID> ids) {
        int[] places = new int[old.people().size()];
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            Person person = old.people().get(i);
            places[i] = ids.contains(person.id()) ? -1 : people.size();
            if (places[i] >= 0) {
                people.add(person);
            }
        }
        int dimension = old.dimension();
        int[] owners = new int[old.size()];
        float[] vectors = new float[old.size() * dimension];
        int size = 0;
        for (int i = 0; i < old.size(); i++) {
            int place = places[old.owner(i)];
            if (place >= 0) {
                owners[size] = place;
                System.arraycopy(
                        old.vectors(), i * dimension, vectors, size * dimension, dimension);
                size++;
            }
        }
        return new GallerySection(
                old.model(),
                dimension,
                people,
                Arrays.copyOf(owners, size),
                Arrays.copyOf(vectors, size * dimension));
    }

    private static List<Person> with(List<Person> people, Person person) {
        int at = indexOf(people, person.id());
        List<Person> result = new ArrayList<>(people);
        if (at < 0) {
            result.add(person);
        } else {
            result.set(at, person);
        }
        return result;
    }

    private static int indexOf(List<Person> people, UUID id) {
        for (int i = 0; i < people.size(); i++) {
            if (people.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static int[] owners(GallerySection section) {
        int[] owners = new int[section.size()];
        Arrays.setAll(owners, section::owner);
        return owners;
    }
}
