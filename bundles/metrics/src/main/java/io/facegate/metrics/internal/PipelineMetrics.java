// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.LatencyHistogram;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.WorkCounters;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What became of the frames of each camera, and how long the stages took. */
final class PipelineMetrics {
    private static final double MILLIS = 1000;

    private PipelineMetrics() {}

    static void write(Exposition out, List<PipelineStatus> all) {
        frames(out, all);
        work(out, all);
        gates(out, all);
        each(
                out.counter("facegate_events_total", "Recognition events sent."),
                all,
                s -> s.counters().events());
        each(
                out.gauge(
                        "facegate_frames_per_second",
                        "Frames processed per second, over the last seconds."),
                all,
                PipelineStatus::framesPerSecond);
        each(
                out.gauge(
                        "facegate_recognition_enabled",
                        "Whether recognition is switched on (1) or off (0)."),
                all,
                s -> s.recognizing() ? 1 : 0);
        each(
                out.gauge("facegate_missing_parts", "Parts the pipeline waits for."),
                all,
                s -> s.missing().size());
        durations(out, all);
        recent(out, all);
    }

    private static void frames(Exposition out, List<PipelineStatus> all) {
        each(
                out.counter("facegate_frames_offered_total", "Frames the camera offered."),
                all,
                s -> s.counters().offered());
        each(
                out.counter("facegate_frames_accepted_total", "Frames taken to be processed."),
                all,
                s -> s.counters().accepted());
        each(
                out.counter(
                        "facegate_frames_superseded_total",
                        "Frames that were replaced by a newer one before they were processed."),
                all,
                s -> s.counters().superseded());
        Exposition.Family outcomes =
                out.counter("facegate_frames_total", "Frames processed, by what became of them.");
        for (PipelineStatus status : all) {
            PipelineCounters c = status.counters();
            outcomes.add(c.recognized(), "camera", status.camera(), "outcome", "recognized");
            outcomes.add(c.noFace(), "camera", status.camera(), "outcome", "no_face");
            outcomes.add(c.skipped(), "camera", status.camera(), "outcome", "skipped");
            outcomes.add(c.failed(), "camera", status.camera(), "outcome", "failed");
        }
        each(
                out.gauge("facegate_queue_depth", "Frames waiting to be processed, 0 or 1."),
                all,
                s -> s.counters().waiting());
        each(
                out.gauge("facegate_frames_in_progress", "Frames being processed, 0 or 1."),
                all,
                s -> s.counters().inProgress());
    }

    private static void work(Exposition out, List<PipelineStatus> all) {
        Exposition.Family searched =
                out.counter(
                        "facegate_frames_searched_total",
                        "Frames with a result: searched whole (full), in parts (regions), or only"
                                + " followed by their tracks (tracked).");
        for (PipelineStatus status : all) {
            WorkCounters work = status.work();
            searched.add(work.full(), "camera", status.camera(), "search", "full");
            searched.add(work.regions(), "camera", status.camera(), "search", "regions");
            searched.add(work.tracked(), "camera", status.camera(), "search", "tracked");
        }
        each(
                out.counter("facegate_faces_encoded_total", "Faces turned into descriptors."),
                all,
                s -> s.work().encodedFaces());
    }

    private static void gates(Exposition out, List<PipelineStatus> all) {
        Exposition.Family judged =
                out.counter(
                        "facegate_faces_judged_total",
                        "Encoded faces that went through the quality gates, by verdict: passed, or"
                                + " the first reason for which they do not count.");
        for (PipelineStatus status : all) {
            GateCounters gates = status.gates();
            judged.add(gates.passed(), "camera", status.camera(), "verdict", "passed");
            gates.failed()
                    .forEach(
                            (problem, faces) ->
                                    judged.add(
                                            faces,
                                            "camera",
                                            status.camera(),
                                            "verdict",
                                            problem.name().toLowerCase(Locale.ROOT)));
        }
        each(
                out.counter(
                        "facegate_faces_unjudged_total",
                        "Encoded faces that counted although nothing judged them, while the"
                                + " quality gates are on."),
                all,
                s -> s.gates().unjudged());
        each(
                out.gauge(
                        "facegate_quality_gates_enabled",
                        "Whether only faces that pass the quality gates count (1) or all (0)."),
                all,
                s -> s.gates().on() ? 1 : 0);
    }

    private static void durations(Exposition out, List<PipelineStatus> all) {
        Exposition.Family family =
                out.histogram(
                        "facegate_stage_duration_seconds",
                        "Time of each stage for one frame; capture is the wait before processing,"
                                + " total is from capture to result.");
        for (PipelineStatus status : all) {
            for (StageLatency stage : status.stages()) {
                LatencyHistogram h = stage.all();
                family.add(
                        h.boundsMillis().stream().mapToDouble(b -> b / MILLIS).toArray(),
                        h.counts().stream().mapToLong(Long::longValue).toArray(),
                        h.sumMillis() / MILLIS,
                        "camera",
                        status.camera(),
                        "stage",
                        stage.stage());
            }
        }
    }

    private static void recent(Exposition out, List<PipelineStatus> all) {
        Exposition.Family family =
                out.gauge(
                        "facegate_stage_recent_seconds",
                        "Median (50) and 95th percentile (95) of each stage over the last frames.");
        for (PipelineStatus status : all) {
            for (StageLatency stage : status.stages()) {
                add(family, status, stage.stage(), "50", stage.p50Millis());
                add(family, status, stage.stage(), "95", stage.p95Millis());
            }
        }
    }

    private static void add(
            Exposition.Family family,
            PipelineStatus status,
            String stage,
            String percentile,
            double millis) {
        family.add(
                millis / MILLIS,
                "camera",
                status.camera(),
                "stage",
                stage,
                "percentile",
                percentile);
    }

    private static void each(
            Exposition.Family family,
            List<PipelineStatus> all,
            ToDoubleFunction<PipelineStatus> value) {
        all.forEach(status -> family.add(value.applyAsDouble(status), "camera", status.camera()));
    }
}
