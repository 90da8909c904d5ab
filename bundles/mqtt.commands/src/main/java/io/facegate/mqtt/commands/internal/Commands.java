// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.facegate.api.message.Replies;
import io.facegate.api.status.Condition;
import io.facegate.mqtt.json.Json;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the gateway does on messages of the broker. For one thread, except {@link #stop}. */
final class Commands {
    /** Topics that are obeyed. */
    static final List<String> FILTERS =
            List.of("+/enabled/set", "+/recognize/set", "model/set", "cmd/+");

    /** Where the answer goes when the question has no usable {@code request_id}. */
    private static final String NO_REQUEST = "none";

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final Parts around;
    private final CameraSwitches switches;
    private final ModelCommands models;
    private final Map<String, Work> quick = new HashMap<>();
    private final Map<String, Work> slow;
    private final CommandThread thread = new CommandThread();

    Commands(Parts around) {
        this.around = around;
        switches = new CameraSwitches(around);
        quick.put("status", request -> status());
        quick.putAll(new PeopleCommands(around).commands());
        models = new ModelCommands(around);
        quick.putAll(models.commands());
        quick.putAll(new CorrectionCommands(around).commands());
        slow = new GalleryCommands(around).commands();
    }

    /** Obeys a message; what takes its time is answered later. */
    void obey(String topic, String payload, Replies replies) {
        String[] parts = topic.split("/");
        if (parts.length == 2 && parts[0].equals("cmd")) {
            command(parts[1], payload, replies);
            return;
        }
        try {
            if (topic.equals("model/set")) {
                models.set(payload.strip());
                return;
            }
            if (parts.length != 3 || !parts[2].equals("set")) {
                throw new RefusedException("unsupported", topic + " is not obeyed");
            }
            switches.set(parts[0], parts[1], payload.strip().toUpperCase(Locale.ROOT));
        } catch (RefusedException e) {
            replies.error(e.code(), e.getMessage());
        }
    }

    /** Ends the thread of commands that take their time. */
    void stop() {
        thread.stop();
    }

    private void command(String name, String payload, Replies replies) {
        Work work = slow.get(name);
        if (work == null) {
            answer(name, payload, request -> find(name).run(request), replies);
        } else if (!thread.start(() -> answer(name, payload, work, replies))) {
            answer(name, payload, Commands::tooMany, replies);
        }
    }

    private static JsonElement tooMany(JsonObject request) throws RefusedException {
        throw new RefusedException("unavailable", "too many commands wait: try again later");
    }

    private static void answer(String name, String payload, Work work, Replies replies) {
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
            refuse(reply, e.code(), e.getMessage());
        } catch (RuntimeException e) {
            refuse(reply, "failed", String.valueOf(e.getMessage()));
        }
        replies.send("reply/" + requestId, Json.text(reply));
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
            all.addAll(slow.keySet());
            throw new RefusedException(
                    "unknown_command",
                    "there is no command " + name + "; there are: " + String.join(", ", all));
        }
        return work;
    }

    private JsonObject status() {
        JsonArray list = new JsonArray();
        for (Condition condition : around.conditions()) {
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
