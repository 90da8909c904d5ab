// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.quality.QualityProblem;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the gates of quality said of the faces of a live stream. At every moment {@code judged =
 * passed +} all of {@code failed}; while the gates are on, {@code judged + unjudged = encodedFaces}
 * of the {@link WorkCounters} of the same status; while they are off, all are 0.
 *
 * @param on whether the gates are on
 * @param judged encoded faces that were judged
 * @param passed faces good enough to count for a name
 * @param failed faces that did not count, each by its first reason in the order of {@link
 *     QualityProblem}; every reason is there
 * @param unjudged encoded faces that counted without being judged, as nothing was there to do it
 */
public record GateCounters(
        boolean on, long judged, long passed, Map<QualityProblem, Long> failed, long unjudged) {
    /** The gates are off. */
    public static final GateCounters OFF = new GateCounters(false, 0, 0, Map.of(), 0);

    /** Copies the map, with 0 for what is not in it. */
    public GateCounters {
        Map<QualityProblem, Long> all = new EnumMap<>(QualityProblem.class);
        for (QualityProblem problem : QualityProblem.values()) {
            all.put(problem, failed.getOrDefault(problem, 0L));
        }
        failed = Collections.unmodifiableMap(all);
    }
}
