// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.sighting;

import org.osgi.annotation.versioning.ProviderType;

import java.util.Map;
import java.util.UUID;

/**
 * When the people of the gallery were last seen, as of now: what the {@link SightingStore} keeps
 * may be some seconds older. Thread-safe; returns at once.
 */
@ProviderType
public interface Sightings {
    /** The last sighting of each; those never seen are missing. */
    Map<UUID, LastSeen> lastSeen();
}
