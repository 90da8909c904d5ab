// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

import com.google.gson.JsonObject;

import io.facegate.mqtt.internal.message.Topics;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The entities of a gateway on their way into messages, by their ids. For one thread. */
final class Components {
    private final Topics topics;
    private final Map<String, JsonObject> all = new TreeMap<>();

    Components(Topics topics) {
        this.topics = topics;
    }

    Topics topics() {
        return topics;
    }

    Map<String, JsonObject> all() {
        return all;
    }

    /**
     * Adds an entity.
     *
     * @param id unique in the gateway
     * @param platform Home Assistant's, such as {@code sensor}
     * @param name for people; its entity id is made of it, whatever language Home Assistant speaks
     */
    JsonObject add(String id, String platform, String name) {
        JsonObject o = bare(topics, id, platform);
        o.addProperty("name", name);
        o.addProperty(
                "default_entity_id",
                platform + "." + slug("facegate " + topics.gateway() + " " + slugOf(name, id)));
        all.put(id, o);
        return o;
    }

    /** What every entity has. */
    static JsonObject bare(Topics topics, String id, String platform) {
        JsonObject o = new JsonObject();
        o.addProperty("platform", platform);
        o.addProperty("unique_id", "facegate_" + topics.gateway() + "_" + id);
        return o;
    }

    /** Names in other scripts leave nothing of themselves. */
    private static String slugOf(String name, String id) {
        String slug = slug(name);
        return slug.isEmpty() ? id : slug;
    }

    private static String slug(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_|_$", "");
    }
}
