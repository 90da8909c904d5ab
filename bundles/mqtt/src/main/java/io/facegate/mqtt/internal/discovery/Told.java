// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

import io.facegate.mqtt.internal.gateway.HomeSettings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is to be told of the gateway.
 *
 * @param cameras ids of those with topics
 * @param people those of the gallery in the order they were enrolled; empty while it is not known
 * @param orders topics below the gateway's own that somebody obeys, {@code <camera>} for the id
 * @param updates whether the gateway knows of updates of its model
 * @param offered id of the encoder that can be installed; empty without one
 * @param settings what is set
 */
public record Told(
        Set<String> cameras,
        Optional<List<Named>> people,
        Set<String> orders,
        boolean updates,
        String offered,
        HomeSettings settings) {
    /** A person. */
    public record Named(UUID id, String name) {}

    public Told {
        cameras = Set.copyOf(cameras);
        people = people.map(List::copyOf);
        orders = Set.copyOf(orders);
        Objects.requireNonNull(offered, "offered");
        Objects.requireNonNull(settings, "settings");
    }
}
