// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.json.Json;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Home Assistant's device discovery (MQTT integration, "Device discovery payload"): one retained
 * message names the gateway as a device with all entities of all its cameras. For one thread.
 */
public final class Discovery {
    private final String prefix;
    private final Topics topics;
    private final String version;
    private final int statsIntervalSeconds;

    /**
     * Entities told of since the start and their platforms: a removed one must be named as such.
     */
    private final Map<String, String> told = new TreeMap<>();

    /**
     * @param statsIntervalSeconds between messages on {@code stats}; 0 for none, and then no
     *     entities of it
     */
    public Discovery(String prefix, Topics topics, String version, int statsIntervalSeconds) {
        this.prefix = prefix;
        this.topics = topics;
        this.version = version;
        this.statsIntervalSeconds = statsIntervalSeconds;
    }

    /** Where the message goes. */
    public String topic() {
        return prefix + "/device/facegate-" + topics.gateway() + "/config";
    }

    /** Where Home Assistant says {@code online} after it started. */
    public String statusTopic() {
        return prefix + "/status";
    }

    /** What is said: all entities of these cameras, and which are gone. */
    public String message(Set<String> cameras) {
        JsonObject components = new JsonObject();
        for (String camera : cameras) {
            addCamera(components, camera);
        }
        if (statsIntervalSeconds > 0) {
            cameras.forEach(camera -> addStats(components, camera));
            addMemory(components);
        }
        told.forEach(
                (id, platform) -> {
                    if (!components.has(id)) {
                        components.add(id, removed(platform));
                    }
                });
        JsonObject o = new JsonObject();
        o.add("device", device());
        o.add("origin", origin());
        o.add("availability", availability());
        o.addProperty("qos", 1);
        o.add("components", components);
        return Json.text(o);
    }

    private void addCamera(JsonObject components, String camera) {
        JsonObject event = entity(components, camera, "event", "event", "Face");
        event.addProperty("state_topic", topics.camera(camera, "event"));
        JsonArray types = new JsonArray();
        types.add("recognized");
        types.add("unknown");
        types.add("gone");
        event.add("event_types", types);
        event.addProperty("icon", "mdi:face-recognition");

        JsonObject occupancy =
                entity(components, camera, "occupancy", "binary_sensor", "Occupancy");
        occupancy.addProperty("state_topic", topics.camera(camera, "occupancy"));
        occupancy.addProperty("device_class", "occupancy");

        JsonObject present = entity(components, camera, "present", "sensor", "Present");
        present.addProperty("state_topic", topics.camera(camera, "present"));
        present.addProperty("value_template", "{{ value[:255] }}");
        present.addProperty("icon", "mdi:account-eye");

        count(components, camera, "person", "People", "mdi:account-multiple");
        count(components, camera, "unknown", "Unknown people", "mdi:account-question");
        control(components, camera, "enabled", "Camera", "mdi:cctv");
        control(components, camera, "recognize", "Recognition", "mdi:face-recognition");
    }

    private void addStats(JsonObject components, String camera) {
        String mine = "value_json.cameras.get('" + camera + "', {})";
        JsonObject rate = entity(components, camera, "fps", "sensor", "Frame rate");
        stats(rate, mine + ".get('fps')");
        rate.addProperty("unit_of_measurement", "fps");
        rate.addProperty("suggested_display_precision", 1);
        rate.addProperty("icon", "mdi:speedometer");

        JsonObject latency = entity(components, camera, "latency", "sensor", "Latency");
        stats(latency, mine + ".get('stages', {}).get('total', {}).get('p50')");
        latency.addProperty("unit_of_measurement", "ms");
        latency.addProperty("device_class", "duration");
        latency.addProperty("suggested_display_precision", 0);
        latency.addProperty("icon", "mdi:timer-outline");
    }

    private void addMemory(JsonObject components) {
        JsonObject memory = component(components, "memory", "sensor", "Memory");
        stats(memory, "value_json.process.get('resident_bytes')");
        memory.addProperty("unit_of_measurement", "B");
        memory.addProperty("suggested_unit_of_measurement", "MB");
        memory.addProperty("suggested_display_precision", 0);
        memory.addProperty("device_class", "data_size");
    }

    /**
     * A figure out of {@code stats}; one that is not there is None, which Home Assistant takes as
     * unknown.
     */
    private void stats(JsonObject sensor, String expression) {
        sensor.addProperty("state_topic", topics.of("stats"));
        sensor.addProperty("value_template", "{{ " + expression + " }}");
        sensor.addProperty("state_class", "measurement");
        sensor.addProperty("entity_category", "diagnostic");
        sensor.addProperty("expire_after", 3 * statsIntervalSeconds + 5);
    }

    private void count(
            JsonObject components, String camera, String what, String name, String icon) {
        JsonObject o = entity(components, camera, what, "sensor", name);
        o.addProperty("state_topic", topics.camera(camera, what));
        o.addProperty("state_class", "measurement");
        o.addProperty("icon", icon);
    }

    private void control(
            JsonObject components, String camera, String what, String name, String icon) {
        JsonObject o = entity(components, camera, what, "switch", name);
        o.addProperty("state_topic", topics.camera(camera, what + "/state"));
        o.addProperty("command_topic", topics.camera(camera, what + "/set"));
        o.addProperty("entity_category", "config");
        o.addProperty("icon", icon);
    }

    private JsonObject entity(
            JsonObject components, String camera, String what, String platform, String name) {
        return component(components, camera + "_" + what, platform, camera + " " + name);
    }

    private JsonObject component(JsonObject components, String id, String platform, String name) {
        JsonObject o = removed(platform);
        o.addProperty("unique_id", "facegate_" + topics.gateway() + "_" + id);
        o.addProperty("name", name);
        components.add(id, o);
        told.put(id, platform);
        return o;
    }

    /** A component with nothing but its platform is removed by Home Assistant. */
    private static JsonObject removed(String platform) {
        JsonObject o = new JsonObject();
        o.addProperty("platform", platform);
        return o;
    }

    private JsonObject device() {
        JsonObject o = new JsonObject();
        JsonArray ids = new JsonArray();
        ids.add("facegate_" + topics.gateway());
        o.add("identifiers", ids);
        o.addProperty("name", "Facegate " + topics.gateway());
        o.addProperty("manufacturer", "Facegate");
        o.addProperty("model", "Face-recognition gateway");
        o.addProperty("sw_version", version);
        return o;
    }

    private JsonObject origin() {
        JsonObject o = new JsonObject();
        o.addProperty("name", "Facegate");
        o.addProperty("sw_version", version);
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
}
