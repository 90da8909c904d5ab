// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.mqtt.commands.internal.document.AsyncApi;
import io.facegate.mqtt.commands.internal.document.RequestSchemas;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.testing.MessageContract;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The documents that are made from the code are as the code is; with {@code
 * -Dfacegate.documents=write} they are written instead.
 */
class DocumentsTest {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final boolean WRITE = "write".equals(System.getProperty("facegate.documents"));

    private final Map<String, List<Command>> commands =
            new CommandList(new Fakes())
                    .all().stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Command::name, TreeMap::new, Collectors.toList()));

    @Test
    void schemasOfRequestsAreAsTheCommandsAre() throws IOException {
        Map<String, String> files = new TreeMap<>();
        commands.forEach(
                (name, some) ->
                        files.put(
                                "command-" + name + ".json",
                                GSON.toJson(RequestSchemas.of(some)) + "\n"));
        Path folder = MessageContract.FOLDER.resolve("schema");
        for (Map.Entry<String, String> file : files.entrySet()) {
            same(folder.resolve(file.getKey()), file.getValue());
        }
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(f -> f.getFileName().toString()))
                    .filteredOn(name -> name.startsWith("command-"))
                    .containsExactlyInAnyOrderElementsOf(files.keySet());
        }
    }

    @Test
    void theAsyncApiDocumentIsAsTheTopicsAre() throws IOException {
        same(
                MessageContract.FOLDER.resolve("asyncapi.json"),
                GSON.toJson(AsyncApi.document(List.copyOf(commands.keySet()))) + "\n");
    }

    @Test
    void theSchemaOfRepliesHasAllCodesAndCommands() throws IOException {
        JsonObject reply =
                JsonParser.parseString(
                                Files.readString(
                                        MessageContract.FOLDER.resolve("schema/reply.json")))
                        .getAsJsonObject();
        JsonArray codes =
                reply.getAsJsonObject("properties")
                        .getAsJsonObject("error")
                        .getAsJsonObject("properties")
                        .getAsJsonObject("code")
                        .getAsJsonArray("enum");
        assertThat(codes.asList().stream().map(JsonElement::getAsString))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::word).toList());
        assertThat(reply.getAsJsonObject("$defs").keySet())
                .containsExactlyInAnyOrderElementsOf(commands.keySet());
    }

    @Test
    void everyCommandAndCodeIsInTheReference() throws IOException {
        String reference = Files.readString(Path.of("../../docs/mqtt.md"));
        for (List<Command> some : commands.values()) {
            for (Command command : some) {
                String row =
                        command.action().isEmpty()
                                ? "| `" + command.name() + "` |"
                                : "| `"
                                        + command.name()
                                        + "`, `action` `"
                                        + command.action()
                                        + "` |";
                assertThat(reference).contains(row);
                String line = reference.substring(reference.indexOf(row)).lines().findFirst().get();
                assertThat(line.endsWith("| allowed |")).as(row).isEqualTo(command.open());
                command.parameters().forEach(p -> assertThat(line).contains("`" + p.name() + "`"));
            }
        }
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(reference).contains("`" + code.word() + "`");
        }
    }

    @Test
    void whatIsNotAsTheDocumentsSayIsFound() {
        MessageContract contract = new MessageContract();
        String base = "facegate/pi-0001/";
        assertThat(contract.problems(base + "front/occupancy", "ON")).isEmpty();
        assertThat(contract.problems(base + "front/occupancy", "perhaps")).hasSize(1);
        assertThat(contract.problems(base + "model/state", "{\"models\":[]}")).isEmpty();
        assertThat(contract.problems(base + "model/state", "{\"models\":[],\"more\":1}"))
                .hasSize(1);
        assertThat(contract.problems(base + "info", "{}")).hasSize(5);
        assertThat(contract.problems(base + "info", "no json")).hasSize(1);
        assertThat(contract.problems(base + "front/enabled/set", "perhaps")).isEmpty();
        assertThat(contract.orderProblems(base + "front/enabled/set", "perhaps")).hasSize(1);
        assertThat(contract.orderProblems(base + "cmd/rename", "{\"name\":\"Alice\"}"))
                .isNotEmpty();
        assertThat(contract.orderProblems(base + "cmd/dance", "{}")).hasSize(1);
        assertThat(contract.channel(base + "nowhere/at/all")).isEmpty();
    }

    private static void same(Path file, String text) throws IOException {
        if (WRITE) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("made from the code: run the test with -Dfacegate.documents=write")
                .hasContent(text);
    }
}
