// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.quality.GalleryReview;
import io.facegate.api.quality.PersonAdvice;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.Table;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code facegate people show}: one person with the encodings, and what could be better. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Shows a person: encodings, counter-examples, when last seen, what could be better.")
public final class ShowCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(names = "--json", description = "One JSON object")
    private boolean json;

    public ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, StoreException {
        EncodingStore store = session.require(EncodingStore.class);
        Person person =
                store.find(name)
                        .orElseThrow(
                                () -> new StoreException("There is nobody called " + name + "."));
        List<StoredEncoding> encodings =
                store.encodings(person.id()).stream().filter(e -> !e.derived()).toList();
        Optional<LastSeen> seen =
                Optional.ofNullable(LastSightings.read(session.parts()).get(person.id()));
        Optional<CounterExamples> kept = session.parts().find(CounterExamples.class);
        List<StoredEncoding> not =
                kept.isPresent() ? kept.get().counterExamples(person.id()) : List.of();
        List<PersonAdvice.Advice> advice = advice(person);
        if (json) {
            session.out().println(json(person, encodings, not, seen, advice));
        } else {
            print(person, encodings, not, seen, advice);
        }
        return ExitCode.DONE;
    }

    private List<PersonAdvice.Advice> advice(Person person) throws StoreException {
        Optional<GalleryReview> review = session.parts().find(GalleryReview.class);
        if (review.isEmpty()) {
            return List.of();
        }
        return review
                .get()
                .advise(
                        Set.of(person.id()),
                        session.parts().tolerances().resolved(session).value(),
                        part -> {},
                        session.stop()::stopped)
                .stream()
                .flatMap(about -> about.advice().stream())
                .toList();
    }

    private void print(
            Person person,
            List<StoredEncoding> encodings,
            List<StoredEncoding> not,
            Optional<LastSeen> seen,
            List<PersonAdvice.Advice> advice) {
        session.out().println(PeopleText.person(person));
        session.out().println("id " + person.id());
        session.out().println("added " + PeopleText.minute(person.createdAt()));
        String last =
                seen.map(s -> "last seen " + PeopleText.minute(s.at()) + " by " + s.camera())
                        .orElse("not seen yet");
        session.out().println(last);
        session.out().print(table(encodings));
        if (!not.isEmpty()) {
            session.out().println("Counter-examples, faces that are not " + person.name() + ":");
            session.out().print(table(not));
        }
        advice.forEach(
                one ->
                        session.out()
                                .println(
                                        (one.source().isEmpty() ? "" : one.source() + ": ")
                                                + one.message()));
    }

    private static Table table(List<StoredEncoding> encodings) {
        Table table = new Table("ID", "ADDED", "MODEL", "PICTURE", "SOURCE");
        for (StoredEncoding encoding : encodings) {
            table.row(
                    Long.toString(encoding.id()),
                    PeopleText.minute(encoding.createdAt()),
                    encoding.descriptor().model().id(),
                    encoding.hasChip() ? "yes" : "no",
                    encoding.source());
        }
        return table;
    }

    private static String json(
            Person person,
            List<StoredEncoding> encodings,
            List<StoredEncoding> not,
            Optional<LastSeen> seen,
            List<PersonAdvice.Advice> advice) {
        JsonObject root = new JsonObject();
        root.addProperty("id", person.id().toString());
        root.addProperty("name", person.name());
        root.addProperty("created_at", person.createdAt().toString());
        seen.ifPresent(
                last -> {
                    root.addProperty("last_seen", last.at().toString());
                    root.addProperty("last_camera", last.camera());
                });
        root.add("encodings", json(encodings));
        root.add("counter_examples", json(not));
        JsonArray said = new JsonArray();
        for (PersonAdvice.Advice about : advice) {
            JsonObject one = new JsonObject();
            one.addProperty("kind", about.kind().name().toLowerCase(Locale.ROOT));
            one.addProperty("source", about.source());
            one.addProperty("message", about.message());
            said.add(one);
        }
        root.add("advice", said);
        return Json.text(root);
    }

    private static JsonArray json(List<StoredEncoding> encodings) {
        JsonArray all = new JsonArray();
        for (StoredEncoding encoding : encodings) {
            JsonObject one = new JsonObject();
            one.addProperty("id", encoding.id());
            one.addProperty("source", encoding.source());
            one.addProperty("model", encoding.descriptor().model().id());
            one.addProperty("created_at", encoding.createdAt().toString());
            one.addProperty("chip", encoding.hasChip());
            all.add(one);
        }
        return all;
    }
}
