// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.compat.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

import io.facegate.api.frame.Box;
import io.facegate.api.message.TopicMessage;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.mqtt.json.Json;

import java.util.List;

/**
 * Double Take 1.13 (README, "MQTT"): {@code matches/<name>}, {@code matches/unknown}, {@code
 * cameras/<camera>}, and the number of people on {@code cameras/<camera>/person}. Pictures are not
 * told of: {@code filename} and {@code base64} are null.
 */
record DoubleTake(String prefix) implements Shape {
    private static final String UNKNOWN = "unknown";

    @Override
    public List<TopicMessage> of(RecognitionEvent event) {
        String cameras = prefix + "/cameras/" + Shape.level(event.camera());
        if (event.type() == Type.END) {
            return List.of(new TopicMessage(cameras + "/person", "0"));
        }
        boolean known = event.match().known();
        String name = event.match().name().orElse(UNKNOWN);
        JsonObject result = result(event, name, known);
        JsonObject match = common(event);
        match.add(known ? "match" : UNKNOWN, result);
        return List.of(
                new TopicMessage(prefix + "/matches/" + Shape.level(name), Json.text(match)),
                new TopicMessage(cameras, Json.text(camera(event, result, known))),
                new TopicMessage(cameras + "/person", "1"));
    }

    private static JsonObject camera(RecognitionEvent event, JsonObject result, boolean known) {
        JsonObject camera = common(event);
        camera.add("matches", list(result, known));
        camera.add("misses", new JsonArray());
        camera.add("unknowns", list(result, !known));
        JsonObject counts = new JsonObject();
        counts.addProperty("person", 1);
        counts.addProperty("match", known ? 1 : 0);
        counts.addProperty("miss", 0);
        counts.addProperty(UNKNOWN, known ? 0 : 1);
        camera.add("counts", counts);
        return camera;
    }

    private static JsonObject common(RecognitionEvent event) {
        JsonObject o = new JsonObject();
        o.addProperty("id", event.id());
        o.add("duration", Json.number(event.duration().toMillis() / 1e3, 2));
        o.add("timestamp", Json.time(event.timestamp()));
        o.addProperty("attempts", Math.max(1, event.match().votesOf()));
        o.addProperty("camera", event.camera());
        JsonArray zones = new JsonArray();
        event.zone().ifPresent(zones::add);
        o.add("zones", zones);
        return o;
    }

    private static JsonObject result(RecognitionEvent event, String name, boolean known) {
        JsonObject o = new JsonObject();
        o.addProperty("name", name);
        o.add("confidence", Json.number(100 * Shape.score(event), 2));
        o.addProperty("match", known);
        Box box = event.box();
        JsonObject b = new JsonObject();
        b.addProperty("top", box.top());
        b.addProperty("left", box.left());
        b.addProperty("width", box.width());
        b.addProperty("height", box.height());
        o.add("box", b);
        o.addProperty("type", "latest");
        o.add("duration", Json.number(event.times().total() / 1e3, 2));
        o.addProperty("detector", "facegate");
        o.add("filename", JsonNull.INSTANCE);
        o.add("base64", JsonNull.INSTANCE);
        return o;
    }

    private static JsonArray list(JsonObject result, boolean has) {
        JsonArray list = new JsonArray();
        if (has) {
            list.add(result);
        }
        return list;
    }
}
