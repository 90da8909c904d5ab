// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import io.facegate.api.camera.Camera;
import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.WorkCounters;
import io.facegate.metrics.process.ProcessFigures;
import io.facegate.mqtt.internal.gateway.Surroundings;
import io.facegate.mqtt.json.Json;

import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The payload of {@code stats}. */
public final class StatsJson {
    private static final RuntimeMXBean MACHINE = ManagementFactory.getRuntimeMXBean();

    private StatsJson() {}

    /**
     * How the publisher itself does.
     *
     * @param published events acknowledged by the broker since the start
     * @param queue events waiting in memory
     * @param outbox events waiting in the outbox
     * @param dropped events lost since the start
     */
    public record Own(long published, int queue, long outbox, long dropped) {}

    static String of(String gateway, Surroundings around, Own own) {
        JsonObject o = new JsonObject();
        o.add("timestamp", Json.time(Instant.now()));
        o.addProperty("gateway", gateway);
        JsonObject cameras = new JsonObject();
        List<Camera> services = around.cameras();
        for (PipelineStatus status : around.pipelines().map(Pipelines::status).orElse(List.of())) {
            cameras.add(status.camera(), camera(status, services));
        }
        o.add("cameras", cameras);
        JsonObject mqtt = new JsonObject();
        mqtt.addProperty("published", own.published());
        mqtt.addProperty("queue_depth", own.queue());
        mqtt.addProperty("outbox", own.outbox());
        mqtt.addProperty("dropped", own.dropped());
        o.add("mqtt", mqtt);
        o.add("process", process(ProcessFigures.read()));
        return Json.text(o);
    }

    private static JsonObject process(ProcessFigures p) {
        JsonObject o = new JsonObject();
        o.add("resident_bytes", number(p.residentBytes()));
        o.addProperty("heap_used_bytes", p.heapUsedBytes());
        o.addProperty("heap_max_bytes", p.heapMaxBytes());
        o.add("threads", number(p.threads()));
        o.add("open_files", number(p.openFiles()));
        o.add("cpu_seconds", seconds(p.cpuTime()));
        o.add(
                "uptime_seconds",
                // not from the start's date: the clock may have been set since
                seconds(Optional.of(Duration.ofMillis(MACHINE.getUptime()))));
        return o;
    }

    private static JsonElement number(OptionalLong value) {
        return value.isPresent() ? new JsonPrimitive(value.getAsLong()) : JsonNull.INSTANCE;
    }

    private static JsonElement seconds(Optional<Duration> duration) {
        return duration.map(d -> Json.number(d.toMillis() / 1e3, 2)).orElse(JsonNull.INSTANCE);
    }

    private static JsonObject camera(PipelineStatus status, List<Camera> services) {
        PipelineCounters c = status.counters();
        JsonObject o = new JsonObject();
        o.add("fps", Json.number(status.framesPerSecond(), 2));
        services.stream()
                .filter(s -> s.id().equals(status.camera()))
                .findFirst()
                .ifPresent(s -> o.add("capture_fps", Json.number(s.status().framesPerSecond(), 2)));
        o.addProperty("queue_depth", c.waiting());
        o.addProperty("drops", c.superseded());
        o.add("frames", frames(c));
        o.add("work", work(status.work()));
        o.add("gates", gates(status.gates()));
        JsonObject stages = new JsonObject();
        for (StageLatency latency : status.stages()) {
            JsonObject stage = new JsonObject();
            stage.add("p50", Json.number(latency.p50Millis(), 1));
            stage.add("p95", Json.number(latency.p95Millis(), 1));
            stages.add(latency.stage(), stage);
        }
        o.add("stages", stages);
        return o;
    }

    private static JsonObject work(WorkCounters w) {
        JsonObject o = new JsonObject();
        o.addProperty("full", w.full());
        o.addProperty("regions", w.regions());
        o.addProperty("tracked", w.tracked());
        o.addProperty("encoded_faces", w.encodedFaces());
        return o;
    }

    private static JsonObject gates(GateCounters g) {
        JsonObject o = new JsonObject();
        o.addProperty("on", g.on());
        o.addProperty("judged", g.judged());
        o.addProperty("passed", g.passed());
        JsonObject failed = new JsonObject();
        g.failed().forEach((p, n) -> failed.addProperty(p.name().toLowerCase(Locale.ROOT), n));
        o.add("failed", failed);
        o.addProperty("unjudged", g.unjudged());
        return o;
    }

    private static JsonObject frames(PipelineCounters c) {
        JsonObject o = new JsonObject();
        o.addProperty("offered", c.offered());
        o.addProperty("accepted", c.accepted());
        o.addProperty("superseded", c.superseded());
        o.addProperty("waiting", c.waiting());
        o.addProperty("recognized", c.recognized());
        o.addProperty("no_face", c.noFace());
        o.addProperty("skipped", c.skipped());
        o.addProperty("failed", c.failed());
        o.addProperty("in_progress", c.inProgress());
        o.addProperty("events", c.events());
        return o;
    }
}
