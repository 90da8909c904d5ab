// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.mqtt.commands.internal.part.Definition;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.Lane;
import io.facegate.mqtt.commands.internal.request.Parameter;
import io.facegate.mqtt.commands.internal.request.Parameter.Type;
import io.facegate.mqtt.commands.internal.request.RefusedException;
import io.facegate.mqtt.commands.internal.request.Request;

import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

import java.io.IOException;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The configurations of the gateway: read without secrets, written as their bundles allow. */
public final class ConfigCommands {
    private static final String OURS = "io.facegate.";

    /** Who may write here may do anything, see faces, or learn the broker's password. */
    private static final Set<String> BY_HAND =
            Set.of(
                    "io.facegate.mqtt",
                    "io.facegate.mqtt.commands",
                    "io.facegate.mqtt.controls",
                    "io.facegate.mqtt.home",
                    "io.facegate.broker",
                    "io.facegate.console");

    private final Parts around;

    public ConfigCommands(Parts around) {
        this.around = around;
    }

    /** What can be asked for. */
    public List<Command> commands() {
        Parameter pid =
                Parameter.text("pid", "the name of a configuration, such as io.facegate.pipeline");
        return List.of(
                Command.guarded(Lane.SLOW, "config.list", (request, progress) -> list()),
                Command.guarded(
                        Lane.SLOW,
                        "config.read",
                        (request, progress) -> {
                            String name = request.text("pid");
                            StoredSettings stored = stored(name);
                            return json(name, stored.definition(), stored.values());
                        },
                        pid),
                Command.guarded(
                        Lane.SLOW,
                        "config.write",
                        (request, progress) -> write(request),
                        pid,
                        Parameter.of(
                                "set",
                                Type.OBJECT,
                                "the settings to change, by key; null for the default")));
    }

    private JsonObject list() throws RefusedException, IOException {
        JsonArray list = new JsonArray();
        for (Definition definition : definitions()) {
            for (String pid : StoredSettings.pids(around, definition)) {
                JsonObject o = new JsonObject();
                o.addProperty("pid", pid);
                o.addProperty("name", definition.settings().getName());
                o.addProperty("writable", !BY_HAND.contains(definition.pid()));
                list.add(o);
            }
        }
        JsonObject o = new JsonObject();
        o.add("configurations", list);
        return o;
    }

    private JsonObject write(Request request) throws RefusedException, IOException {
        String pid = request.text("pid");
        StoredSettings stored = stored(pid);
        if (BY_HAND.contains(stored.definition().pid())) {
            throw new RefusedException(
                    ErrorCode.FORBIDDEN,
                    pid + " says who may do what: it is changed in its file or the web console");
        }
        Dictionary<String, Object> values = stored.values();
        JsonObject set = request.object("set");
        for (Map.Entry<String, JsonElement> one : set.entrySet()) {
            Setting setting = setting(stored.definition(), one.getKey());
            if (one.getValue().isJsonNull()) {
                values.remove(setting.key());
            } else {
                values.put(setting.key(), setting.parsed(one.getValue()));
            }
        }
        stored.save(values);
        return json(pid, stored.definition(), values);
    }

    private static Setting setting(Definition definition, String key) throws RefusedException {
        return attributes(definition).stream()
                .filter(a -> a.getID().equals(key))
                .findFirst()
                .map(Setting::new)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ErrorCode.BAD_REQUEST,
                                        definition.pid() + " has no setting " + key));
    }

    private StoredSettings stored(String pid) throws RefusedException, IOException {
        for (Definition definition : definitions()) {
            Optional<StoredSettings> found = StoredSettings.find(around, definition, pid);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new RefusedException(
                ErrorCode.BAD_REQUEST,
                "there is no configuration " + pid + "; config with the action list tells them");
    }

    private List<Definition> definitions() {
        return around.definitions().stream().filter(d -> d.pid().startsWith(OURS)).toList();
    }

    private static List<AttributeDefinition> attributes(Definition definition) {
        AttributeDefinition[] all =
                definition.settings().getAttributeDefinitions(ObjectClassDefinition.ALL);
        return all == null ? List.of() : Arrays.asList(all);
    }

    private static JsonObject json(
            String pid, Definition definition, Dictionary<String, Object> values) {
        JsonArray settings = new JsonArray();
        for (AttributeDefinition attribute : attributes(definition)) {
            settings.add(new Setting(attribute).json(values.get(attribute.getID())));
        }
        JsonObject o = new JsonObject();
        o.addProperty("pid", pid);
        o.addProperty("name", definition.settings().getName());
        o.addProperty("description", definition.settings().getDescription());
        o.add("settings", settings);
        return o;
    }
}
