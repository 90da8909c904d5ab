// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.WorkCounters;
import io.facegate.command.internal.session.Json;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Cameras and their pipelines for programs. */
final class CameraJson {
    private CameraJson() {}

    static String cameras(List<Camera> cameras) {
        return object("cameras", cameras, CameraJson::camera);
    }

    static String counters(List<PipelineStatus> pipelines) {
        return object("pipelines", pipelines, CameraJson::pipeline);
    }

    private static <T> String object(
            String name, List<T> elements, Function<T, JsonElement> element) {
        JsonArray array = new JsonArray();
        elements.forEach(one -> array.add(element.apply(one)));
        JsonObject root = new JsonObject();
        root.add(name, array);
        return Json.text(root);
    }

    private static JsonObject camera(Camera camera) {
        CameraStatus status = camera.status();
        JsonObject json = new JsonObject();
        json.addProperty("id", camera.id());
        json.addProperty("state", status.state().name().toLowerCase(Locale.ROOT));
        json.addProperty("width", status.width());
        json.addProperty("height", status.height());
        json.addProperty("fps", status.framesPerSecond());
        json.addProperty("frames", status.frames());
        json.addProperty("location", camera.location());
        json.addProperty("message", status.message());
        return json;
    }

    private static JsonObject pipeline(PipelineStatus pipeline) {
        PipelineCounters counters = pipeline.counters();
        WorkCounters work = pipeline.work();
        JsonObject json = new JsonObject();
        json.addProperty("camera", pipeline.camera());
        json.addProperty("recognition", pipeline.recognizing());
        json.addProperty("fps", pipeline.framesPerSecond());
        json.addProperty("offered", counters.offered());
        json.addProperty("accepted", counters.accepted());
        json.addProperty("superseded", counters.superseded());
        json.addProperty("waiting", counters.waiting());
        json.addProperty("recognized", counters.recognized());
        json.addProperty("no_face", counters.noFace());
        json.addProperty("skipped", counters.skipped());
        json.addProperty("failed", counters.failed());
        json.addProperty("in_progress", counters.inProgress());
        json.addProperty("events", counters.events());
        json.addProperty("searched_whole", work.full());
        json.addProperty("searched_in_part", work.regions());
        json.addProperty("tracked_only", work.tracked());
        json.addProperty("faces_encoded", work.encodedFaces());
        json.add("quality_gates", gates(pipeline.gates()));
        JsonObject stages = new JsonObject();
        pipeline.stages().forEach(stage -> stages.add(stage.stage(), latency(stage)));
        json.add("stages", stages);
        JsonArray missing = new JsonArray();
        pipeline.missing().forEach(missing::add);
        json.add("missing", missing);
        return json;
    }

    static JsonObject gates(GateCounters gates) {
        JsonObject json = new JsonObject();
        json.addProperty("on", gates.on());
        json.addProperty("judged", gates.judged());
        json.addProperty("passed", gates.passed());
        gates.failed()
                .forEach(
                        (problem, faces) ->
                                json.addProperty(problem.name().toLowerCase(Locale.ROOT), faces));
        json.addProperty("unjudged", gates.unjudged());
        return json;
    }

    private static JsonObject latency(StageLatency stage) {
        JsonObject json = new JsonObject();
        json.addProperty("p50_ms", stage.p50Millis());
        json.addProperty("p95_ms", stage.p95Millis());
        return json;
    }
}
