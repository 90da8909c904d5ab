// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.store.Person;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records and receipts as JSON. Only a record, which goes when it is complete, has the name. */
final class ErasureJson {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private ErasureJson() {}

    static String record(ErasureRecord record) {
        JsonObject person = new JsonObject();
        person.addProperty("id", record.person().id().toString());
        person.addProperty("name", record.person().name());
        person.addProperty("created_at", record.person().createdAt().toString());
        person.addProperty("encodings", record.person().encodings());
        JsonObject json = new JsonObject();
        json.add("person", person);
        json.addProperty("at", record.at().toString());
        json.addProperty("deleted", record.deleted());
        JsonObject places = new JsonObject();
        record.parts().forEach((place, parts) -> places.add(place, parts(parts, true)));
        json.add("places", places);
        return GSON.toJson(json) + "\n";
    }

    static ErasureRecord parse(String text) throws IOException {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            JsonObject person = json.getAsJsonObject("person");
            Map<String, List<ErasedPart>> places = new LinkedHashMap<>();
            for (Map.Entry<String, JsonElement> place : json.getAsJsonObject("places").entrySet()) {
                List<ErasedPart> parts = new ArrayList<>();
                for (JsonElement part : place.getValue().getAsJsonArray()) {
                    JsonObject o = part.getAsJsonObject();
                    parts.add(
                            new ErasedPart(
                                    o.get("what").getAsString(),
                                    o.get("count").getAsLong(),
                                    o.get("left").getAsString(),
                                    o.get("again").getAsBoolean()));
                }
                places.put(place.getKey(), parts);
            }
            return new ErasureRecord(
                    new Person(
                            UUID.fromString(person.get("id").getAsString()),
                            person.get("name").getAsString(),
                            Instant.parse(person.get("created_at").getAsString()),
                            person.get("encodings").getAsInt()),
                    Instant.parse(json.get("at").getAsString()),
                    json.get("deleted").getAsBoolean(),
                    places);
        } catch (JsonParseException
                | IllegalArgumentException
                | IllegalStateException
                | DateTimeException
                | ClassCastException
                | UnsupportedOperationException
                | NullPointerException e) {
            throw new IOException("it is no record of an erasure", e);
        }
    }

    /** What proves an erasure: without the name. */
    static String receipt(ErasureRecord record, Instant now) {
        JsonObject json = new JsonObject();
        json.addProperty("person_id", record.person().id().toString());
        json.addProperty("at", record.at().toString());
        json.addProperty("complete", record.receipt().complete());
        json.addProperty("written_at", now.toString());
        json.add("parts", parts(record.receipt().parts(), false));
        return GSON.toJson(json) + "\n";
    }

    private static JsonArray parts(List<ErasedPart> parts, boolean again) {
        JsonArray list = new JsonArray();
        for (ErasedPart part : parts) {
            JsonObject o = new JsonObject();
            o.addProperty("what", part.what());
            o.addProperty("count", part.count());
            o.addProperty("left", part.left());
            if (again) {
                o.addProperty("again", part.again());
            }
            list.add(o);
        }
        return list;
    }
}
