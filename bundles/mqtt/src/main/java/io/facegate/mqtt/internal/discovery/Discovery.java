// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import io.facegate.mqtt.internal.gateway.HomeSettings;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.json.Json;

import java.util.Map;
import java.util.TreeMap;

/**
 * What Home Assistant and those that understand its discovery are told: one retained message that
 * names the gateway as a device with all its entities (MQTT integration, "Device discovery
 * payload"), or one for each entity.
 */
public final class Discovery {
    /** Below a camera: its last face. */
    public static final String PICTURE = "face/image";

    static final String PERSON = "person_";

    private final String prefix;
    private final Topics topics;
    private final String version;
    private final int statsSeconds;

    /**
     * @param statsSeconds between messages on {@code stats}; 0 for none, and then no entities of it
     */
    public Discovery(String prefix, Topics topics, String version, int statsSeconds) {
        this.prefix = prefix;
        this.topics = topics;
        this.version = version;
        this.statsSeconds = statsSeconds;
    }

    /** Where Home Assistant says {@code online} after it started. */
    public String statusTopic() {
        return prefix + "/status";
    }

    /** Where the message of the device goes. */
    String topic() {
        return prefix + "/device/facegate-" + topics.gateway() + "/config";
    }

    /** Where the message of an entity goes, when each has its own. */
    String topic(String id, String platform) {
        return prefix + "/" + platform + "/facegate-" + topics.gateway() + "/" + id + "/config";
    }

    /** All entities there are, by their ids. */
    Map<String, JsonObject> entities(Told told) {
        Components components = new Components(topics);
        told.cameras()
                .forEach(camera -> CameraEntities.add(components, camera, told, statsSeconds));
        told.people().stream()
                .flatMap(people -> people.stream().limit(told.settings().people()))
                .forEach(p -> PersonEntities.add(components, p, told.settings().trackers()));
        GatewayEntities.add(components, told, statsSeconds);
        return components.all();
    }

    /**
     * The messages by their topics.
     *
     * @param dead entities that are gone, with their platforms
     * @param revived whether they are announced once more: Home Assistant removes only what it
     *     discovered since it was started
     */
    Map<String, String> messages(
            Map<String, JsonObject> entities,
            Map<String, String> dead,
            boolean revived,
            HomeSettings settings) {
        Map<String, String> messages = new TreeMap<>();
        if (settings.single()) {
            entities.forEach(
                    (id, entity) ->
                            messages.put(
                                    topic(id, platform(entity)),
                                    Json.text(single(entity, settings))));
            dead.forEach(
                    (id, platform) ->
                            messages.put(
                                    topic(id, platform),
                                    revived
                                            ? Json.text(single(ghost(id, platform), settings))
                                            : ""));
            return messages;
        }
        JsonObject components = new JsonObject();
        entities.forEach(components::add);
        dead.forEach(
                (id, platform) ->
                        components.add(id, revived ? ghost(id, platform) : removed(platform)));
        JsonObject o = common(settings);
        o.add("components", components);
        messages.put(topic(), Json.text(o));
        return messages;
    }

    static String platform(JsonObject entity) {
        return entity.get("platform").getAsString();
    }

    private JsonObject single(JsonObject entity, HomeSettings settings) {
        JsonObject o = common(settings);
        entity.entrySet().stream()
                .filter(field -> !field.getKey().equals("platform"))
                .forEach(field -> o.add(field.getKey(), field.getValue()));
        return o;
    }

    /** A component with nothing but its platform is removed. */
    private static JsonObject removed(String platform) {
        JsonObject o = new JsonObject();
        o.addProperty("platform", platform);
        return o;
    }

    /** As much of an entity as Home Assistant takes; nobody publishes there. */
    private JsonObject ghost(String id, String platform) {
        JsonObject o = Components.bare(topics, id, platform);
        String nowhere = topics.of("nowhere");
        switch (platform) {
            case "image" -> o.addProperty("image_topic", nowhere);
            case "button", "switch", "number" -> o.addProperty("command_topic", nowhere);
            case "select" -> {
                o.addProperty("command_topic", nowhere);
                o.add("options", list("hog"));
            }
            case "event" -> {
                o.addProperty("state_topic", nowhere);
                o.add("event_types", list("gone"));
            }
            default -> o.addProperty("state_topic", nowhere);
        }
        return o;
    }

    private JsonObject common(HomeSettings settings) {
        JsonObject o = new JsonObject();
        o.add("device", device(settings));
        JsonObject origin = new JsonObject();
        origin.addProperty("name", "Facegate");
        origin.addProperty("sw_version", version);
        o.add("origin", origin);
        o.add("availability", availability());
        o.addProperty("qos", 1);
        return o;
    }

    private JsonObject device(HomeSettings settings) {
        JsonObject o = new JsonObject();
        o.add("identifiers", list("facegate_" + topics.gateway()));
        o.addProperty("name", "Facegate " + topics.gateway());
        o.addProperty("manufacturer", "Facegate");
        o.addProperty("model", "Face-recognition gateway");
        o.addProperty("sw_version", version);
        if (!settings.area().isEmpty()) {
            o.addProperty("suggested_area", settings.area());
        }
        if (!settings.url().isEmpty()) {
            o.addProperty("configuration_url", settings.url());
        }
        return o;
    }

    /** Both {@code stopped} and {@code offline} are not available. */
    private JsonArray availability() {
        JsonObject o = new JsonObject();
        o.addProperty("topic", topics.available());
        o.addProperty("value_template", "{{ 'online' if value == 'online' else 'offline' }}");
        JsonArray list = new JsonArray();
        list.add(o);
        return list;
    }

    private static JsonArray list(String element) {
        JsonArray list = new JsonArray();
        list.add(new JsonPrimitive(element));
        return list;
    }
}
