// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.compat.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import io.facegate.api.frame.Box;
import io.facegate.api.message.TopicMessage;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.mqtt.json.Json;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Frigate 0.16 (documentation, "MQTT"): {@code events} of a person with the name as sub label, and
 * of a name {@code tracked_object_update} of the type {@code face}. What Frigate alone knows
 * (clips, motion, false positives) is not told of.
 */
record Frigate(String prefix) implements Shape {
    @Override
    public List<TopicMessage> of(RecognitionEvent event) {
        JsonObject after = object(event);
        JsonObject o = new JsonObject();
        o.add("before", after);
        o.add("after", after);
        o.addProperty("type", event.type().name().toLowerCase(Locale.ROOT));
        TopicMessage events = new TopicMessage(prefix + "/events", Json.text(o));
        if (event.type() == Type.END || !event.match().known()) {
            return List.of(events);
        }
        return List.of(
                events,
                new TopicMessage(prefix + "/tracked_object_update", Json.text(face(event))));
    }

    private static JsonObject face(RecognitionEvent event) {
        JsonObject o = new JsonObject();
        o.addProperty("type", "face");
        o.addProperty("id", event.id());
        o.addProperty("name", event.match().name().orElse(""));
        o.add("score", score(event));
        o.addProperty("camera", event.camera());
        o.add("timestamp", seconds(event.timestamp()));
        return o;
    }

    private static JsonObject object(RecognitionEvent event) {
        JsonObject o = new JsonObject();
        o.addProperty("id", event.id());
        o.addProperty("camera", event.camera());
        o.add("frame_time", seconds(event.timestamp()));
        o.addProperty("label", "person");
        o.add("sub_label", subLabel(event));
        o.add("top_score", score(event));
        o.addProperty("false_positive", false);
        o.add("start_time", seconds(event.startTime()));
        o.add(
                "end_time",
                event.endTime().<JsonElement>map(Frigate::seconds).orElse(JsonNull.INSTANCE));
        o.add("score", score(event));
        Box box = event.box();
        JsonArray corners = new JsonArray();
        List.of(box.left(), box.top(), box.right(), box.bottom()).forEach(corners::add);
        o.add("box", corners);
        o.addProperty("area", box.area());
        o.add("current_zones", zones(event, event.type() != Type.END));
        o.add("entered_zones", zones(event, true));
        JsonObject attributes = new JsonObject();
        attributes.add("face", score(event));
        o.add("attributes", attributes);
        o.addProperty("has_clip", false);
        o.addProperty("has_snapshot", false);
        return o;
    }

    private static JsonElement subLabel(RecognitionEvent event) {
        if (event.match().name().isEmpty()) {
            return JsonNull.INSTANCE;
        }
        JsonArray pair = new JsonArray();
        pair.add(event.match().name().get());
        pair.add(score(event));
        return pair;
    }

    private static JsonArray zones(RecognitionEvent event, boolean there) {
        JsonArray zones = new JsonArray();
        event.zone().filter(zone -> there).ifPresent(zones::add);
        return zones;
    }

    private static JsonElement score(RecognitionEvent event) {
        return Json.number(Shape.score(event), 2);
    }

    private static JsonElement seconds(Instant moment) {
        return new JsonPrimitive(moment.toEpochMilli() / 1e3);
    }
}
