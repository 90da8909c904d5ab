// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.StoreException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Encodings that are of no use with the model in use: made by another one, and without a face chip
 * to encode anew, as imported ones are.
 */
final class NeedsPhotos {
    private NeedsPhotos() {}

    /** How many each person has; nobody when no encoder is there to ask for its model. */
    static Map<UUID, Long> count(EncodingStore store, Optional<FaceEncoder> encoder)
            throws StoreException {
        Map<UUID, Long> counts = new HashMap<>();
        if (encoder.isEmpty()) {
            return counts;
        }
        ModelKey inUse = encoder.get().model().key();
        for (UUID person : withOtherModels(store.gallery(), inUse)) {
            long count =
                    store.encodings(person).stream()
                            .filter(e -> !e.hasChip() && !e.descriptor().model().equals(inUse))
                            .count();
            if (count > 0) {
                counts.put(person, count);
            }
        }
        return counts;
    }

    private static Set<UUID> withOtherModels(Gallery gallery, ModelKey inUse) {
        Set<UUID> people = new HashSet<>();
        gallery.sections()
                .forEach(
                        (model, section) -> {
                            if (!model.equals(inUse)) {
                                section.people().forEach(person -> people.add(person.id()));
                            }
                        });
        return people;
    }
}
