// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.model.ModelKey;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An immutable snapshot of all people and their encodings, as one frame sees them.
 *
 * @param revision rises with every change
 * @param people in the order of adding
 * @param sections the encodings, by the model that made them
 */
public record Gallery(long revision, List<Person> people, Map<ModelKey, GallerySection> sections) {
    /** The gallery with nobody in it. */
    public static final Gallery EMPTY = new Gallery(0, List.of(), Map.of());

    public Gallery {
        people = List.copyOf(people);
        sections = Map.copyOf(sections);
    }

    /** The encodings comparable with those of a model; empty when there are none. */
    public Optional<GallerySection> section(ModelKey model) {
        return Optional.ofNullable(sections.get(model));
    }

    /** How many counter-examples a person has, of the models that have encodings. */
    public int counterExamples(UUID person) {
        return (int)
                sections.values().stream()
                        .flatMap(section -> section.counterExamples().stream())
                        .filter(example -> example.personId().equals(person))
                        .mapToLong(CounterExample::id)
                        .distinct()
                        .count();
    }
}
