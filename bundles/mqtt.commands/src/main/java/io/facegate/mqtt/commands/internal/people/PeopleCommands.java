// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.people;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.Lane;
import io.facegate.mqtt.commands.internal.request.Parameter;
import io.facegate.mqtt.commands.internal.request.RefusedException;
import io.facegate.mqtt.json.Json;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The people of the gallery. */
public final class PeopleCommands {
    private final Parts around;

    public PeopleCommands(Parts around) {
        this.around = around;
    }

    /** What can be asked for. */
    public List<Command> commands() {
        return List.of(
                Command.telling(Lane.QUICK, "people", (request, progress) -> people()),
                Command.guarded(
                        Lane.SLOW,
                        "rename",
                        (request, progress) ->
                                rename(request.text("name"), request.text("new_name")),
                        Parameter.text("name", "what the person is called now"),
                        Parameter.text(
                                "new_name",
                                "what the person is to be called; when somebody is called so, the"
                                        + " two become one")));
    }

    private JsonObject people() throws RefusedException {
        EncodingStore store = around.require(EncodingStore.class, "store");
        Map<UUID, LastSeen> seen =
                around.find(Sightings.class).map(Sightings::lastSeen).orElse(Map.of());
        JsonArray list = new JsonArray();
        Gallery gallery = store.gallery();
        for (Person person : gallery.people()) {
            JsonObject o = person(person);
            o.addProperty("counter_examples", gallery.counterExamples(person.id()));
            o.add("created_at", Json.time(person.createdAt()));
            o.add("last_seen", lastSeen(seen.get(person.id())));
            list.add(o);
        }
        JsonObject o = new JsonObject();
        o.add("people", list);
        return o;
    }

    private JsonObject rename(String from, String to) throws RefusedException, IOException {
        return named(around.require(EncodingStore.class, "store").rename(from, to));
    }

    private static JsonElement lastSeen(LastSeen seen) {
        if (seen == null) {
            return JsonNull.INSTANCE;
        }
        JsonObject o = new JsonObject();
        o.add("timestamp", Json.time(seen.at()));
        o.addProperty("camera", seen.camera());
        return o;
    }

    /** A person as a result. */
    static JsonObject named(Person person) {
        JsonObject o = new JsonObject();
        o.add("person", person(person));
        return o;
    }

    private static JsonObject person(Person person) {
        JsonObject o = new JsonObject();
        o.addProperty("id", person.id().toString());
        o.addProperty("name", person.name());
        o.addProperty("encodings", person.encodings());
        return o;
    }
}
