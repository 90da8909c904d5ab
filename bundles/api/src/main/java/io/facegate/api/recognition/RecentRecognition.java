// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A face in a live stream that was recognised.
 *
 * @param eventId id of the track, as in its events
 * @param camera id of the camera
 * @param timestamp capture time of the picture of the face that is remembered
 * @param personId who it was taken for
 * @param name of this person, at that time
 */
public record RecentRecognition(
        String eventId, String camera, Instant timestamp, UUID personId, String name) {
    public RecentRecognition {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(camera, "camera");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(personId, "personId");
        Objects.requireNonNull(name, "name");
    }
}
