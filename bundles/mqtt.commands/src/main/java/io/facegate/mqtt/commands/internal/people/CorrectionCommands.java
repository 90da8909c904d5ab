// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.people;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.recognition.Corrections;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoredEncoding;
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
import java.util.List;

/** Not this person: wrong recognitions. */
public final class CorrectionCommands {
    private static final String EXAMPLES = "counter_examples";

    private final Parts around;

    public CorrectionCommands(Parts around) {
        this.around = around;
    }

    /** What can be asked for. */
    public List<Command> commands() {
        return List.of(
                Command.guarded(
                        Lane.SLOW,
                        "reject",
                        (request, progress) -> reject(request),
                        Parameter.text("event_id", "the id of the events of the face"),
                        Parameter.of(
                                        "person_id",
                                        Type.ID,
                                        "one of those in events, or left out for who the face was"
                                                + " taken for last")
                                .optional()),
                Command.telling(
                        Lane.SLOW,
                        EXAMPLES,
                        (request, progress) -> counterExamples(request.text("name")),
                        Parameter.text("name", "the name of a person, such as Alice")),
                Command.guarded(
                        Lane.SLOW,
                        "delete_counter_examples",
                        (request, progress) -> delete(request.numbers(EXAMPLES)),
                        Parameter.of(EXAMPLES, Type.NUMBERS, "a list of their numbers: [3]")));
    }

    private JsonObject reject(Request request) throws RefusedException, IOException {
        StoredEncoding example =
                around.require(Corrections.class, "pipeline")
                        .reject(request.text("event_id"), request.id("person_id"));
        JsonObject o = new JsonObject();
        o.addProperty("person_id", example.personId().toString());
        o.addProperty("counter_example", example.id());
        return o;
    }

    private JsonObject counterExamples(String name) throws RefusedException, IOException {
        Person person =
                around.require(EncodingStore.class, "store")
                        .find(name)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                ErrorCode.FAILED, "nobody is called " + name));
        JsonArray list = new JsonArray();
        for (StoredEncoding example : kept().counterExamples(person.id())) {
            JsonObject o = new JsonObject();
            o.addProperty("counter_example", example.id());
            o.addProperty("source", example.source());
            o.addProperty("model", example.descriptor().model().id());
            o.add("created_at", Json.time(example.createdAt()));
            list.add(o);
        }
        JsonObject o = new JsonObject();
        o.add(EXAMPLES, list);
        return o;
    }

    private JsonObject delete(List<Long> numbers) throws RefusedException, IOException {
        JsonObject o = new JsonObject();
        o.addProperty("deleted", kept().removeCounterExamples(numbers));
        return o;
    }

    private CounterExamples kept() throws RefusedException {
        return around.require(CounterExamples.class, "store");
    }
}
