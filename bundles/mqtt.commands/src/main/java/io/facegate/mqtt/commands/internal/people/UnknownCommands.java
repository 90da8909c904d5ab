// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.people;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.Lane;
import io.facegate.mqtt.commands.internal.request.Parameter;
import io.facegate.mqtt.commands.internal.request.Parameter.Type;
import io.facegate.mqtt.commands.internal.request.RefusedException;
import io.facegate.mqtt.commands.internal.request.Request;
import io.facegate.mqtt.json.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What becomes of unknown people. */
public final class UnknownCommands {
    private static final String WHICH =
            "unknown_id is one of those in events, unknown_ids a list of them";
    private static final Parameter ONE =
            Parameter.of("unknown_id", Type.ID, "one of those in events").optional();
    private static final Parameter SEVERAL =
            Parameter.of("unknown_ids", Type.IDS, "a list of those in events").optional();

    private final Parts around;

    public UnknownCommands(Parts around) {
        this.around = around;
    }

    /** What can be asked for. */
    public List<Command> commands() {
        return List.of(
                Command.telling(Lane.SLOW, "unknown_people", (request, progress) -> people()),
                Command.guarded(
                        Lane.SLOW,
                        "name_unknown",
                        (request, progress) -> name(request),
                        ONE,
                        SEVERAL,
                        Parameter.text("name", "whom the unknown people are")),
                Command.guarded(
                        Lane.SLOW,
                        "ignore_unknown",
                        (request, progress) -> ignore(request),
                        ONE,
                        SEVERAL,
                        Parameter.of("ignored", Type.FLAG, "true or false").optional()),
                Command.guarded(
                        Lane.SLOW,
                        "forget_unknown",
                        (request, progress) -> forget(request),
                        ONE,
                        SEVERAL));
    }

    private JsonObject people() throws RefusedException {
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
        JsonObject o = new JsonObject();
        o.add("unknown_people", list);
        return o;
    }

    private JsonObject name(Request request) throws RefusedException, IOException {
        return PeopleCommands.named(unknown().name(ids(request), request.text("name")));
    }

    private JsonObject ignore(Request request) throws RefusedException, IOException {
        boolean on = request.flag("ignored", true);
        UnknownPeople unknown = unknown();
        for (UUID id : ids(request)) {
            unknown.setIgnored(id, on);
        }
        JsonObject o = new JsonObject();
        o.addProperty("ignored", on);
        return o;
    }

    private JsonObject forget(Request request) throws RefusedException, IOException {
        JsonObject o = new JsonObject();
        o.addProperty("forgotten", unknown().forget(ids(request)));
        return o;
    }

    private UnknownPeople unknown() throws RefusedException {
        return around.require(UnknownPeople.class, "sightings");
    }

    private static List<UUID> ids(Request request) throws RefusedException {
        List<UUID> ids = new ArrayList<>(request.ids("unknown_ids"));
        request.id("unknown_id").ifPresent(id -> ids.add(0, id));
        if (ids.isEmpty()) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, WHICH);
        }
        return ids;
    }
}
