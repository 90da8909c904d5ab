// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.unknown;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.store.Person;
import io.facegate.command.internal.people.PeopleText;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.Table;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code facegate unknown}: those the gallery does not know. */
@Command(
        name = "unknown",
        mixinStandardHelpOptions = true,
        description =
                "Lists, shows, names, ignores or forgets unknown people. Of an id the first"
                        + " characters will do.")
public final class UnknownCommand implements Callable<Integer> {
    private final Session session;

    @Spec private CommandSpec spec;

    public UnknownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "unknown: list, show, name, ignore, unignore or forget?");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the unknown people, last seen first.")
    int list(
            @Option(names = "--json", description = "One JSON object, with whole ids") boolean json)
            throws MissingPartException, IOException {
        UnknownTable unknown = UnknownTable.read(session);
        if (json) {
            session.out().println(json(unknown.people()));
            return ExitCode.DONE;
        }
        Table table =
                new Table(
                        "ID", "FIRST SEEN", "LAST SEEN", "CAMERA", "SIGHTINGS", "FACES", "IGNORED");
        for (UnknownPerson person : unknown.people()) {
            table.row(
                    unknown.shortId(person),
                    PeopleText.minute(person.firstSeen()),
                    PeopleText.minute(person.lastSeen()),
                    person.lastCamera(),
                    Integer.toString(person.sightings()),
                    Integer.toString(person.faces()),
                    person.ignored() ? "yes" : "");
        }
        session.out().print(table);
        return ExitCode.DONE;
    }

    @Command(
            name = "name",
            mixinStandardHelpOptions = true,
            description =
                    "Makes unknown people one person of the gallery, with all their faces; the"
                            + " last word is the name.")
    int name(@Parameters(arity = "2..*", paramLabel = "ID... NAME") List<String> words)
            throws MissingPartException, IOException {
        int last = words.size() - 1;
        String name = words.get(last);
        List<UUID> ids = UnknownTable.read(session).find(words.subList(0, last));
        Person person = session.require(UnknownPeople.class).name(ids, name);
        session.say(unknown(ids.size()) + " now " + PeopleText.person(person) + ".");
        return ExitCode.DONE;
    }

    @Command(
            name = "ignore",
            mixinStandardHelpOptions = true,
            description = "Raises no events about unknown people any more.")
    int ignore(@Parameters(arity = "1..*", paramLabel = "ID") List<String> ids)
            throws MissingPartException, IOException {
        return setIgnored(ids, true);
    }

    @Command(
            name = "unignore",
            mixinStandardHelpOptions = true,
            description = "Raises events about unknown people again.")
    int unignore(@Parameters(arity = "1..*", paramLabel = "ID") List<String> ids)
            throws MissingPartException, IOException {
        return setIgnored(ids, false);
    }

    private int setIgnored(List<String> prefixes, boolean ignored)
            throws MissingPartException, IOException {
        List<UUID> ids = UnknownTable.read(session).find(prefixes);
        UnknownPeople unknown = session.require(UnknownPeople.class);
        for (UUID id : ids) {
            unknown.setIgnored(id, ignored);
        }
        session.say(unknown(ids.size()) + (ignored ? " ignored." : " no longer ignored."));
        return ExitCode.DONE;
    }

    @Command(
            name = "forget",
            mixinStandardHelpOptions = true,
            description = "Forgets unknown people with their faces.")
    int forget(
            @Option(names = "--all", description = "Everybody") boolean all,
            @Parameters(arity = "0..*", paramLabel = "ID") List<String> prefixes)
            throws MissingPartException, IOException {
        List<String> given = prefixes == null ? List.of() : prefixes;
        if (all != given.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "forget whom? Ids, or --all");
        }
        UnknownTable table = UnknownTable.read(session);
        List<UUID> ids =
                all ? table.people().stream().map(UnknownPerson::id).toList() : table.find(given);
        int forgotten = session.require(UnknownPeople.class).forget(ids);
        session.say("Forgot " + Count.of(forgotten, "unknown person", "unknown people") + ".");
        return ExitCode.DONE;
    }

    private static String unknown(int number) {
        return Count.of(number, "unknown person is", "unknown people are");
    }

    private static String json(List<UnknownPerson> people) {
        JsonArray array = new JsonArray();
        for (UnknownPerson person : people) {
            JsonObject json = new JsonObject();
            json.addProperty("id", person.id().toString());
            json.addProperty("first_seen", person.firstSeen().toString());
            json.addProperty("last_seen", person.lastSeen().toString());
            json.addProperty("last_camera", person.lastCamera());
            json.addProperty("sightings", person.sightings());
            json.addProperty("faces", person.faces());
            json.addProperty("ignored", person.ignored());
            array.add(json);
        }
        JsonObject root = new JsonObject();
        root.add("unknown", array);
        return Json.text(root);
    }
}
