// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.Csv;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code facegate people}: who is in the gallery. */
@Command(
        name = "people",
        mixinStandardHelpOptions = true,
        description =
                "Lists, shows, corrects, renames, deletes, imports or exports the people of the"
                        + " gallery.")
public final class PeopleCommand implements Callable<Integer> {
    private final Session session;

    @Spec private CommandSpec spec;

    public PeopleCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "people: list, show, add, reject, check, rename, delete, erasures, import or export?");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the people in the order of adding.")
    int list(
            @Option(names = "--json", description = "One JSON object") boolean json,
            @Option(
                            names = "--csv",
                            description =
                                    "name,encodings,created_at,id,last_seen,last_camera with a head line")
                    boolean csv)
            throws MissingPartException, StoreException {
        if (json && csv) {
            throw new ParameterException(spec.commandLine(), "--json or --csv, not both");
        }
        EncodingStore store = session.require(EncodingStore.class);
        List<Person> people = store.gallery().people();
        Optional<String> failure = session.parts().failure("store");
        if (failure.isPresent() && people.isEmpty()) {
            throw new StoreException("the gallery cannot be used: " + failure.get());
        }
        Map<UUID, LastSeen> seen = LastSightings.read(session.parts());
        if (json) {
            session.out().println(json(store.gallery(), seen));
        } else if (csv) {
            session.out().print(csv(people, seen));
        } else {
            session.out()
                    .print(
                            PeopleText.table(
                                    people,
                                    seen,
                                    NeedsPhotos.count(
                                            store, session.parts().find(FaceEncoder.class))));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "rename",
            mixinStandardHelpOptions = true,
            description = "Renames a person; when the new name exists the two become one.")
    int rename(
            @Parameters(index = "0", paramLabel = "OLD") String from,
            @Parameters(index = "1", paramLabel = "NEW") String to)
            throws MissingPartException, StoreException {
        Person person = session.require(EncodingStore.class).rename(from, to);
        session.say(from + " is now " + PeopleText.person(person) + ".");
        return ExitCode.DONE;
    }

    private static String json(Gallery gallery, Map<UUID, LastSeen> seen) {
        JsonArray array = new JsonArray();
        for (Person person : gallery.people()) {
            JsonObject json = new JsonObject();
            json.addProperty("id", person.id().toString());
            json.addProperty("name", person.name());
            json.addProperty("encodings", person.encodings());
            json.addProperty("counter_examples", gallery.counterExamples(person.id()));
            json.addProperty("created_at", person.createdAt().toString());
            LastSeen last = seen.get(person.id());
            if (last != null) {
                json.addProperty("last_seen", last.at().toString());
                json.addProperty("last_camera", last.camera());
            }
            array.add(json);
        }
        JsonObject root = new JsonObject();
        root.add("people", array);
        return Json.text(root);
    }

    private static String csv(List<Person> people, Map<UUID, LastSeen> seen) {
        StringBuilder text =
                new StringBuilder("name,encodings,created_at,id,last_seen,last_camera\n");
        for (Person person : people) {
            LastSeen last = seen.get(person.id());
            text.append(
                            Csv.line(
                                    List.of(
                                            person.name(),
                                            Integer.toString(person.encodings()),
                                            person.createdAt().toString(),
                                            person.id().toString(),
                                            last == null ? "" : last.at().toString(),
                                            last == null ? "" : last.camera())))
                    .append('\n');
        }
        return text.toString();
    }
}
