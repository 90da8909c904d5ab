// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

import com.google.gson.JsonObject;

import io.facegate.mqtt.internal.message.Topics;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The entities of one person. */
final class PersonEntities {
    private PersonEntities() {}

    static void add(Components components, Told.Named person, boolean tracker) {
        Topics topics = components.topics();
        String base = "person/" + person.id() + "/";
        String id = key(person);

        JsonObject where = components.add(id, "sensor", person.name());
        where.addProperty("state_topic", topics.of(base + "state"));
        where.addProperty("json_attributes_topic", topics.of(base + "attributes"));
        where.addProperty("icon", "mdi:account");

        JsonObject presence =
                components.add(id + "_presence", "binary_sensor", person.name() + " Presence");
        presence.addProperty("state_topic", topics.of(base + "state"));
        presence.addProperty("value_template", "{{ 'OFF' if value == 'away' else 'ON' }}");
        presence.addProperty("device_class", "presence");

        JsonObject seen = components.add(id + "_seen", "sensor", person.name() + " Last seen");
        seen.addProperty("state_topic", topics.of(base + "last_seen"));
        seen.addProperty("device_class", "timestamp");

        if (tracker) {
            JsonObject o =
                    components.add(id + "_tracker", "device_tracker", person.name() + " Tracker");
            o.addProperty("state_topic", topics.of(base + "state"));
            o.addProperty("value_template", "{{ 'not_home' if value == 'away' else 'home' }}");
            o.addProperty("source_type", "router");
        }
    }

    /**
     * Beginning of the ids of a person's entities. It outlives the person for a while, so it does
     * not tell who it was.
     */
    static String key(Told.Named person) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(person.id().toString().getBytes(StandardCharsets.US_ASCII));
            return Discovery.PERSON + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
