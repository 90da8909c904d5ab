// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraIds;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which cameras have topics. A camera whose service goes keeps them for a while, because a bundle
 * update takes the service away and brings it back. For one thread.
 */
public final class CameraRoster {
    private static final long GRACE_NANOS = 30_000_000_000L;
    private final Map<String, Camera> present = new TreeMap<>();
    private final Map<String, Long> goneSince = new HashMap<>();
    private final Set<String> ids = new TreeSet<>();
    private final Set<String> refused = new TreeSet<>();

    /**
     * Takes the present services in.
     *
     * @return ids of cameras that are gone for good
     */
    Set<String> update(List<Camera> cameras, long now) {
        Map<String, Camera> before = new HashMap<>(present);
        present.clear();
        for (Camera camera : cameras) {
            if (add(camera.id())) {
                present.put(camera.id(), camera);
                goneSince.remove(camera.id());
            }
        }
        before.keySet().stream()
                .filter(id -> !present.containsKey(id))
                .forEach(id -> goneSince.putIfAbsent(id, now));
        Set<String> gone = new HashSet<>();
        goneSince.forEach(
                (id, since) -> {
                    if (now - since >= GRACE_NANOS) {
                        gone.add(id);
                    }
                });
        goneSince.keySet().removeAll(gone);
        ids.removeAll(gone);
        return gone;
    }

    /** Cameras of before the start: gone unless they come within the time of grace. */
    void expect(Set<String> before, long now) {
        before.stream()
                .filter(this::add)
                .filter(id -> !present.containsKey(id))
                .forEach(id -> goneSince.put(id, now));
    }

    /**
     * Adds a camera known by an event or a pipeline only.
     *
     * @return false when its id cannot be part of a topic
     */
    boolean add(String id) {
        if (!CameraIds.allows(id)) {
            refused.add(id);
            return false;
        }
        ids.add(id);
        return true;
    }

    /** All ids with topics, in alphabetical order. */
    Set<String> ids() {
        return ids;
    }

    /** The cameras whose services are there. */
    Map<String, Camera> present() {
        return present;
    }

    /** Whether the camera had a service that is gone. */
    boolean isGone(String id) {
        return goneSince.containsKey(id);
    }

    /** Ids that cannot be part of a topic. */
    public Set<String> refused() {
        return refused;
    }
}
