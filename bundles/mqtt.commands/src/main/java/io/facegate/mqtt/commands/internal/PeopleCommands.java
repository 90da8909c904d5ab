// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.mqtt.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The people of the gallery, and what becomes of unknown people. For one thread; changes wait for
 * the disk.
 */
final class PeopleCommands {
    private final Parts around;

    PeopleCommands(Parts around) {
        this.around = around;
    }

    /** By name. */
    Map<String, Work> commands() {
        return Map.of(
                "people", request -> people(),
                "unknown_people", request -> unknownPeople(),
                "name_unknown", this::name,
                "ignore_unknown", this::ignore,
                "forget_unknown", this::forget);
    }

    private JsonObject people() throws RefusedException {
        EncodingStore store =
                around.store()
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                "unavailable", "the store is not running"));
        Map<UUID, LastSeen> seen = around.sightings().map(Sightings::lastSeen).orElse(Map.of());
        JsonArray list = new JsonArray();
        Gallery gallery = store.gallery();
        for (Person person : gallery.people()) {
            JsonObject o = person(person);
            o.addProperty("counter_examples", gallery.counterExamples(person.id()));
            o.add("created_at", Json.time(person.createdAt()));
            o.add("last_seen", lastSeen(seen.get(person.id())));
            list.add(o);
        }
        return with("people", list);
    }

    private JsonObject unknownPeople() throws RefusedException {
        JsonArray list = new JsonArray();
        for (UnknownPerson person : unknown().people()) {
            JsonObject o = new JsonObject();
            o.addProperty("unknown_id", person.id().toString());
            o.addProperty("ignored", person.ignored());
            o.add("first_seen", Json.time(person.firstSeen()));
            o.add("last_seen", Json.time(person.lastSeen()));
            o.addProperty("camera", person.lastCamera());
            o.addProperty("sightings", person.sightings());
            o.addProperty("faces", person.faces());
            list.add(o);
        }
        return with("unknown_people", list);
    }

    private JsonObject name(JsonObject request) throws RefusedException {
        JsonElement name = request.get("name");
        if (name == null || !name.isJsonPrimitive() || name.getAsString().isBlank()) {
            throw new RefusedException("bad_request", "name is whom the unknown people are");
        }
        List<UUID> ids = ids(request);
        try {
            return with("person", person(unknown().name(ids, name.getAsString())));
        } catch (StoreException e) {
            throw new RefusedException("failed", e.getMessage());
        }
    }

    private JsonObject ignore(JsonObject request) throws RefusedException {
        JsonElement ignored = request.get("ignored");
        if (ignored != null
                && !(ignored.isJsonPrimitive() && ignored.getAsJsonPrimitive().isBoolean())) {
            throw new RefusedException("bad_request", "ignored is true or false");
        }
        boolean on = ignored == null || ignored.getAsBoolean();
        List<UUID> ids = ids(request);
        try {
            for (UUID id : ids) {
                unknown().setIgnored(id, on);
            }
        } catch (StoreException e) {
            throw new RefusedException("failed", e.getMessage());
        }
        JsonObject o = new JsonObject();
        o.addProperty("ignored", on);
        return o;
    }

    private JsonObject forget(JsonObject request) throws RefusedException {
        List<UUID> ids = ids(request);
        try {
            JsonObject o = new JsonObject();
            o.addProperty("forgotten", unknown().forget(ids));
            return o;
        } catch (StoreException e) {
            throw new RefusedException("failed", e.getMessage());
        }
    }

    private UnknownPeople unknown() throws RefusedException {
        return around.unknownPeople()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        "unavailable", "unknown people are not told apart"));
    }

    private static List<UUID> ids(JsonObject request) throws RefusedException {
        List<UUID> ids = new ArrayList<>();
        try {
            if (request.has("unknown_id")) {
                ids.add(id(request.get("unknown_id")));
            }
            if (request.has("unknown_ids")) {
                request.getAsJsonArray("unknown_ids").forEach(id -> ids.add(id(id)));
            }
        } catch (IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | UnsupportedOperationException e) {
            ids.clear();
        }
        if (ids.isEmpty()) {
            throw new RefusedException(
                    "bad_request",
                    "unknown_id is one of those in events, unknown_ids a list of them");
        }
        return ids;
    }

    private static UUID id(JsonElement element) {
        return UUID.fromString(element.getAsString());
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

    private static JsonObject person(Person person) {
        JsonObject o = new JsonObject();
        o.addProperty("id", person.id().toString());
        o.addProperty("name", person.name());
        o.addProperty("encodings", person.encodings());
        return o;
    }

    private static JsonObject with(String name, JsonElement value) {
        JsonObject o = new JsonObject();
        o.add(name, value);
        return o;
    }
}
