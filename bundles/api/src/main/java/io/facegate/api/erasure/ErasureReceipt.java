// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.erasure;

import io.facegate.api.store.Person;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What was removed of a person.
 *
 * @param person as it was
 * @param at when
 * @param parts what was removed, and what is left to do
 */
public record ErasureReceipt(Person person, Instant at, List<ErasedPart> parts) {
    public ErasureReceipt {
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(at, "at");
        parts = List.copyOf(parts);
    }

    /** Whether nothing of the person is left within the gateway. */
    public boolean complete() {
        return parts.stream().allMatch(part -> part.left().isEmpty());
    }
}
