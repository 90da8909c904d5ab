// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;

import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.mqtt.internal.fake.Gateway;
import io.facegate.mqtt.json.Json;

import org.junit.jupiter.api.Test;

class EventJsonTest {
    @Test
    void hasEveryFieldOfSchema1InOrder() {
        JsonObject json =
                EventJson.of(
                        Gateway.event(Type.END, "t-1", 42, Gateway.alice(0.4321987654)),
                        "pi-0001",
                        true);
        assertThat(Json.text(json))
                .isEqualTo(
                        "{\"schema\":1,\"type\":\"end\",\"event_type\":\"gone\",\"id\":\"t-1\","
                                + "\"seq\":42,\"gateway\":\"pi-0001\",\"camera\":\"front\","
                                + "\"timestamp\":\"2026-11-23T20:00:01.623Z\","
                                + "\"clock_synchronized\":true,"
                                + "\"start_time\":\"2026-11-23T20:00:00.123Z\","
                                + "\"end_time\":\"2026-11-23T20:00:01.623Z\",\"duration\":1.5,"
                                + "\"person_id\":\"0b5e7d64-53a1-4f0c-9c8b-0e2b7f1c9a11\","
                                + "\"name\":\"Alice\",\"unknown_id\":null,\"distance\":0.432199,"
                                + "\"tolerance\":0.6,\"score\":0.6398,\"margin\":null,"
                                + "\"strategy\":\"consensus\",\"votes\":{\"won\":4,\"of\":5},"
                                + "\"box\":[10,20,110,140],\"frame_size\":[640,480],\"zone\":\"door\","
                                + "\"model\":{\"id\":\"dlib-resnet-v1\",\"version\":\"1.0.0\","
                                + "\"sha256\":\"ab12\",\"format\":\"dlib\"},\"detector\":\"hog\","
                                + "\"execution_time\":{\"capture\":1.2,\"detect\":55.6,"
                                + "\"track\":0.5,\"encode\":9.1,\"match\":0,\"total\":66},"
                                + "\"snapshot\":null,\"buffered\":true,\"repeated\":false}");
    }

    @Test
    void saysNullForWhatIsNotKnown() {
        JsonObject json =
                EventJson.of(
                        Gateway.event(Type.NEW, "t-1", 42, Gateway.unknown()), "pi-0001", false);
        assertThat(json.get("event_type").getAsString()).isEqualTo("unknown");
        assertThat(json.get("end_time").isJsonNull()).isTrue();
        assertThat(json.get("duration").isJsonNull()).isTrue();
        assertThat(json.get("name").isJsonNull()).isTrue();
        assertThat(json.get("person_id").isJsonNull()).isTrue();
        assertThat(json.get("unknown_id").getAsString()).isEqualTo(Gateway.STRANGER.toString());
        assertThat(json.get("margin").getAsDouble()).isEqualTo(0.05);
        assertThat(json.get("buffered").getAsBoolean()).isFalse();
    }

    @Test
    void putsTheEventTypeFirstForHomeAssistant() {
        JsonObject json =
                EventJson.forCamera(
                        EventJson.of(
                                Gateway.event(Type.UPDATE, "t", 1, Gateway.alice(0.3)),
                                "g",
                                false));
        assertThat(Json.text(json)).startsWith("{\"event_type\":\"recognized\",\"schema\":1,");
        assertThat(json.size()).isEqualTo(30);
    }
}
