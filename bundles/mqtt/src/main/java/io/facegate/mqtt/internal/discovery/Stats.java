// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

import com.google.gson.JsonObject;

import io.facegate.mqtt.internal.message.Topics;

/** Figures out of {@code stats}. */
final class Stats {
    private Stats() {}

    /** One that is not there is None, which Home Assistant takes as unknown. */
    static void figure(JsonObject sensor, Topics topics, String expression, int statsSeconds) {
        sensor.addProperty("state_topic", topics.of("stats"));
        sensor.addProperty("value_template", "{{ " + expression + " }}");
        sensor.addProperty("state_class", "measurement");
        sensor.addProperty("entity_category", "diagnostic");
        sensor.addProperty("expire_after", 3 * statsSeconds + 5);
    }
}
