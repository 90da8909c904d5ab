// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

import io.facegate.testing.MessageContract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The examples of docs/mqtt/examples.md, one of each message: they have the fields that real
 * messages have, of the same types. With {@code -Dfacegate.documents=write} they are real messages.
 */
final class MessageExamples {
    private static final Path FILE = MessageContract.FOLDER.resolve("examples.md");
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();
    private static final String FENCE = "```";

    /** Objects whose fields are names that somebody gave. */
    private static final Set<String> BY_NAME = Set.of("bundles", "cameras", "stages");

    private static final int LONGEST = 100;
    private static final int MOST = 2;

    /** By title, as they were seen. */
    private final Map<String, String> seen = new LinkedHashMap<>();

    /** What is not the same on every machine, and what stands for it. */
    private final Map<String, String> names = new LinkedHashMap<>();

    void call(String text, String name) {
        names.put(text, name);
    }

    /** Adds a real message; the first of a title stays. */
    void add(String title, String payload) {
        String text = payload;
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        seen.putIfAbsent(title, text);
    }

    /** Compares them with the file, or writes it. */
    void check() throws IOException {
        if ("write".equals(System.getProperty("facegate.documents"))) {
            Files.writeString(FILE, text());
        }
        Map<String, String> written = read();
        assertThat(written.keySet())
                .as("run this test with -Dfacegate.documents=write")
                .containsExactlyInAnyOrderElementsOf(seen.keySet());
        seen.forEach(
                (title, payload) ->
                        assertThat(shape("", value(written.get(title)), value(payload)))
                                .as(title + ": run this test with -Dfacegate.documents=write")
                                .isEmpty());
    }

    private String text() {
        StringBuilder text =
                new StringBuilder(
                        "# One of each message\n\nReal ones, of the sample footage; long texts are"
                                + " cut off, long lists shortened. Made by `MqttCommandsIT`, which fails"
                                + " when they\nare no longer like this. [mqtt.md](../mqtt.md) tells what"
                                + " they mean, [schema](schema) has the JSON Schema of each,"
                                + " [asyncapi.json](asyncapi.json) the topics.\n");
        Map<String, String> topics = new TreeMap<>(seen);
        topics.keySet().removeIf(MessageExamples::isOfCommand);
        Map<String, String> ordered = new LinkedHashMap<>(topics);
        seen.forEach(ordered::putIfAbsent);
        ordered.forEach(
                (title, payload) -> {
                    JsonElement value = value(payload);
                    boolean json = !value.isJsonPrimitive();
                    text.append("\n## ")
                            .append(title)
                            .append("\n")
                            .append(FENCE)
                            .append(json ? "json" : "")
                            .append('\n')
                            .append(json ? GSON.toJson(shortened("", value)) : payload)
                            .append('\n')
                            .append(FENCE)
                            .append('\n');
                });
        return text.toString();
    }

    private static boolean isOfCommand(String title) {
        return title.startsWith("`…/cmd/") || title.startsWith("`…/reply/");
    }

    private static Map<String, String> read() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        for (String part : Files.readString(FILE).split("\n## ")) {
            int start = part.indexOf(FENCE);
            if (start > 0) {
                int line = part.indexOf('\n', start) + 1;
                all.put(
                        part.substring(0, part.indexOf('\n')),
                        part.substring(line, part.indexOf("\n" + FENCE, line)));
            }
        }
        return all;
    }

    private static JsonElement value(String payload) {
        try {
            JsonElement value = JsonParser.parseString(payload);
            return value.isJsonObject() ? value : new JsonPrimitive(payload);
        } catch (JsonParseException e) {
            return new JsonPrimitive(payload);
        }
    }

    private static JsonElement shortened(String name, JsonElement value) {
        if (value instanceof JsonObject object) {
            JsonObject result = new JsonObject();
            for (Map.Entry<String, JsonElement> one : object.entrySet()) {
                if (!BY_NAME.contains(name) || result.size() < MOST) {
                    result.add(one.getKey(), shortened(one.getKey(), one.getValue()));
                }
            }
            return result;
        }
        if (value instanceof JsonArray array) {
            JsonArray result = new JsonArray();
            boolean objects = !array.isEmpty() && array.get(0).isJsonObject();
            for (JsonElement one : array) {
                if (!objects || result.size() < MOST) {
                    result.add(shortened("", one));
                }
            }
            return result;
        }
        boolean text = value instanceof JsonPrimitive p && p.isString();
        return text && value.getAsString().length() > LONGEST
                ? new JsonPrimitive(value.getAsString().substring(0, LONGEST) + "...")
                : value;
    }

    /** Where two values are not alike; empty when they are. */
    private static String shape(String name, JsonElement a, JsonElement b) {
        if (a instanceof JsonNull || b instanceof JsonNull) {
            return "";
        }
        if (a instanceof JsonObject one && b instanceof JsonObject two) {
            if (BY_NAME.contains(name)) {
                return one.isEmpty() || two.isEmpty()
                        ? ""
                        : shape(name + "/*", first(one), first(two));
            }
            if (!one.keySet().equals(two.keySet())) {
                return name + " has " + one.keySet() + " and " + two.keySet();
            }
            for (String key : one.keySet()) {
                String wrong = shape(key, one.get(key), two.get(key));
                if (!wrong.isEmpty()) {
                    return wrong;
                }
            }
            return "";
        }
        if (a instanceof JsonArray one && b instanceof JsonArray two) {
            return one.isEmpty() || two.isEmpty() ? "" : shape(name + "[]", one.get(0), two.get(0));
        }
        return kind(a).equals(kind(b)) ? "" : name + " is " + a + " and " + b;
    }

    private static JsonElement first(JsonObject object) {
        return object.entrySet().iterator().next().getValue();
    }

    private static String kind(JsonElement value) {
        if (value instanceof JsonPrimitive p) {
            return p.isString() ? "text" : p.isNumber() ? "number" : "flag";
        }
        return value.isJsonArray() ? "list" : "object";
    }
}
