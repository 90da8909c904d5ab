// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

import io.facegate.api.quality.CalibrationReport.FacePair;
import io.facegate.api.store.StoreException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pairs worth looking at: different people that are close, one person's that are far. */
final class Extremes {
    /** How many of each are told. */
    private static final int TOLD = 10;

    private record Pair(int row, int other, double distance) {}

    private final Rows rows;
    private final Map<Long, Pair> closest = new HashMap<>();
    private final Map<Integer, Pair> farthest = new HashMap<>();

    Extremes(Rows rows) {
        this.rows = rows;
    }

    /** Takes the nearest other person of an encoding into account. */
    void others(Nearest nearest) {
        if (nearest.other() < 0) {
            return;
        }
        int a = rows.owner(nearest.row());
        int b = rows.owner(nearest.other());
        long people = (long) Math.min(a, b) << 32 | Math.max(a, b);
        Pair pair = new Pair(nearest.row(), nearest.other(), nearest.otherDistance());
        closest.merge(people, pair, (old, now) -> now.distance < old.distance ? now : old);
    }

    /** Takes a pair of one person into account. */
    void same(int row, int other, double distance) {
        Pair old = farthest.get(rows.owner(row));
        if (old == null || distance > old.distance) {
            farthest.put(rows.owner(row), new Pair(row, other, distance));
        }
    }

    /** Different people, the closest first. */
    List<FacePair> closest(Sources sources) throws StoreException {
        return told(
                closest.values().stream()
                        .sorted(Comparator.comparingDouble(Pair::distance))
                        .toList(),
                sources);
    }

    /** The same people, the farthest first. */
    List<FacePair> farthest(Sources sources) throws StoreException {
        return told(
                farthest.values().stream()
                        .sorted(Comparator.comparingDouble(Pair::distance).reversed())
                        .toList(),
                sources);
    }

    private List<FacePair> told(List<Pair> pairs, Sources sources) throws StoreException {
        List<FacePair> told = new ArrayList<>();
        for (Pair p : pairs.subList(0, Math.min(TOLD, pairs.size()))) {
            told.add(
                    new FacePair(
                            p.distance,
                            rows.person(p.row).name(),
                            sources.source(p.row),
                            rows.person(p.other).name(),
                            sources.source(p.other)));
        }
        return told;
    }
}
