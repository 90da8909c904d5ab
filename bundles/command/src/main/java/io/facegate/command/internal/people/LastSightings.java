// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.SightingStore;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.Parts;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** When people were last seen: what is kept, and what the running gateway saw since. */
final class LastSightings {
    private LastSightings() {}

    /** The last sighting of each; those never seen are missing. */
    static Map<UUID, LastSeen> read(Parts parts) throws StoreException {
        Map<UUID, LastSeen> seen = new HashMap<>();
        Optional<SightingStore> kept = parts.find(SightingStore.class);
        if (kept.isPresent()) {
            seen.putAll(kept.get().lastSeen());
        }
        parts.find(Sightings.class)
                .ifPresent(
                        now ->
                                now.lastSeen()
                                        .forEach(
                                                (id, s) ->
                                                        seen.merge(id, s, LastSightings::later)));
        return seen;
    }

    private static LastSeen later(LastSeen one, LastSeen other) {
        return other.at().isAfter(one.at()) ? other : one;
    }
}
