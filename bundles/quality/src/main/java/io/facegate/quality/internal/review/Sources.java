// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where the rows of a snapshot came from: asked of the store for the few that are told of. */
final class Sources {
    private final EncodingStore store;
    private final Rows rows;
    private final Map<UUID, List<StoredEncoding>> known = new HashMap<>();

    Sources(EncodingStore store, Rows rows) {
        this.store = store;
        this.rows = rows;
    }

    /**
     * What the store keeps of a row; empty when it was removed meanwhile. The rows of a person come
     * in the order of the person's encodings.
     */
    Optional<StoredEncoding> encoding(int row) throws StoreException {
        int before = 0;
        for (int other = 0; other < row; other++) {
            before += rows.owner(other) == rows.owner(row) ? 1 : 0;
        }
        List<StoredEncoding> own = of(rows.person(row));
        return before < own.size()
                        && Arrays.equals(own.get(before).descriptor().toArray(), rows.vector(row))
                ? Optional.of(own.get(before))
                : Optional.empty();
    }

    /** Its source; empty when unknown. */
    String source(int row) throws StoreException {
        return encoding(row).map(StoredEncoding::source).orElse("");
    }

    /** All encodings of a person by the snapshot's model. */
    List<StoredEncoding> of(Person person) throws StoreException {
        List<StoredEncoding> encodings = known.get(person.id());
        if (encodings == null) {
            encodings =
                    store.encodings(person.id()).stream()
                            .filter(e -> e.descriptor().model().equals(rows.section().model()))
                            .toList();
            known.put(person.id(), encodings);
        }
        return encodings;
    }

    /** Forgets what was read, so that memory does not grow with the people asked about. */
    void forget() {
        known.clear();
    }
}
