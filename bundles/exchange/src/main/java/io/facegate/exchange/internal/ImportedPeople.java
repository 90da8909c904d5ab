// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** People out of a file, in the order in which they come. */
final class ImportedPeople {
    private final Map<String, Optional<UUID>> ids = new LinkedHashMap<>();
    private final Map<String, List<NewEncoding>> encodings = new LinkedHashMap<>();
    private final Map<String, List<NewEncoding>> counterExamples = new LinkedHashMap<>();

    /** Someone, who may have come before. */
    void person(String name, Optional<UUID> id) {
        ids.merge(name, id, (first, second) -> first.isPresent() ? first : second);
        encodings.computeIfAbsent(name, n -> new ArrayList<>());
    }

    /** An encoding of someone who has come. */
    void encoding(String name, ModelKey model, float[] vector, String source) {
        encodings.get(name).add(made(model, vector, source));
    }

    /** A face that is not someone who has come. */
    void counterExample(String name, ModelKey model, float[] vector, String source) {
        counterExamples
                .computeIfAbsent(name, n -> new ArrayList<>())
                .add(made(model, vector, source));
    }

    private static NewEncoding made(ModelKey model, float[] vector, String source) {
        return new NewEncoding(new FaceDescriptor(model, vector), Optional.empty(), source, "");
    }

    List<NewPerson> people() {
        List<NewPerson> people = new ArrayList<>();
        ids.forEach(
                (name, id) ->
                        people.add(
                                new NewPerson(
                                        id,
                                        name,
                                        encodings.get(name),
                                        counterExamples.getOrDefault(name, List.of()))));
        return people;
    }
}
