// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.gateway;

import io.facegate.api.model.UpdateStatus;
import io.facegate.api.sighting.LastSeen;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What smart homes are shown beside cameras and events. Thread-safe. */
public interface Home {
    /** What is set. */
    HomeSettings settings();

    /** How the update of the encoder is; empty while nobody knows. */
    Optional<UpdateStatus> update();

    /** When people were last seen. */
    Map<UUID, LastSeen> lastSeen();

    /** What can be set of the pipeline, by its attribute; what is not set has its default. */
    Map<String, String> pipeline();

    /**
     * Pictures of the newest faces, one a camera at most, none twice. Encodes them, which takes
     * some milliseconds each.
     */
    List<FacePicture> takePictures();

    /**
     * A picture of a face.
     *
     * @param camera that saw it
     * @param person whose face it is; empty for somebody unknown
     * @param jpeg the file
     */
    record FacePicture(String camera, Optional<UUID> person, byte[] jpeg) {}
}
