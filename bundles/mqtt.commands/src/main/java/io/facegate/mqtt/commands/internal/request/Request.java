// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.request;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What was asked for, checked to be what the command takes. */
public final class Request {
    /** Fields of every request. */
    public static final String REQUEST_ID = "request_id";

    /** Which of several commands of one name. */
    public static final String ACTION = "action";

    private final JsonObject json;

    /**
     * Checks a request.
     *
     * @throws RefusedException it has something wrong, or something nobody knows
     */
    public Request(JsonObject json, Command command) throws RefusedException {
        this.json = json;
        Set<String> known = new TreeSet<>();
        for (Parameter parameter : command.parameters()) {
            parameter.check(json.get(parameter.name()));
            known.add(parameter.name());
        }
        for (String field : json.keySet()) {
            boolean general =
                    field.equals(REQUEST_ID) || field.equals(ACTION) && !command.action().isEmpty();
            if (!general && !known.contains(field)) {
                throw new RefusedException(
                        ErrorCode.BAD_REQUEST,
                        command.right()
                                + " takes no "
                                + field
                                + "; it takes "
                                + (known.isEmpty() ? "nothing" : String.join(", ", known)));
            }
        }
    }

    private Optional<JsonElement> value(String name) {
        return Optional.ofNullable(json.get(name)).filter(value -> !value.isJsonNull());
    }

    /** One that is there. */
    public String text(String name) {
        return json.get(name).getAsString();
    }

    public Optional<String> maybeText(String name) {
        return value(name).map(JsonElement::getAsString);
    }

    public int whole(String name, int otherwise) {
        return value(name).map(JsonElement::getAsInt).orElse(otherwise);
    }

    public boolean flag(String name, boolean otherwise) {
        return value(name).map(JsonElement::getAsBoolean).orElse(otherwise);
    }

    public Optional<UUID> id(String name) {
        return value(name).map(id -> UUID.fromString(id.getAsString()));
    }

    /** Empty when it was left out. */
    public List<UUID> ids(String name) {
        List<UUID> ids = new ArrayList<>();
        value(name)
                .ifPresent(
                        list ->
                                list.getAsJsonArray()
                                        .forEach(id -> ids.add(UUID.fromString(id.getAsString()))));
        return ids;
    }

    public List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        value(name)
                .ifPresent(list -> list.getAsJsonArray().forEach(n -> numbers.add(n.getAsLong())));
        return numbers;
    }

    public JsonObject object(String name) {
        return json.getAsJsonObject(name);
    }
}
