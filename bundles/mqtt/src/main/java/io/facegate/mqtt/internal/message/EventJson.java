// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

import io.facegate.api.frame.Box;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.StageTimes;
import io.facegate.mqtt.json.Json;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A recognition event as JSON, schema 1: every field, always, in a fixed order. */
public final class EventJson {
    static final int SCHEMA = 1;

    private EventJson() {}

    /**
     * The event.
     *
     * @param buffered whether it could not be delivered when it was made
     */
    public static JsonObject of(RecognitionEvent e, String gateway, boolean buffered) {
        JsonObject o = new JsonObject();
        o.addProperty("schema", SCHEMA);
        o.addProperty("type", e.type().name().toLowerCase(Locale.ROOT));
        o.addProperty("event_type", eventType(e));
        o.addProperty("id", e.id());
        o.addProperty("seq", e.sequence());
        o.addProperty("gateway", gateway);
        o.addProperty("camera", e.camera());
        o.add("timestamp", Json.time(e.timestamp()));
        o.add("clock_synchronized", bool(e.clockSynchronized()));
        o.add("start_time", Json.time(e.startTime()));
        o.add("end_time", Json.time(e.endTime()));
        o.add("duration", duration(e));
        addMatch(o, e);
        o.add("box", box(e.box()));
        o.add("frame_size", array(e.frameWidth(), e.frameHeight()));
        o.add("zone", Json.string(e.zone()));
        o.add("model", model(e.model()));
        o.addProperty("detector", e.detector());
        o.add("execution_time", times(e.times()));
        o.add("snapshot", JsonNull.INSTANCE);
        o.addProperty("buffered", buffered);
        o.addProperty("repeated", false);
        return o;
    }

    /** Makes an event one that is sent again, as the broker acknowledged it and lost it. */
    public static void repeat(JsonObject event) {
        event.addProperty("buffered", true);
        event.addProperty("repeated", true);
    }

    /**
     * The same for a Home Assistant event entity: {@code event_type} first, the rest attributes.
     */
    public static JsonObject forCamera(JsonObject event) {
        JsonObject o = new JsonObject();
        o.add("event_type", event.get("event_type"));
        for (Map.Entry<String, JsonElement> field : event.entrySet()) {
            o.add(field.getKey(), field.getValue());
        }
        return o;
    }

    /** Reads an event that waited in the outbox; empty when it is none. */
    public static Optional<JsonObject> parse(String payload) {
        try {
            JsonElement element = JsonParser.parseString(payload);
            return element.isJsonObject() && element.getAsJsonObject().has("camera")
                    ? Optional.of(element.getAsJsonObject())
                    : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    public static JsonObject model(ModelInfo info) {
        JsonObject o = new JsonObject();
        o.addProperty("id", info.id());
        o.addProperty("version", info.version());
        o.addProperty("sha256", info.sha256());
        o.addProperty("format", info.format());
        return o;
    }

    private static String eventType(RecognitionEvent e) {
        if (e.type() == RecognitionEvent.Type.END) {
            return "gone";
        }
        return e.match().known() ? "recognized" : "unknown";
    }

    private static JsonElement duration(RecognitionEvent e) {
        return e.endTime().isPresent()
                ? Json.number(e.duration().toMillis() / 1e3, 3)
                : JsonNull.INSTANCE;
    }

    private static JsonElement bool(Optional<Boolean> value) {
        return value.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE);
    }

    private static void addMatch(JsonObject o, RecognitionEvent e) {
        Match match = e.match();
        o.add("person_id", Json.string(match.personId()));
        o.add("name", Json.string(match.name()));
        o.add("unknown_id", Json.string(e.unknownId()));
        o.add("distance", Json.number(match.distance(), 6));
        o.add("tolerance", Json.number(e.tolerance(), 6));
        o.add("score", Json.number(e.score(), 4));
        o.add("margin", Json.number(match.margin(), 6));
        o.addProperty("strategy", e.strategy().name().toLowerCase(Locale.ROOT));
        JsonObject votes = new JsonObject();
        votes.addProperty("won", match.votesWon());
        votes.addProperty("of", match.votesOf());
        o.add("votes", votes);
    }

    private static JsonArray box(Box box) {
        return array(box.left(), box.top(), box.right(), box.bottom());
    }

    private static JsonArray array(int... values) {
        JsonArray array = new JsonArray();
        for (int value : values) {
            array.add(value);
        }
        return array;
    }

    private static JsonObject times(StageTimes times) {
        JsonObject o = new JsonObject();
        o.add("capture", Json.number(times.capture(), 1));
        o.add("detect", Json.number(times.detect(), 1));
        o.add("track", Json.number(times.track(), 1));
        o.add("encode", Json.number(times.encode(), 1));
        o.add("match", Json.number(times.match(), 1));
        o.add("total", Json.number(times.total(), 1));
        return o;
    }
}
