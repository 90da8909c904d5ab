// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.mqtt.internal.fake.Gateway;

import org.junit.jupiter.api.Test;

import java.util.List;

class StatsJsonTest {
    private final Gateway gateway = new Gateway();

    @Test
    void tellsEveryStageOfEveryCamera() {
        JsonObject front = stats().getAsJsonObject("cameras").getAsJsonObject("front");
        JsonObject stages = front.getAsJsonObject("stages");
        assertThat(stages.keySet())
                .containsExactly("capture", "detect", "track", "encode", "match", "total");
        for (String stage : stages.keySet()) {
            JsonObject figures = stages.getAsJsonObject(stage);
            assertThat(figures.get("p50").getAsDouble())
                    .as(stage)
                    .isPositive()
                    .isLessThanOrEqualTo(figures.get("p95").getAsDouble());
        }
        assertThat(stages.getAsJsonObject("detect").toString())
                .isEqualTo("{\"p50\":55.1,\"p95\":80.5}");
        assertThat(front.keySet())
                .contains("fps", "capture_fps", "queue_depth", "drops", "frames", "work");
    }

    @Test
    void framesAddUp() {
        JsonObject front = stats().getAsJsonObject("cameras").getAsJsonObject("front");
        JsonObject frames = front.getAsJsonObject("frames");
        assertThat(sum(frames, "accepted", "superseded", "waiting"))
                .isEqualTo(sum(frames, "offered"));
        assertThat(sum(frames, "recognized", "no_face", "skipped", "failed", "in_progress"))
                .isEqualTo(sum(frames, "accepted"));
        assertThat(sum(front.getAsJsonObject("work"), "full", "regions", "tracked"))
                .isEqualTo(sum(frames, "recognized", "no_face"));
        assertThat(sum(front, "drops")).isEqualTo(sum(frames, "superseded"));
        assertThat(sum(front, "queue_depth")).isEqualTo(sum(frames, "waiting"));
    }

    @Test
    void facesJudgedAddUpByReason() {
        JsonObject front = stats().getAsJsonObject("cameras").getAsJsonObject("front");
        JsonObject gates = front.getAsJsonObject("gates");
        JsonObject failed = gates.getAsJsonObject("failed");
        assertThat(gates.get("on").getAsBoolean()).isTrue();
        assertThat(failed.keySet())
                .containsExactly("small", "blurred", "turned", "light", "unsure");
        assertThat(sum(failed, "blurred")).isEqualTo(2);
        assertThat(
                        sum(gates, "passed")
                                + sum(failed, "small", "blurred", "turned", "light", "unsure"))
                .isEqualTo(sum(gates, "judged"));
        assertThat(sum(gates, "judged", "unjudged"))
                .isEqualTo(sum(front.getAsJsonObject("work"), "encoded_faces"));
    }

    @Test
    void tellsWhatTheProcessTakes() {
        JsonObject process = stats().getAsJsonObject("process");
        assertThat(process.keySet())
                .containsExactly(
                        "resident_bytes",
                        "heap_used_bytes",
                        "heap_max_bytes",
                        "threads",
                        "open_files",
                        "cpu_seconds",
                        "uptime_seconds");
        process.keySet()
                .forEach(key -> assertThat(process.get(key).getAsDouble()).as(key).isPositive());
    }

    @Test
    void tellsOfItselfWithoutAnyPipeline() {
        gateway.hasPipelines = false;
        JsonObject stats = stats();
        assertThat(stats.getAsJsonObject("cameras").keySet()).isEmpty();
        assertThat(stats.getAsJsonObject("mqtt").toString())
                .isEqualTo("{\"published\":1,\"queue_depth\":2,\"outbox\":3,\"dropped\":4}");
    }

    private JsonObject stats() {
        String json = StatsJson.of("pi-0001", gateway, new StatsJson.Own(1, 2, 3, 4));
        return JsonParser.parseString(json).getAsJsonObject();
    }

    private static long sum(JsonObject counters, String... names) {
        return List.of(names).stream().mapToLong(name -> counters.get(name).getAsLong()).sum();
    }
}
