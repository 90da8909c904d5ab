// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import java.util.List;
import java.util.Optional;

/**
 * Where in a camera's picture faces are looked for: in its zones, or everywhere when there are
 * none, but not in its masks. A face is where the middle of its box is. Immutable.
 *
 * @param zones with different names; the first one that holds a face is the one events tell
 * @param masks parts that are left out, also of zones
 */
public record WatchedAreas(List<Area> zones, List<Area> masks) {
    /** The whole picture. */
    public static final WatchedAreas EVERYWHERE = new WatchedAreas(List.of(), List.of());

    public WatchedAreas {
        zones = List.copyOf(zones);
        masks = List.copyOf(masks);
        if (zones.stream().anyMatch(zone -> zone.name().isEmpty())) {
            throw new IllegalArgumentException(
                    "a zone has no name: write a name and a colon before its corners");
        }
        if (zones.stream().map(Area::name).distinct().count() < zones.size()) {
            throw new IllegalArgumentException("two zones have the same name");
        }
    }

    /** Whether nothing is left out. */
    public boolean everywhere() {
        return zones.isEmpty() && masks.isEmpty();
    }

    /** Whether faces at a point are looked for; coordinates as of {@link RelativePoint}. */
    public boolean watches(double x, double y) {
        return (zones.isEmpty() || zoneAt(x, y).isPresent())
                && masks.stream().noneMatch(mask -> mask.contains(x, y));
    }

    /** Name of the zone a point lies in; empty when in none. */
    public Optional<String> zoneAt(double x, double y) {
        return zones.stream().filter(zone -> zone.contains(x, y)).map(Area::name).findFirst();
    }
}
