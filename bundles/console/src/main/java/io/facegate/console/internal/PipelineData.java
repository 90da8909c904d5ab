// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static io.facegate.console.internal.PageData.lower;
import static io.facegate.console.internal.PageData.map;
import static io.facegate.console.internal.PageData.rounded;

import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.WorkCounters;

import java.util.Map;

/** What the page shows of a pipeline: what became of its frames and faces, and how long it took. */
final class PipelineData {
    private PipelineData() {}

    static Map<String, Object> of(PipelineStatus status) {
        return map(
                "camera", status.camera(),
                "recognizing", status.recognizing(),
                "framesPerSecond", rounded(status.framesPerSecond()),
                "counters", counters(status.counters()),
                "work", work(status.work()),
                "gates", gates(status.gates()),
                "stages", status.stages().stream().map(PipelineData::stage).toList(),
                "missing", status.missing());
    }

    private static Map<String, Object> counters(PipelineCounters counters) {
        return map(
                "offered", counters.offered(),
                "accepted", counters.accepted(),
                "superseded", counters.superseded(),
                "waiting", counters.waiting(),
                "recognized", counters.recognized(),
                "noFace", counters.noFace(),
                "skipped", counters.skipped(),
                "failed", counters.failed(),
                "inProgress", counters.inProgress(),
                "events", counters.events());
    }

    private static Map<String, Object> work(WorkCounters work) {
        return map(
                "full", work.full(),
                "regions", work.regions(),
                "tracked", work.tracked(),
                "encodedFaces", work.encodedFaces());
    }

    private static Map<String, Object> gates(GateCounters gates) {
        Map<String, Object> map =
                map("on", gates.on(), "judged", gates.judged(), "passed", gates.passed());
        gates.failed().forEach((problem, faces) -> map.put(lower(problem), faces));
        map.put("unjudged", gates.unjudged());
        return map;
    }

    private static Map<String, Object> stage(StageLatency stage) {
        return map(
                "stage", stage.stage(),
                "p50Millis", rounded(stage.p50Millis()),
                "p95Millis", rounded(stage.p95Millis()));
    }
}
