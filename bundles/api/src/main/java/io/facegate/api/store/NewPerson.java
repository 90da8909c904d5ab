// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A person to be taken in. Whoever has the id is the one meant, else whoever has the name; else the
 * person is made.
 *
 * @param id kept for a person who is made; empty when there is none yet
 * @param name as {@link EncodingStore} compares them
 * @param encodings may be empty
 * @param counterExamples faces that are not the person; may be empty
 */
public record NewPerson(
        Optional<UUID> id,
        String name,
        List<NewEncoding> encodings,
        List<NewEncoding> counterExamples) {
    /** Without counter-examples. */
    public NewPerson(Optional<UUID> id, String name, List<NewEncoding> encodings) {
        this(id, name, encodings, List.of());
    }

    public NewPerson {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        encodings = List.copyOf(encodings);
        counterExamples = List.copyOf(counterExamples);
    }
}
