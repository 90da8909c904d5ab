// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.mqtt.commands.internal.gateway.BundleCommands;
import io.facegate.mqtt.commands.internal.gateway.ConfigCommands;
import io.facegate.mqtt.commands.internal.gateway.ModelCommands;
import io.facegate.mqtt.commands.internal.gateway.SnapshotCommand;
import io.facegate.mqtt.commands.internal.gateway.StatusCommand;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.people.CorrectionCommands;
import io.facegate.mqtt.commands.internal.people.EnrolCommand;
import io.facegate.mqtt.commands.internal.people.GalleryCommands;
import io.facegate.mqtt.commands.internal.people.PeopleCommands;
import io.facegate.mqtt.commands.internal.people.RecognizeCommand;
import io.facegate.mqtt.commands.internal.people.UnknownCommands;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.RefusedException;
import io.facegate.mqtt.commands.internal.request.Request;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that can be asked for. Immutable. */
final class CommandList {
    /** By name; of several actions the first is meant when none is named. */
    private final Map<String, List<Command>> commands = new TreeMap<>();

    CommandList(Parts around) {
        Stream.of(
                        new StatusCommand(around).commands(),
                        new PeopleCommands(around).commands(),
                        new UnknownCommands(around).commands(),
                        new CorrectionCommands(around).commands(),
                        new GalleryCommands(around).commands(),
                        new EnrolCommand(around).commands(),
                        new RecognizeCommand(around).commands(),
                        new SnapshotCommand(around).commands(),
                        new ModelCommands(around).commands(),
                        new ConfigCommands(around).commands(),
                        new BundleCommands(around).commands())
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Command::name))
                .forEach(commands::put);
    }

    /** All of them, by their names. */
    List<Command> all() {
        return commands.values().stream().flatMap(List::stream).toList();
    }

    /** The one a request is for. */
    Command find(String name, JsonObject request) throws RefusedException {
        List<Command> named = commands.get(name);
        if (named == null) {
            throw new RefusedException(
                    ErrorCode.UNKNOWN_COMMAND,
                    "there is no command "
                            + name
                            + "; there are: "
                            + String.join(", ", commands.keySet()));
        }
        JsonElement action = request.get(Request.ACTION);
        if (action == null || action.isJsonNull() || named.get(0).action().isEmpty()) {
            return named.get(0);
        }
        return named.stream()
                .filter(c -> action.isJsonPrimitive() && c.action().equals(action.getAsString()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ErrorCode.BAD_REQUEST,
                                        "action of "
                                                + name
                                                + " is one of "
                                                + named.stream()
                                                        .map(Command::action)
                                                        .collect(Collectors.joining(", "))));
    }
}
