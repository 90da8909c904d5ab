// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the documents say of MQTT: the channels of the AsyncAPI document and the JSON Schemas of
 * their payloads. Messages are checked with it. Thread-safe.
 */
public final class MessageContract {
    /** The folder of the documents, seen from a module. */
    public static final Path FOLDER = Path.of("../../docs/mqtt");

    /** What {@code mosquitto_sub -v} prints for an empty payload. */
    private static final Set<String> NOTHING = Set.of("", "(null)");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** By the name of the channel. */
    private final Map<String, Channel> channels = new TreeMap<>();

    private final Set<String> sent = new TreeSet<>();

    private record Channel(String address, Pattern topics, long words, List<JsonSchema> payloads) {}

    /** Reads the documents. */
    public MessageContract() {
        try {
            JsonNode document = JSON.readTree(FOLDER.resolve("asyncapi.json").toFile());
            for (Map.Entry<String, JsonNode> one : document.get("channels").properties()) {
                channels.put(one.getKey(), channel(one.getValue()));
            }
            for (JsonNode operation : document.get("operations")) {
                String channel = operation.get("channel").get("$ref").asText();
                if (operation.get("action").asText().equals("send")) {
                    sent.add(channel.substring(channel.lastIndexOf('/') + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Channel channel(JsonNode json) throws IOException {
        String address = json.get("address").asText();
        List<JsonSchema> payloads = new ArrayList<>();
        for (JsonNode message : json.get("messages")) {
            payloads.add(schema(message.get("payload")));
        }
        String[] parts = address.split("/");
        long words = List.of(parts).stream().filter(part -> !part.startsWith("{")).count();
        Pattern topics = Pattern.compile(address.replaceAll("\\{[a-z_]+}", "[^/]+"));
        return new Channel(address, topics, words, payloads);
    }

    private static JsonSchema schema(JsonNode payload) throws IOException {
        JsonNode file = payload.get("$ref");
        return SCHEMAS.getSchema(
                file == null
                        ? payload
                        : JSON.readTree(Files.readString(FOLDER.resolve(file.asText()))));
    }

    /** Names of the channels the gateway sends on. */
    public Set<String> sent() {
        return Set.copyOf(sent);
    }

    /** The channel of a topic; empty when the documents have none. */
    public Optional<String> channel(String topic) {
        return channels.entrySet().stream()
                .filter(one -> one.getValue().topics().matcher(topic).matches())
                .max(Map.Entry.comparingByValue((a, b) -> Long.compare(a.words(), b.words())))
                .map(Map.Entry::getKey);
    }

    /** Where a channel is. */
    public String address(String channel) {
        return channels.get(channel).address();
    }

    /**
     * What is wrong with a message of the gateway; empty when nothing is, when it erases what was
     * retained, and when the documents do not have the gateway send there.
     */
    public List<String> problems(String topic, String payload) {
        Optional<String> name = channel(topic).filter(sent::contains);
        return name.isEmpty() || NOTHING.contains(payload) ? List.of() : problems(name, payload);
    }

    /** The same of a message to the gateway. */
    public List<String> orderProblems(String topic, String payload) {
        Optional<String> name = channel(topic).filter(channel -> !sent.contains(channel));
        return name.isEmpty() ? List.of(topic + " is not obeyed") : problems(name, payload);
    }

    private List<String> problems(Optional<String> name, String payload) {
        List<String> all = new ArrayList<>();
        for (JsonSchema schema : channels.get(name.get()).payloads()) {
            List<String> found = problems(schema, payload);
            if (found.isEmpty()) {
                return List.of();
            }
            found.forEach(problem -> all.add(name.get() + ": " + problem + " in " + payload));
        }
        return all;
    }

    private static List<String> problems(JsonSchema schema, String payload) {
        JsonNode type = schema.getSchemaNode().get("type");
        boolean text = type != null && type.asText().equals("string");
        try {
            JsonNode value = text ? TextNode.valueOf(payload) : JSON.readTree(payload);
            return schema.validate(value).stream().map(Object::toString).toList();
        } catch (JsonProcessingException e) {
            return List.of("no JSON");
        }
    }
}
