// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.mqtt.internal.gateway.HomeSettings.Pictures;
import io.facegate.mqtt.internal.message.Topics;

import java.util.List;

/** The entities of one camera. */
final class CameraEntities {
    private final Components components;
    private final Topics topics;
    private final String camera;

    private CameraEntities(Components components, String camera) {
        this.components = components;
        this.topics = components.topics();
        this.camera = camera;
    }

    /**
     * Adds them.
     *
     * @param statsSeconds between messages on {@code stats}; 0 for none, and then no entities of it
     */
    static void add(Components components, String camera, Told told, int statsSeconds) {
        CameraEntities entities = new CameraEntities(components, camera);
        entities.faces();
        entities.controls();
        entities.connection();
        if (told.settings().pictures() != Pictures.NONE) {
            entities.picture();
        }
        if (told.orders().contains(Orders.RESTART)) {
            entities.restart();
        }
        if (statsSeconds > 0) {
            entities.stats(statsSeconds);
        }
    }

    private void faces() {
        JsonObject event = entity("event", "event", "Face");
        event.addProperty("state_topic", topics.camera(camera, "event"));
        JsonArray types = new JsonArray();
        List.of("recognized", "unknown", "gone").forEach(types::add);
        event.add("event_types", types);
        event.addProperty("icon", "mdi:face-recognition");

        JsonObject occupancy = entity("occupancy", "binary_sensor", "Occupancy");
        occupancy.addProperty("state_topic", topics.camera(camera, "occupancy"));
        occupancy.addProperty("device_class", "occupancy");

        JsonObject present = entity("present", "sensor", "Present");
        present.addProperty("state_topic", topics.camera(camera, "present"));
        present.addProperty("value_template", "{{ value[:255] }}");
        present.addProperty("icon", "mdi:account-eye");

        count("person", "People", "mdi:account-multiple");
        count("unknown", "Unknown people", "mdi:account-question");
    }

    private void count(String what, String name, String icon) {
        JsonObject o = entity(what, "sensor", name);
        o.addProperty("state_topic", topics.camera(camera, what));
        o.addProperty("state_class", "measurement");
        o.addProperty("icon", icon);
    }

    private void controls() {
        control("enabled", "Camera", "mdi:cctv");
        control("recognize", "Recognition", "mdi:face-recognition");
    }

    private void control(String what, String name, String icon) {
        JsonObject o = entity(what, "switch", name);
        o.addProperty("state_topic", topics.camera(camera, what + "/state"));
        o.addProperty("command_topic", topics.camera(camera, what + "/set"));
        o.addProperty("entity_category", "config");
        o.addProperty("icon", icon);
    }

    /** A camera that its owner switched off is neither connected nor lost: unknown. */
    private void connection() {
        JsonObject o = entity("connection", "binary_sensor", "Connection");
        o.addProperty("state_topic", topics.camera(camera, "status/capture"));
        o.addProperty(
                "value_template", "{{ {'online': 'ON', 'offline': 'OFF'}.get(value, 'None') }}");
        o.addProperty("device_class", "connectivity");
        o.addProperty("entity_category", "diagnostic");
    }

    private void picture() {
        JsonObject o = entity("face", "image", "Last face");
        o.addProperty("image_topic", topics.camera(camera, Discovery.PICTURE));
        o.addProperty("image_encoding", "b64");
        o.addProperty("content_type", "image/jpeg");
    }

    private void restart() {
        JsonObject o = entity("restart", "button", "Restart");
        o.addProperty("command_topic", topics.camera(camera, "restart/set"));
        o.addProperty("device_class", "restart");
        o.addProperty("entity_category", "config");
    }

    private void stats(int seconds) {
        String mine = "value_json.cameras.get('" + camera + "', {})";
        JsonObject rate = entity("fps", "sensor", "Frame rate");
        Stats.figure(rate, topics, mine + ".get('fps')", seconds);
        rate.addProperty("unit_of_measurement", "fps");
        rate.addProperty("suggested_display_precision", 1);
        rate.addProperty("icon", "mdi:speedometer");

        JsonObject latency = entity("latency", "sensor", "Latency");
        Stats.figure(
                latency, topics, mine + ".get('stages', {}).get('total', {}).get('p50')", seconds);
        latency.addProperty("unit_of_measurement", "ms");
        latency.addProperty("device_class", "duration");
        latency.addProperty("suggested_display_precision", 0);
        latency.addProperty("icon", "mdi:timer-outline");
    }

    private JsonObject entity(String what, String platform, String name) {
        return components.add(camera + "_" + what, platform, camera + " " + name);
    }
}
