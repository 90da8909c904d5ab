// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.pipeline.internal.analysis.Analysis;

import java.util.EnumMap;
import java.util.Map;

/** Counts what the gates of quality said of encoded faces. Not thread-safe. */
final class GateTally {
    private final boolean on;
    private final Map<QualityProblem, Long> failed = new EnumMap<>(QualityProblem.class);
    private long judged;
    private long passed;
    private long unjudged;

    GateTally(boolean on) {
        this.on = on;
    }

    /** The faces of a frame that is done. */
    void add(Analysis analysis) {
        if (!on) {
            return;
        }
        for (RecognizedFace face : analysis.faces()) {
            if (face.descriptor().isPresent()) {
                add(face, analysis.judged());
            }
        }
    }

    private void add(RecognizedFace face, boolean wasJudged) {
        if (!wasJudged) {
            unjudged++;
            return;
        }
        judged++;
        face.problem().ifPresentOrElse(p -> failed.merge(p, 1L, Long::sum), () -> passed++);
    }

    GateCounters counters() {
        return new GateCounters(on, judged, passed, failed, unjudged);
    }
}
