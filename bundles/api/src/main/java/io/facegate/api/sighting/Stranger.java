// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.sighting;

import java.util.Objects;
import java.util.UUID;

/**
 * Whom an unknown face was found to be.
 *
 * @param id of the unknown person, as in events
 * @param ignored whether no event is to be raised
 */
public record Stranger(UUID id, boolean ignored) {
    public Stranger {
        Objects.requireNonNull(id, "id");
    }
}
