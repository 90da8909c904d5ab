// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;
import io.facegate.mqtt.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Not this person: wrong recognitions. For one thread; changes wait for the disk. */
final class CorrectionCommands {
    private final Parts around;

    CorrectionCommands(Parts around) {
        this.around = around;
    }

    /** By name. */
    Map<String, Work> commands() {
        return Map.of(
                "reject", this::reject,
                "counter_examples", this::counterExamples,
                "delete_counter_examples", this::delete);
    }

    private JsonObject reject(JsonObject request) throws RefusedException {
        String event =
                text(request, "event_id")
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                "bad_request",
                                                "event_id is the id of the events of the face"));
        Optional<UUID> person = personId(request);
        try {
            StoredEncoding example =
                    around.corrections()
                            .orElseThrow(() -> RefusedException.missing("pipeline"))
                            .reject(event, person);
            JsonObject o = new JsonObject();
            o.addProperty("person_id", example.personId().toString());
            o.addProperty("counter_example", example.id());
            return o;
        } catch (StoreException e) {
            throw new RefusedException("failed", e.getMessage());
        }
    }

    private JsonObject counterExamples(JsonObject request) throws RefusedException {
        String name =
                text(request, "name")
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                "bad_request",
                                                "counter_examples takes the name of a person:"
                                                        + " {\"name\":\"Alice\"}"));
        EncodingStore store = around.store().orElseThrow(() -> RefusedException.missing("store"));
        Person person =
                store.find(name)
                        .orElseThrow(
                                () -> new RefusedException("failed", "nobody is called " + name));
        JsonArray list = new JsonArray();
        try {
            for (StoredEncoding example : kept().counterExamples(person.id())) {
                JsonObject o = new JsonObject();
                o.addProperty("counter_example", example.id());
                o.addProperty("source", example.source());
                o.addProperty("model", example.descriptor().model().id());
                o.add("created_at", Json.time(example.createdAt()));
                list.add(o);
            }
        } catch (StoreException e) {
            throw new RefusedException("failed", e.getMessage());
        }
        JsonObject o = new JsonObject();
        o.add("counter_examples", list);
        return o;
    }

    private JsonObject delete(JsonObject request) throws RefusedException {
        List<Long> ids = new ArrayList<>();
        try {
            request.getAsJsonArray("counter_examples").forEach(id -> ids.add(id.getAsLong()));
        } catch (IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | NullPointerException
                | UnsupportedOperationException e) {
            ids.clear();
        }
        if (ids.isEmpty()) {
            throw new RefusedException(
                    "bad_request",
                    "counter_examples is a list of numbers: {\"counter_examples\":[3]}");
        }
        try {
            JsonObject o = new JsonObject();
            o.addProperty("deleted", kept().removeCounterExamples(ids));
            return o;
        } catch (StoreException e) {
            throw new RefusedException("failed", e.getMessage());
        }
    }

    private CounterExamples kept() throws RefusedException {
        return around.counterExamples().orElseThrow(() -> RefusedException.missing("store"));
    }

    private static Optional<UUID> personId(JsonObject request) throws RefusedException {
        Optional<String> text = text(request, "person_id");
        try {
            return text.map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "bad_request", "person_id is one of those in events, or left out");
        }
    }

    private static Optional<String> text(JsonObject request, String field) {
        JsonElement value = request.get(field);
        return value != null && value.isJsonPrimitive() && !value.getAsString().isBlank()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }
}
