// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.util.List;

/** The AsyncAPI 3 document: what the gateway sends and receives. */
public final class AsyncApi {
    private static final String SCHEMAS = "schema/";

    private final JsonObject channels = new JsonObject();
    private final JsonObject operations = new JsonObject();

    /** How a message is sent. */
    private record Delivery(int qos, boolean retained) {}

    private static final Delivery STATE = new Delivery(1, true);
    private static final Delivery EVENT = new Delivery(1, false);
    private static final Delivery FIGURES = new Delivery(0, false);

    private AsyncApi() {}

    /**
     * The document.
     *
     * @param commands names of all commands
     */
    public static JsonObject document(List<String> commands) {
        AsyncApi api = new AsyncApi();
        api.states();
        api.events();
        api.orders();
        commands.forEach(api::command);
        JsonObject info = new JsonObject();
        info.addProperty("title", "Facegate over MQTT");
        info.addProperty("version", "1.0.0");
        info.addProperty(
                "description",
                "What a gateway publishes and obeys. prefix is facegate unless configured otherwise,"
                        + " gateway its id. Made by the build; docs/mqtt.md tells more.");
        JsonObject licence = new JsonObject();
        licence.addProperty("name", "Apache-2.0");
        info.add("license", licence);
        JsonObject document = new JsonObject();
        document.addProperty("asyncapi", "3.0.0");
        document.add("info", info);
        document.addProperty("defaultContentType", "application/json");
        document.add("channels", api.channels);
        document.add("operations", api.operations);
        return document;
    }

    private void states() {
        send(
                "available",
                "available",
                "Whether the gateway is there",
                words("online", "stopped", "offline"),
                STATE);
        send("info", "info", "The gateway, its bundles and cameras", file("info"), STATE);
        send(
                "present",
                "{camera}/present",
                "Names of the known people there, or nobody",
                text(""),
                STATE);
        send("people", "{camera}/person", "Number of known people there", number(), STATE);
        send("unknown", "{camera}/unknown", "Number of unknown people there", number(), STATE);
        send("occupancy", "{camera}/occupancy", "Whether there is any face", onOff(), STATE);
        send(
                "stage",
                "{camera}/status/{stage}",
                "Whether capture, detect, encode or match work",
                words("online", "offline", "disabled"),
                STATE);
        send("enabled", "{camera}/enabled/state", "Whether the camera is on", onOff(), STATE);
        send("recognize", "{camera}/recognize/state", "Whether it recognises", onOff(), STATE);
        send(
                "personState",
                "person/{person}/state",
                "Id of the camera that sees the person, or away",
                text("^[a-z0-9_-]+$"),
                STATE);
        send(
                "personAttributes",
                "person/{person}/attributes",
                "The last event of the person",
                file("event"),
                STATE);
        send(
                "personLastSeen",
                "person/{person}/last_seen",
                "When the person was last seen, or None",
                text("^(None|[0-9-]+T[0-9:.]+Z)$"),
                STATE);
        send(
                "faceImage",
                "{camera}/face/image",
                "The last face, a JPEG in base64; when asked for",
                text("^[A-Za-z0-9+/=]*$"),
                STATE);
        send("problem", "problem", "What is wrong with the gateway", file("problem"), STATE);
        send("setting", "settings/{setting}/state", "What is set", text("^\\S+$"), STATE);
        send("modelUpdate", "model/update", "The encoder offered", file("model-update"), STATE);
        send("models", "model/state", "The models there are", file("models"), STATE);
    }

    private void events() {
        send("events", "events", "Every recognition event", file("event"), EVENT);
        send(
                "eventsMark",
                "events/mark",
                "How far events were acknowledged; the gateway reads it itself",
                text("^[0-9]+$"),
                STATE);
        send("cameraEvent", "{camera}/event", "The events of one camera", file("event"), EVENT);
        send("stats", "stats", "Figures, every ten seconds", file("stats"), FIGURES);
        send("errors", "errors", "Something went wrong, or was not obeyed", file("error"), EVENT);
        send("reply", "reply/{request}", "Answer to a command", file("reply"), EVENT);
    }

    private void orders() {
        receive("setEnabled", "{camera}/enabled/set", "Opens or releases the camera", onOff());
        receive("setRecognize", "{camera}/recognize/set", "Starts or stops recognising", onOff());
        receive(
                "setModel",
                "model/set",
                "Id of an encoder to be used, or rollback",
                text("^\\S+$"));
    }

    private void send(
            String name, String below, String summary, JsonObject payload, Delivery delivery) {
        channel(name, below, summary, payload);
        JsonObject mqtt = new JsonObject();
        mqtt.addProperty("qos", delivery.qos());
        mqtt.addProperty("retain", delivery.retained());
        mqtt.addProperty("bindingVersion", "0.2.0");
        JsonObject bindings = new JsonObject();
        bindings.add("mqtt", mqtt);
        JsonObject operation = operation("send", name, summary);
        operation.add("bindings", bindings);
        operations.add("send_" + name, operation);
    }

    private void receive(String name, String below, String summary, JsonObject payload) {
        channel(name, below, summary, payload);
        operations.add("receive_" + name, operation("receive", name, summary));
    }

    private void command(String command) {
        String name = "command_" + command;
        receive(name, "cmd/" + command, "The command " + command, file("command-" + command));
        JsonObject signed = message("Signed with the shared secret", file("signed-command"));
        channels.getAsJsonObject(name).getAsJsonObject("messages").add("signed", signed);
        JsonObject address = new JsonObject();
        address.addProperty("location", "$message.header#/responseTopic");
        address.addProperty(
                "description",
                "The response topic of MQTT 5; without one reply/ and the request_id, or none");
        JsonObject reply = new JsonObject();
        reply.add("address", address);
        reply.add("channel", reference("#/channels/reply"));
        operations.getAsJsonObject("receive_" + name).add("reply", reply);
    }

    private void channel(String name, String below, String summary, JsonObject payload) {
        String address = "{prefix}/{gateway}/" + below;
        JsonObject parameters = new JsonObject();
        for (String part : address.split("/")) {
            if (part.startsWith("{")) {
                parameters.add(part.substring(1, part.length() - 1), new JsonObject());
            }
        }
        JsonObject messages = new JsonObject();
        messages.add("message", message(summary, payload));
        JsonObject channel = new JsonObject();
        channel.addProperty("address", address);
        channel.addProperty("summary", summary);
        channel.add("parameters", parameters);
        channel.add("messages", messages);
        channels.add(name, channel);
    }

    private static JsonObject message(String summary, JsonObject payload) {
        JsonObject message = new JsonObject();
        message.addProperty("summary", summary);
        if (!payload.has("$ref")) {
            message.addProperty("contentType", "text/plain");
        }
        message.add("payload", payload);
        return message;
    }

    private static JsonObject operation(String action, String channel, String summary) {
        JsonObject operation = new JsonObject();
        operation.addProperty("action", action);
        operation.add("channel", reference("#/channels/" + channel));
        operation.addProperty("summary", summary);
        return operation;
    }

    private static JsonObject reference(String to) {
        JsonObject reference = new JsonObject();
        reference.addProperty("$ref", to);
        return reference;
    }

    private static JsonObject file(String name) {
        return reference(SCHEMAS + name + ".json");
    }

    private static JsonObject text(String pattern) {
        JsonObject schema = new JsonObject();
        schema.addProperty("type", "string");
        if (!pattern.isEmpty()) {
            schema.addProperty("pattern", pattern);
        }
        return schema;
    }

    private static JsonObject number() {
        return text("^[0-9]+$");
    }

    private static JsonObject onOff() {
        return words("ON", "OFF");
    }

    private static JsonObject words(String... words) {
        JsonArray all = new JsonArray();
        for (String word : words) {
            all.add(word);
        }
        JsonObject schema = text("");
        schema.add("enum", all);
        return schema;
    }
}
