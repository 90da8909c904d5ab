// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The snapshot after a change, made from the one before it: the same as reading the file anew, in
 * the same order. Blocks of encodings that a change does not touch are shared with it.
 */
final class Galleries {
    private Galleries() {}

    /**
     * The change that gives a person encodings. Where they are the first of their model the
     * snapshot is read anew: it has none of the counter-examples of that model.
     */
    static Change<Person> adding(Gallery served, Person person, List<FaceDescriptor> descriptors) {
        boolean known = descriptors.stream().allMatch(d -> served.section(d.model()).isPresent());
        return known
                ? Change.of(person, gallery -> added(gallery, person, descriptors))
                : Change.readAnew(person);
    }

    /** A person, new or known, with encodings more. */
    static Gallery added(Gallery old, Person person, List<FaceDescriptor> descriptors) {
        Map<ModelKey, List<FaceDescriptor>> byModel = new LinkedHashMap<>();
        for (FaceDescriptor descriptor : descriptors) {
            byModel.computeIfAbsent(descriptor.model(), m -> new ArrayList<>()).add(descriptor);
        }
        Map<ModelKey, GallerySection> sections = new HashMap<>(old.sections());
        sections.replaceAll(
                (model, section) ->
                        byModel.containsKey(model) ? section : renamed(section, person));
        byModel.forEach(
                (model, more) ->
                        sections.compute(model, (m, section) -> grown(m, section, person, more)));
        return new Gallery(old.revision() + 1, with(old.people(), person), sections);
    }

    /** A person under another name. */
    static Gallery renamed(Gallery old, Person person) {
        return added(old, person, List.of());
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
                                sections.put(model, rest.with(others(section, ids)));
                            }
                        });
        return new Gallery(old.revision() + 1, people, sections);
    }

    /** With a counter-example more, where its model has encodings. */
    static Gallery with(Gallery old, CounterExample example) {
        Map<ModelKey, GallerySection> sections = new HashMap<>(old.sections());
        sections.computeIfPresent(
                example.descriptor().model(),
                (model, section) -> {
                    List<CounterExample> all = new ArrayList<>(section.counterExamples());
                    all.add(example);
                    return section.with(all);
                });
        return new Gallery(old.revision() + 1, old.people(), sections);
    }

    /** Without some counter-examples. */
    static Gallery withoutCounterExamples(Gallery old, Set<Long> ids) {
        Map<ModelKey, GallerySection> sections = new HashMap<>(old.sections());
        sections.replaceAll(
                (model, section) ->
                        section.with(
                                section.counterExamples().stream()
                                        .filter(e -> !ids.contains(e.id()))
                                        .toList()));
        return new Gallery(old.revision() + 1, old.people(), sections);
    }

    private static List<CounterExample> others(GallerySection section, Set<UUID> people) {
        return section.counterExamples().stream()
                .filter(e -> !people.contains(e.personId()))
                .toList();
    }

    private static GallerySection renamed(GallerySection old, Person person) {
        return indexOf(old.people(), person.id()) < 0
                ? old
                : new GallerySection(
                                old.model(),
                                old.dimension(),
                                with(old.people(), person),
                                old.owners(),
                                old.blocks())
                        .with(old.counterExamples());
    }

    private static GallerySection grown(
            ModelKey model, GallerySection old, Person person, List<FaceDescriptor> more) {
        int dimension = more.get(0).dimension();
        Blocks blocks = new Blocks(dimension);
        List<Person> people = List.of();
        int[] owners = new int[0];
        if (old != null) {
            old.blocks().forEach(blocks::add);
            people = old.people();
            owners = old.owners();
        }
        int size = owners.length;
        int place = indexOf(people, person.id());
        owners = Arrays.copyOf(owners, size + more.size());
        Arrays.fill(owners, size, owners.length, place < 0 ? people.size() : place);
        more.forEach(blocks::add);
        return new GallerySection(model, dimension, with(people, person), owners, blocks.finished())
                .with(old == null ? List.of() : old.counterExamples());
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
        int[] owners = new int[old.size()];
        int size = 0;
        int encoding = 0;
        Blocks blocks = new Blocks(old.dimension());
        for (GalleryBlock block : old.blocks()) {
            BitSet kept = new BitSet(block.size());
            for (int row = 0; row < block.size(); row++) {
                int place = places[old.owner(encoding++)];
                if (place >= 0) {
                    kept.set(row);
                    owners[size++] = place;
                }
            }
            blocks.add(block, kept);
        }
        return new GallerySection(
                old.model(),
                old.dimension(),
                people,
                Arrays.copyOf(owners, size),
                blocks.finished());
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
}
