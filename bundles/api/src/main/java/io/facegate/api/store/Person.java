// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A person of the gallery.
 *
 * @param id never changes, not even by renaming
 * @param name unique, trimmed, 1 to 200 characters
 * @param createdAt when first added
 * @param encodings number of encodings kept, of every model
 */
public record Person(UUID id, String name, Instant createdAt, int encodings) {
    public Person {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(createdAt, "createdAt");
    }
}
