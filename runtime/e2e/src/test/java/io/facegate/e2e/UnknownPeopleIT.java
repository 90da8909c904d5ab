// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Distribution;
import io.facegate.testing.Machine;
import io.facegate.testing.Mosquitto;
import io.facegate.testing.Program;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/**
 * Unknown people from a camera to a broker and back, in the built distribution: the sample clip
 * plays in a loop and nobody is enrolled; the gateway is started anew in between.
 */
class UnknownPeopleIT {
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir Path folder;
    private Path data;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        port = Machine.freePort();
    }

    @Test
    void theyKeepTheirIdsAreNamedAndIgnored() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                Program events = broker.subscribe("facegate/+/events");
                Program replies = broker.subscribe("facegate/+/reply/+")) {
            String first;
            String second;
            try (Program gateway = start(broker)) {
                JsonObject one = await(events, 0, e -> !text(e, "unknown_id").isEmpty());
                first = text(one, "unknown_id");
                JsonObject other =
                        await(
                                events,
                                0,
                                e ->
                                        text(e, "type").equals("new")
                                                && !text(e, "unknown_id").isEmpty()
                                                && !text(e, "unknown_id").equals(first));
                second = text(other, "unknown_id");
                gateway.terminate();
                gateway.awaitExit(Duration.ofSeconds(20));
            }
            int before = events.out().size();
            try (Program gateway = start(broker)) {
                JsonObject again = await(events, before, e -> !text(e, "unknown_id").isEmpty());
                assertThat(text(again, "unknown_id")).as("after a restart").isEqualTo(first);
                name(broker, replies, text(again, "gateway"), first);
                await(events, before, e -> text(e, "name").equals("Bob"));
                assertThat(ignore(second)).isEqualTo("One unknown person is ignored now.\n");
                int ignored = events.out().size();
                for (int loop = 0; loop < 2; loop++) {
                    int from = events.out().size();
                    await(events, from, e -> isNew(e) && text(e, "name").equals("Bob"));
                }
                assertThat(parsed(events, ignored))
                        .as("of somebody ignored an end at most")
                        .noneMatch(e -> isNew(e) && text(e, "unknown_id").equals(second));
                gateway.terminate();
                gateway.awaitExit(Duration.ofSeconds(20));
            }
        }
    }

    private Program start(Mosquitto broker) throws IOException {
        Gateway.allow(data, "people", "unknown_people", "name_unknown");
        return Gateway.run(
                data,
                "--camera",
                Distribution.folder().resolve("demo/demo.mp4").toString(),
                "--broker",
                broker.url(),
                "--port",
                Integer.toString(port));
    }

    private static void name(Mosquitto broker, Program replies, String gateway, String id)
            throws Exception {
        String topic = "facegate/" + gateway + "/cmd/";
        broker.publish(
                topic + "name_unknown",
                "{\"request_id\":\"n\",\"unknown_id\":\"" + id + "\",\"name\":\"Bob\"}");
        String reply = replies.awaitOut(line -> line.contains("/reply/n "), LONG);
        assertThat(reply).contains("\"ok\":true", "\"name\":\"Bob\"");
        broker.publish(topic + "people", "{\"request_id\":\"p\"}");
        assertThat(replies.awaitOut(line -> line.contains("/reply/p "), LONG))
                .contains("\"name\":\"Bob\"", "\"last_seen\":{\"timestamp\":");
        broker.publish(topic + "unknown_people", "{\"request_id\":\"u\"}");
        assertThat(replies.awaitOut(line -> line.contains("/reply/u "), LONG)).doesNotContain(id);
    }

    /** As the console's page does. */
    private String ignore(String id) throws Exception {
        String password = Files.readAllLines(data.resolve("console.password")).get(0);
        String login = Base64.getEncoder().encodeToString(("admin:" + password).getBytes("UTF-8"));
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://127.0.0.1:"
                                                                + port
                                                                + "/system/console/facegate"
                                                                + "/unknown"))
                                        .header("Authorization", "Basic " + login)
                                        .header("X-Facegate", "1")
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(
                                                HttpRequest.BodyPublishers.ofString(
                                                        "action=ignore&ids=" + id))
                                        .build(),
                                BodyHandlers.ofString());
        return answer.body();
    }

    /** The first event from a position on that fits, waiting for it. */
    private static JsonObject await(Program events, int from, Predicate<JsonObject> wanted)
            throws InterruptedException {
        int[] number = {0};
        return payload(
                events.awaitOut(line -> number[0]++ >= from && wanted.test(payload(line)), LONG));
    }

    private static List<JsonObject> parsed(Program events, int from) {
        return events.out().stream().skip(from).map(UnknownPeopleIT::payload).toList();
    }

    private static JsonObject payload(String line) {
        return JsonParser.parseString(line.substring(line.indexOf(' ') + 1)).getAsJsonObject();
    }

    private static boolean isNew(JsonObject event) {
        return text(event, "type").equals("new");
    }

    private static String text(JsonObject event, String field) {
        JsonElement value = event.get(field);
        return value.isJsonNull() ? "" : value.getAsString();
    }
}
