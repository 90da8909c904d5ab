// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.recognition.Tolerances;
import io.facegate.mqtt.internal.message.Topics;

import java.util.List;

/** The entities of the gateway itself. */
final class GatewayEntities {
    private final Components components;
    private final Topics topics;

    private GatewayEntities(Components components) {
        this.components = components;
        this.topics = components.topics();
    }

    static void add(Components components, Told told, int statsSeconds) {
        GatewayEntities entities = new GatewayEntities(components);
        entities.connection();
        entities.problem();
        if (told.updates()) {
            entities.model(told);
        }
        if (told.orders().contains(Orders.BACKUP)) {
            entities.backup();
        }
        if (told.orders().contains(Orders.METHOD)) {
            entities.method();
        }
        if (told.orders().contains(Orders.TOLERANCE)) {
            entities.tolerance();
        }
        if (statsSeconds > 0) {
            entities.stats(statsSeconds);
        }
    }

    /** Available also while the gateway is not: that is what it tells. */
    private void connection() {
        JsonObject o = components.add("connection", "binary_sensor", "Connection");
        o.addProperty("state_topic", topics.available());
        o.addProperty("value_template", "{{ 'ON' if value == 'online' else 'OFF' }}");
        o.addProperty("device_class", "connectivity");
        o.addProperty("entity_category", "diagnostic");
        JsonObject always = new JsonObject();
        always.addProperty("topic", topics.available());
        always.addProperty("value_template", "{{ 'online' }}");
        JsonArray list = new JsonArray();
        list.add(always);
        o.add("availability", list);
    }

    private void problem() {
        JsonObject o = components.add("problem", "binary_sensor", "Problem");
        o.addProperty("state_topic", topics.of("problem"));
        o.addProperty("value_template", "{{ 'ON' if value_json.problem else 'OFF' }}");
        o.addProperty("json_attributes_topic", topics.of("problem"));
        o.addProperty("device_class", "problem");
        o.addProperty("entity_category", "diagnostic");
    }

    private void model(Told told) {
        JsonObject o = components.add("model", "update", "Model");
        o.addProperty("state_topic", topics.of("model/update"));
        o.addProperty("title", "Face encoder");
        o.addProperty("entity_category", "config");
        if (told.orders().contains(Orders.MODEL) && !told.offered().isEmpty()) {
            o.addProperty("command_topic", topics.of(Orders.MODEL));
            o.addProperty("payload_install", told.offered());
        }
    }

    private void backup() {
        JsonObject o = components.add("backup", "button", "Backup");
        o.addProperty("command_topic", topics.of(Orders.BACKUP));
        o.addProperty("entity_category", "config");
        o.addProperty("icon", "mdi:backup-restore");
    }

    private void method() {
        JsonObject o = components.add("detection_method", "select", "Detection method");
        setting(o, "settings/detection_method");
        JsonArray options = new JsonArray();
        List.of("hog", "cnn", "yunet").forEach(options::add);
        o.add("options", options);
        o.addProperty("icon", "mdi:face-recognition");
    }

    /** In the unit of the encoder in use; 0 is its own. */
    private void tolerance() {
        JsonObject o = components.add("tolerance", "number", "Tolerance");
        setting(o, "settings/tolerance");
        o.addProperty("min", 0);
        o.addProperty("max", Tolerances.MOST);
        o.addProperty("step", 0.01);
        o.addProperty("mode", "box");
        o.addProperty("icon", "mdi:arrow-expand-horizontal");
    }

    private void setting(JsonObject o, String topic) {
        o.addProperty("state_topic", topics.of(topic + "/state"));
        o.addProperty("command_topic", topics.of(topic + "/set"));
        o.addProperty("entity_category", "config");
    }

    private void stats(int seconds) {
        JsonObject memory = components.add("memory", "sensor", "Memory");
        Stats.figure(memory, topics, "value_json.process.get('resident_bytes')", seconds);
        memory.addProperty("unit_of_measurement", "B");
        memory.addProperty("suggested_unit_of_measurement", "MB");
        memory.addProperty("suggested_display_precision", 0);
        memory.addProperty("device_class", "data_size");

        JsonObject waiting = components.add("waiting", "sensor", "Waiting events");
        Stats.figure(waiting, topics, "value_json.mqtt.get('outbox')", seconds);
        waiting.addProperty("icon", "mdi:tray-full");
    }
}
