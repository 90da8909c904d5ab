// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * Who a face was found to be.
 *
 * @param personId empty for an unknown face
 * @param name empty for an unknown face
 * @param distance to the nearest encoding of the named person, or of anyone when unknown; empty
 *     when the gallery has no encoding of the model
 * @param votesWon encodings (or frames, for a track) that spoke for the name
 * @param votesOf encodings (or frames) that spoke at all
 * @param margin distance of the second-best person minus that of the best; empty with one person
 */
public record Match(
        Optional<UUID> personId,
        Optional<String> name,
        OptionalDouble distance,
        int votesWon,
        int votesOf,
        OptionalDouble margin) {
    /** Nobody to compare with. */
    public static final Match NONE =
            new Match(
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.empty(),
                    0,
                    0,
                    OptionalDouble.empty());

    public Match {
        Objects.requireNonNull(personId, "personId");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(distance, "distance");
        Objects.requireNonNull(margin, "margin");
        if (personId.isPresent() != name.isPresent()) {
            throw new IllegalArgumentException("a person has an id and a name");
        }
    }

    /** Whether somebody was recognised. */
    public boolean known() {
        return name.isPresent();
    }
}
