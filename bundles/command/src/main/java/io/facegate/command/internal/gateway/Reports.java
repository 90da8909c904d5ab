// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.model.ModelState;
import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.WorkCounters;
import io.facegate.api.status.Condition;
import io.facegate.command.internal.session.Table;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** States as text for people. */
final class Reports {
    private Reports() {}

    static String conditions(List<Condition> conditions) {
        Table table = new Table("STATE", "PART", "MESSAGE");
        conditions.forEach(c -> table.row(lower(c.level()), c.part(), c.message()));
        return table.toString();
    }

    static String models(List<ModelState> models) {
        Table table = new Table("MODEL", "VERSION", "KIND", "FORMAT", "STATE", "MESSAGE");
        for (ModelState model : models) {
            table.row(
                    model.info().id(),
                    model.info().version(),
                    lower(model.info().kind()),
                    model.info().format(),
                    lower(model.state()),
                    model.message());
        }
        return table.toString();
    }

    static String cameras(List<Camera> cameras) {
        Table table = new Table("CAMERA", "STATE", "SIZE", "FPS", "FRAMES", "LOCATION", "MESSAGE");
        for (Camera camera : cameras) {
            CameraStatus status = camera.status();
            table.row(
                    camera.id(),
                    lower(status.state()),
                    status.width() + "x" + status.height(),
                    String.format(Locale.ROOT, "%.1f", status.framesPerSecond()),
                    Long.toString(status.frames()),
                    camera.location(),
                    status.message());
        }
        return table.toString();
    }

    static String counters(List<PipelineStatus> pipelines) {
        return pipelines.stream().map(Reports::counters).collect(Collectors.joining("\n"));
    }

    private static String counters(PipelineStatus pipeline) {
        PipelineCounters c = pipeline.counters();
        WorkCounters w = pipeline.work();
        String stages =
                pipeline.stages().stream().map(Reports::latency).collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s: recognition %s, %.1f frames/s, %d events%s%n"
                        + "  offered %d = accepted %d + superseded %d + waiting %d%n"
                        + "  accepted %d = recognized %d + no face %d + skipped %d + failed %d"
                        + " + in progress %d%n"
                        + "  searched whole %d + in part %d + tracked only %d, %d faces encoded%n"
                        + "%s  p50/p95 ms: %s%n",
                pipeline.camera(),
                pipeline.recognizing() ? "on" : "off",
                pipeline.framesPerSecond(),
                c.events(),
                pipeline.missing().isEmpty()
                        ? ""
                        : ", waiting for " + String.join(", ", pipeline.missing()),
                c.offered(),
                c.accepted(),
                c.superseded(),
                c.waiting(),
                c.accepted(),
                c.recognized(),
                c.noFace(),
                c.skipped(),
                c.failed(),
                c.inProgress(),
                w.full(),
                w.regions(),
                w.tracked(),
                w.encodedFaces(),
                pipeline.gates().on() ? "  " + gates(pipeline.gates()) + "\n" : "",
                stages);
    }

    /** A line for each camera with quality gates. */
    static String gates(List<PipelineStatus> pipelines) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.gates().on())
                .map(pipeline -> pipeline.camera() + ": " + gates(pipeline.gates()) + "\n")
                .collect(Collectors.joining());
    }

    private static String gates(GateCounters gates) {
        String failed =
                gates.failed().entrySet().stream()
                        .map(e -> " + " + lower(e.getKey()) + " " + e.getValue())
                        .collect(Collectors.joining());
        return "faces judged "
                + gates.judged()
                + " = good "
                + gates.passed()
                + failed
                + (gates.unjudged() > 0 ? ", not judged " + gates.unjudged() : "");
    }

    private static String latency(StageLatency stage) {
        return String.format(
                Locale.ROOT, "%s %.1f/%.1f", stage.stage(), stage.p50Millis(), stage.p95Millis());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
