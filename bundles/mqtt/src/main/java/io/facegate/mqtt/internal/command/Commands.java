// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.facegate.api.status.Condition;
import io.facegate.mqtt.internal.gateway.Surroundings;
import io.facegate.mqtt.internal.link.Connection;
import io.facegate.mqtt.internal.link.Message;
import io.facegate.mqtt.internal.message.Json;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.internal.report.ErrorReports;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What the gateway does on messages from the broker. For one thread. */
public final class Commands {
    /** Where the answer goes when the question has no usable {@code request_id}. */
    static final String NO_REQUEST = "none";

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final Topics topics;
    private final CameraSwitches switches;
    private final Map<String, Work> quick = new HashMap<>();
    private final Supplier<List<Condition>> conditions;
    private final ErrorReports errors;

    /** What a command does. */
    interface Work {
        JsonElement run(JsonObject request) throws RefusedException;
    }

    /** A message to publish with QoS 1, not retained. */
    public record Answer(String topic, String payload) {}

    /** A command cannot be done; the message says why and what to do. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        RefusedException(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    /**
     * @param conditions of every part of the gateway
     */
    public Commands(
            Topics topics,
            Surroundings around,
            Supplier<List<Condition>> conditions,
            ErrorReports errors) {
        this.topics = topics;
        switches = new CameraSwitches(around);
        this.conditions = conditions;
        this.errors = errors;
        quick.put("status", request -> status());
        quick.putAll(new PeopleCommands(around).commands());
    }

    /** What is subscribed to. */
    public List<String> filters() {
        return List.of(
                topics.of("+/enabled/set"),
                topics.of("+/recognize/set"),
                topics.of("model/set"),
                topics.of("cmd/+"));
    }

    /** Obeys a message. */
    public Optional<Answer> handle(Message message) {
        String base = topics.of("");
        if (message.retained() || !message.topic().startsWith(base)) {
            return Optional.empty();
        }
        String[] parts = message.topic().substring(base.length()).split("/");
        if (parts.length == 2 && parts[0].equals("cmd")) {
            return Optional.of(
                    answer(parts[1], message.payload(), request -> find(parts[1]).run(request)));
        }
        try {
            if (parts.length == 3 && parts[2].equals("set")) {
                switches.set(
                        parts[0], parts[1], message.payload().strip().toUpperCase(Locale.ROOT));
                return Optional.empty();
            }
            throw new RefusedException(
                    "unsupported",
                    "models cannot be switched over MQTT yet: put the bundle into load/");
        } catch (RefusedException e) {
            return Optional.of(
                    new Answer(
                            topics.of("errors"),
                            errors.payload(e.code, Connection.PART, e.getMessage())));
        }
    }

    /** Does a command and answers it, for any thread. */
    Answer answer(String name, String payload, Work work) {
        JsonObject reply = new JsonObject();
        String requestId = NO_REQUEST;
        reply.add("request_id", JsonNull.INSTANCE);
        reply.addProperty("command", name);
        try {
            JsonObject request = parse(payload);
            requestId = requestId(request);
            if (!requestId.equals(NO_REQUEST)) {
                reply.addProperty("request_id", requestId);
            }
            JsonElement result = work.run(request);
            reply.addProperty("ok", true);
            reply.add("error", JsonNull.INSTANCE);
            reply.add("result", result);
        } catch (RefusedException e) {
            refuse(reply, e.code, e.getMessage());
        } catch (RuntimeException e) {
            refuse(reply, "failed", String.valueOf(e.getMessage()));
        }
        return new Answer(topics.of("reply/" + requestId), Json.text(reply));
    }

    private static void refuse(JsonObject reply, String code, String message) {
        reply.addProperty("ok", false);
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        reply.add("error", error);
        reply.add("result", JsonNull.INSTANCE);
    }

    private static JsonObject parse(String payload) throws RefusedException {
        if (payload.isBlank()) {
            return new JsonObject();
        }
        try {
            JsonElement element = JsonParser.parseString(payload);
            if (element.isJsonObject()) {
                return element.getAsJsonObject();
            }
        } catch (JsonParseException e) {
            // said below
        }
        throw new RefusedException(
                "bad_request", "a command is a JSON object, such as {\"request_id\":\"1\"}");
    }

    private static String requestId(JsonObject request) throws RefusedException {
        JsonElement id = request.get("request_id");
        if (id == null || id.isJsonNull()) {
            return NO_REQUEST;
        }
        if (id.isJsonPrimitive() && REQUEST_ID.matcher(id.getAsString()).matches()) {
            return id.getAsString();
        }
        throw new RefusedException(
                "bad_request", "request_id is 1 to 64 letters, digits, dots, - or _");
    }

    private Work find(String name) throws RefusedException {
        Work work = quick.get(name);
        if (work == null) {
            Set<String> all = new TreeSet<>(quick.keySet());
            all.addAll(GalleryCommands.NAMES);
            throw new RefusedException(
                    "unknown_command",
                    "there is no command " + name + "; there are: " + String.join(", ", all));
        }
        return work;
    }

    private JsonObject status() {
        JsonArray list = new JsonArray();
        for (Condition condition : conditions.get()) {
            JsonObject o = new JsonObject();
            o.addProperty("part", condition.part());
            o.addProperty("level", condition.level().name().toLowerCase(Locale.ROOT));
            o.addProperty("message", condition.message());
            list.add(o);
        }
        JsonObject o = new JsonObject();
        o.add("conditions", list);
        return o;
    }
}
