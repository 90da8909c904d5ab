// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.sighting;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * When a person was last seen.
 *
 * @param personId of the gallery
 * @param at capture time of the frame
 * @param camera id of the camera
 */
public record LastSeen(UUID personId, Instant at, String camera) {
    public LastSeen {
        Objects.requireNonNull(personId, "personId");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(camera, "camera");
    }
}
