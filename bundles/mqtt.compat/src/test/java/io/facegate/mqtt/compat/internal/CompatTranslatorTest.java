// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.compat.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.api.frame.Box;
import io.facegate.api.message.TopicMessage;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.recognition.Strategy;

import org.junit.jupiter.api.Test;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

class CompatTranslatorTest {
    private static final Instant START = Instant.parse("2026-11-23T20:00:00.500Z");

    @Test
    void aMatchIsToldAsDoubleTakeDoes() {
        List<TopicMessage> messages = told("double-take", "", event(Type.NEW, "Al/ice"));
        assertThat(messages)
                .extracting(TopicMessage::topic)
                .containsExactly(
                        "double-take/matches/Al_ice",
                        "double-take/cameras/front",
                        "double-take/cameras/front/person");
        assertThat(messages.get(0).payload())
                .isEqualTo(
                        "{\"id\":\"t1\",\"duration\":1.5,\"timestamp\":\"2026-11-23T20:00:02.000Z\","
                                + "\"attempts\":5,\"camera\":\"front\",\"zones\":[\"door\"],"
                                + "\"match\":{\"name\":\"Al/ice\",\"confidence\":75,\"match\":true,"
                                + "\"box\":{\"top\":20,\"left\":10,\"width\":100,\"height\":120},"
                                + "\"type\":\"latest\",\"duration\":0.07,\"detector\":\"facegate\","
                                + "\"filename\":null,\"base64\":null}}");
        JsonObject camera = json(messages.get(1));
        assertThat(camera.getAsJsonArray("matches")).hasSize(1);
        assertThat(camera.getAsJsonArray("unknowns")).isEmpty();
        assertThat(camera.getAsJsonObject("counts").get("match").getAsInt()).isEqualTo(1);
        assertThat(messages.get(2).payload()).isEqualTo("1");
    }

    @Test
    void aStrangerIsToldAsDoubleTakeDoes() {
        List<TopicMessage> messages = told("double-take", "", event(Type.NEW, null));
        assertThat(messages.get(0).topic()).isEqualTo("double-take/matches/unknown");
        assertThat(json(messages.get(0)).getAsJsonObject("unknown").get("match").getAsBoolean())
                .isFalse();
        assertThat(json(messages.get(1)).getAsJsonArray("unknowns")).hasSize(1);
        assertThat(told("double-take", "", event(Type.END, "Alice")))
                .containsExactly(new TopicMessage("double-take/cameras/front/person", "0"));
    }

    @Test
    void aNameIsASubLabelAndAFaceOfFrigate() {
        List<TopicMessage> messages = told("", "frigate", event(Type.UPDATE, "Alice"));
        assertThat(messages)
                .extracting(TopicMessage::topic)
                .containsExactly("frigate/events", "frigate/tracked_object_update");
        JsonObject event = json(messages.get(0));
        assertThat(event.get("type").getAsString()).isEqualTo("update");
        JsonObject after = event.getAsJsonObject("after");
        assertThat(after.get("sub_label").toString()).isEqualTo("[\"Alice\",0.75]");
        assertThat(after.get("label").getAsString()).isEqualTo("person");
        assertThat(after.get("start_time").getAsDouble()).isEqualTo(1795464000.5);
        assertThat(after.get("end_time").isJsonNull()).isTrue();
        assertThat(messages.get(1).payload())
                .isEqualTo(
                        "{\"type\":\"face\",\"id\":\"t1\",\"name\":\"Alice\",\"score\":0.75,"
                                + "\"camera\":\"front\",\"timestamp\":1.795464002E9}");
    }

    @Test
    void theEndAndAStrangerAreNoFacesOfFrigate() {
        assertThat(told("", "frigate", event(Type.END, "Alice"))).hasSize(1);
        List<TopicMessage> stranger = told("", "frigate", event(Type.NEW, null));
        assertThat(stranger).hasSize(1);
        assertThat(json(stranger.get(0)).getAsJsonObject("after").get("sub_label").isJsonNull())
                .isTrue();
    }

    private static List<TopicMessage> told(
            String doubleTake, String frigate, RecognitionEvent event) {
        CompatTranslator.Config config =
                new CompatTranslator.Config() {
                    @Override
                    public String doubleTake() {
                        return doubleTake;
                    }

                    @Override
                    public String frigate() {
                        return frigate;
                    }

                    @Override
                    public Class<? extends Annotation> annotationType() {
                        return CompatTranslator.Config.class;
                    }
                };
        return new CompatTranslator(config).messages(event, "pi-1");
    }

    private static JsonObject json(TopicMessage message) {
        return JsonParser.parseString(message.payload()).getAsJsonObject();
    }

    private static RecognitionEvent event(Type type, String name) {
        boolean known = name != null;
        Match match =
                new Match(
                        known ? Optional.of(UUID.randomUUID()) : Optional.empty(),
                        Optional.ofNullable(name),
                        OptionalDouble.of(known ? 0.3 : 0.9),
                        known ? 4 : 0,
                        5,
                        OptionalDouble.empty());
        return new RecognitionEvent(
                type,
                "t1",
                7,
                "front",
                START.plusMillis(1500),
                START,
                type == Type.END ? Optional.of(START.plusMillis(1500)) : Optional.empty(),
                Duration.ofMillis(1500),
                Optional.of(true),
                match,
                Optional.empty(),
                0.6,
                Strategy.CONSENSUS,
                new Box(10, 20, 110, 140),
                640,
                480,
                Optional.of("door"),
                new ModelInfo("dlib-resnet-v1", ModelKind.ENCODER, "dlib", "1.0.0", "ab", "cd"),
                "hog",
                new StageTimes(1, 55, 1, 9, 0, 66));
    }
}
