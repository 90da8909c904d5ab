// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.facegate.api.camera.Camera;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.status.Condition;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What the gateway does on messages from the broker. For one thread. */
final class Commands {
    /** Where the answer goes when the question has no usable {@code request_id}. */
    static final String NO_REQUEST = "none";

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final Topics topics;
    private final Surroundings around;
    private final Supplier<List<Condition>> conditions;
    private final ErrorReports errors;

    /** What a command does. */
    interface Work {
        JsonElement run(JsonObject request) throws RefusedException;
    }

    /** A message to publish with QoS 1, not retained. */
    record Answer(String topic, String payload) {}

    /** A command cannot be done; the message says why and what to do. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        RefusedException(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    Commands(
            Topics topics,
            Surroundings around,
            Supplier<List<Condition>> conditions,
            ErrorReports errors) {
        this.topics = topics;
        this.around = around;
        this.conditions = conditions;
        this.errors = errors;
    }

    /** What is subscribed to. */
    List<String> filters() {
        return List.of(
                topics.of("+/enabled/set"),
                topics.of("+/recognize/set"),
                topics.of("model/set"),
                topics.of("cmd/+"));
    }

    /** Obeys a message. */
    Optional<Answer> handle(Mailroom.Message message) {
        String base = topics.of("");
        if (message.retained() || !message.topic().startsWith(base)) {
            return Optional.empty();
        }
        String[] parts = message.topic().substring(base.length()).split("/");
        if (parts.length == 2 && parts[0].equals("cmd")) {
            return Optional.of(answer(parts[1], message.payload(), request -> run(parts[1])));
        }
        try {
            if (parts.length == 3 && parts[2].equals("set")) {
                set(parts[0], parts[1], message.payload().strip().toUpperCase(Locale.ROOT));
                return Optional.empty();
            }
            throw new RefusedException(
                    "unsupported",
                    "models cannot be switched over MQTT yet: put the bundle into load/");
        } catch (RefusedException e) {
            return Optional.of(
                    new Answer(
                            topics.of("errors"),
                            errors.payload(e.code, MqttPublisher.PART, e.getMessage())));
        }
    }

    private void set(String camera, String what, String value) throws RefusedException {
        if (!value.equals("ON") && !value.equals("OFF")) {
            throw new RefusedException(
                    "bad_request", camera + "/" + what + "/set takes ON or OFF, nothing else");
        }
        boolean on = value.equals("ON");
        try {
            if (what.equals("enabled")) {
                camera(camera).setEnabled(on);
            } else {
                pipelines(camera).setRecognizing(camera, on);
            }
        } catch (RuntimeException e) {
            throw new RefusedException("failed", camera + "/" + what + "/set: " + e.getMessage());
        }
    }

    private Camera camera(String id) throws RefusedException {
        return around.cameras().stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknownCamera(id));
    }

    private Pipelines pipelines(String camera) throws RefusedException {
        Pipelines pipelines =
                around.pipelines()
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                "unavailable",
                                                "the pipeline's bundle is not running"));
        boolean known =
                around.cameras().stream().anyMatch(c -> c.id().equals(camera))
                        || pipelines.status().stream().anyMatch(s -> s.camera().equals(camera));
        if (!known) {
            throw unknownCamera(camera);
        }
        return pipelines;
    }

    private static RefusedException unknownCamera(String id) {
        return new RefusedException("unknown_camera", "there is no camera " + id);
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
            reply.addProperty("ok", false);
            JsonObject error = new JsonObject();
            error.addProperty("code", e.code);
            error.addProperty("message", e.getMessage());
            reply.add("error", error);
            reply.add("result", JsonNull.INSTANCE);
        }
        return new Answer(topics.of("reply/" + requestId), Json.text(reply));
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

    private JsonElement run(String name) throws RefusedException {
        return switch (name) {
            case "status" -> status();
            case "people" -> people();
            default ->
                    throw new RefusedException(
                            "unknown_command",
                            "there is no command "
                                    + name
                                    + "; there are: backup, erase, people, status");
        };
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

    private JsonObject people() throws RefusedException {
        EncodingStore store =
                around.store()
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                "unavailable", "the store is not running"));
        JsonArray list = new JsonArray();
        for (Person person : store.gallery().people()) {
            JsonObject o = new JsonObject();
            o.addProperty("id", person.id().toString());
            o.addProperty("name", person.name());
            o.addProperty("encodings", person.encodings());
            o.add("created_at", Json.time(person.createdAt()));
            list.add(o);
        }
        JsonObject o = new JsonObject();
        o.add("people", list);
        return o;
    }
}
