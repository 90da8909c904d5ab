// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.sighting;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Somebody whom the gallery does not know, told from others by likeness.
 *
 * @param id the {@code unknown_id} of events; never changes, also over restarts
 * @param ignored whether this one raises no event
 * @param firstSeen when first seen
 * @param lastSeen when last seen
 * @param lastCamera where last seen
 * @param sightings number of tracks that showed this one
 * @param faces number of faces kept
 */
public record UnknownPerson(
        UUID id,
        boolean ignored,
        Instant firstSeen,
        Instant lastSeen,
        String lastCamera,
        int sightings,
        int faces) {
    public UnknownPerson {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(firstSeen, "firstSeen");
        Objects.requireNonNull(lastSeen, "lastSeen");
        Objects.requireNonNull(lastCamera, "lastCamera");
    }
}
