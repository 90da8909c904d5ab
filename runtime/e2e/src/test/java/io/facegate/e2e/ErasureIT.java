// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Await;
import io.facegate.testing.Bytes;
import io.facegate.testing.Machine;
import io.facegate.testing.Mosquitto;
import io.facegate.testing.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Erasing people from the distribution, with a real broker, and kills in the midst of it. */
class ErasureIT {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration COMMAND = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String NAME = "John Simm";

    @TempDir Path folder;

    @Test
    void nothingOfAnErasedPersonIsLeftAnywhere() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder, true);
                Program gateway = run(broker)) {
            Path data = folder.resolve("data/demo");
            gateway.awaitOut(l -> l.contains(" new ") && l.contains(NAME), START);
            JsonObject person = person(data);
            String id = person.get("id").getAsString();
            List<byte[]> vectors = vectors(person.getAsJsonArray("encodings"));
            assertThat(vectors).hasSize(8);
            Await.until(
                    "topics",
                    SOON,
                    () -> retained(broker).contains("person/" + id + "/attributes"));
            facegate(data, 0, "backup", "now");
            assertThat(filesWith(data, List.of(NAME, id))).isNotEmpty();
            broker.stop();
            Await.until(
                    "queue",
                    SOON,
                    () -> Files.readString(outbox(data), StandardCharsets.ISO_8859_1).contains(id));

            Program erasing = facegate(data, 0, "people", "delete", NAME);
            assertThat(String.join("\n", erasing.err()))
                    .contains("Deleted " + NAME + " (4 encodings).")
                    .contains("encodings 4, face chips 4")
                    .containsPattern("automatic backups [12]");
            Await.until("files", SOON, () -> namesOnlyIn(data, NAME, "erasures/"));
            Await.until("vectors", SOON, () -> Bytes.filesWith(data, vectors).isEmpty());

            broker.start();
            // Not "#": the broker has what it retains of the person until the gateway is back.
            try (Program live = broker.subscribe("facegate/+/events");
                    Program cameras = broker.subscribe("facegate/+/+/event")) {
                Path receipt = only(data.resolve("receipts"));
                Await.until("receipt", SOON, () -> receipt(receipt).get("complete").getAsBoolean());
                Await.until("files", SOON, () -> namesOnlyIn(data, NAME, ""));
                Await.until("id", SOON, () -> namesOnlyIn(data, id, "receipts/"));
                assertThat(Bytes.filesWith(data, vectors)).isEmpty();
                JsonObject told = receipt(receipt);
                assertThat(told.get("person_id").getAsString()).isEqualTo(id);
                assertThat(count(told, "encodings")).isEqualTo(4);
                assertThat(count(told, "face chips")).isEqualTo(4);
                assertThat(count(told, "queued events")).isPositive();
                assertThat(count(told, "retained topics")).isEqualTo(3);
                assertThat(count(told, "automatic backups")).isBetween(1L, 2L);
                assertThat(only(data.resolve("erasures"))).isNull();
                assertThat(retained(broker)).doesNotContain(NAME, id).contains("person/");
                live.awaitOut(l -> l.contains("/events ") && l.contains("\"buffered\":true"), SOON);
                live.awaitOut(
                        l -> l.contains("/events ") && l.contains("\"buffered\":false"), SOON);
                cameras.awaitOut(l -> l.contains("\"buffered\":false"), SOON);
                assertThat(live.out()).noneMatch(l -> l.contains(NAME) || l.contains(id));
                assertThat(cameras.out()).noneMatch(l -> l.contains(NAME) || l.contains(id));
                assertThat(retained(broker)).doesNotContain(NAME, id);
            }
        }
    }

    @Test
    void anErasureIsCompleteWhereNoBrokerWasEverReached() throws Exception {
        Path data = folder.resolve("data");
        imported(data, 2);
        Path camera = Files.createDirectories(folder.resolve("camera"));
        facegate(data, 0, "people", "delete", "Person 0");
        assertThat(receipt(only(data.resolve("receipts"))).get("complete").getAsBoolean()).isTrue();
        try (Program gateway =
                Gateway.run(
                        data,
                        "--camera",
                        camera.toString(),
                        "--broker",
                        "tcp://127.0.0.1:" + Machine.freePort(),
                        "--port",
                        Integer.toString(Machine.freePort()))) {
            gateway.awaitErr(l -> l.contains("1 person with 1 encoding"), START);
            Program deleting = facegate(data, 0, "people", "delete", "Person 1");
            assertThat(deleting.err()).noneMatch(l -> l.contains("to come"));
            Program open = facegate(data, 0, "people", "erasures", "--json");
            assertThat(open.out()).containsExactly("{\"erasures\":[],\"damaged\":[]}");
            for (String file : names(data.resolve("receipts"))) {
                JsonObject receipt = receipt(data.resolve("receipts").resolve(file));
                assertThat(receipt.get("complete").getAsBoolean()).as(file).isTrue();
            }
        }
    }

    @Test
    void anErasureKilledAtAnyMomentIsCompletedAtTheNextStart() throws Exception {
        Path data = folder.resolve("data");
        imported(data, 12);
        Path camera = Files.createDirectories(folder.resolve("camera"));
        Random random = new Random(7);
        TreeSet<String> begun = new TreeSet<>();
        for (int i = 0; i < 8; i++) {
            Program erasing = Gateway.start(data, "people", "delete", "Person " + i);
            int at = 250 + random.nextInt(500);
            Thread.sleep(at); // the moment itself is what is tested
            erasing.kill();
            erasing.awaitExit(COMMAND);
            begun.addAll(names(data.resolve("erasures")));
        }
        try (Mosquitto broker = new Mosquitto(folder)) {
            try (Program gateway = run(broker, "--camera", camera.toString())) {
                Program replies = replies(broker);
                gateway.awaitErr(l -> l.contains("MQTT: connected"), START);
                Await.until("records", SOON, () -> names(data.resolve("erasures")).isEmpty());
                for (int i = 8; i < 11; i++) {
                    ask(broker, data, "erase", "e" + i, ",\"name\":\"Person " + i + "\"");
                }
                replies.awaitOut(l -> l.contains("reply/e8 "), SOON);
                gateway.kill();
                replies.close();
            }
            try (Program gateway = run(broker, "--camera", camera.toString())) {
                gateway.awaitErr(l -> l.contains("MQTT: connected"), START);
                Await.until("records", SOON, () -> names(data.resolve("erasures")).isEmpty());
            }
        }
        String people = String.join("\n", facegate(data, 0, "people", "list", "--json").out());
        TreeSet<String> receipts = names(data.resolve("receipts"));
        for (String record : begun) {
            String id = record.replace(".json", "");
            assertThat(people).doesNotContain(id);
            assertThat(receipts).anyMatch(r -> r.contains(id));
        }
        for (String file : receipts) {
            JsonObject receipt = receipt(data.resolve("receipts").resolve(file));
            assertThat(receipt.get("complete").getAsBoolean()).as(file).isTrue();
            assertThat(people).doesNotContain(receipt.get("person_id").getAsString());
        }
        assertThat(people).contains("\"Person 11\"").doesNotContain("\"Person 8\"");
        assertThat(receipts.size())
                .isEqualTo(
                        12
                                - JsonParser.parseString(people)
                                        .getAsJsonObject()
                                        .getAsJsonArray("people")
                                        .size());
    }

    @Test
    void aDamagedDatabaseIsSetAsideAndTheNewestBackupBringsEverybodyBack() throws Exception {
        Path data = folder.resolve("data");
        imported(data, 5);
        facegate(data, 0, "backup", "now");
        String before = String.join("\n", facegate(data, 0, "people", "export").out());
        byte[] file = Files.readAllBytes(data.resolve("facegate.db"));
        new Random(1).nextBytes(file);
        Files.write(data.resolve("facegate.db"), file);
        Path camera = Files.createDirectories(folder.resolve("camera"));
        try (Mosquitto broker = new Mosquitto(folder);
                Program gateway = run(broker, "--camera", camera.toString());
                Program replies = replies(broker)) {
            gateway.awaitErr(l -> l.contains("MQTT: connected"), START);
            Await.until(
                    "offer",
                    SOON,
                    () -> {
                        String offer = condition(broker, replies, data, "offer", "backup");
                        return offer.contains("the store was damaged")
                                && offer.contains(data + "/backups/gallery-")
                                && offer.contains("with 5 people")
                                && offer.contains("facegate restore --newest --data " + data);
                    });
            assertThat(String.join("", facegate(data, 0, "people", "list", "--json").out()))
                    .isEqualTo("{\"people\":[]}");
            Program restoring = facegate(data, 0, "restore", "--newest");
            assertThat(restoring.transcript()).contains("Added 5 people and 5 encodings");
            assertThat(String.join("\n", facegate(data, 0, "people", "export").out()))
                    .isEqualTo(before);
            Await.until(
                    "no offer",
                    SOON,
                    () ->
                            condition(broker, replies, data, "done", "backup")
                                    .contains("the newest good one is"));
        }
    }

    private Program run(Mosquitto broker, String... more) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--broker",
                                broker.url(),
                                "--port",
                                Integer.toString(Machine.freePort())));
        words.addAll(List.of(more));
        Gateway.allow(folder.resolve("data"), "status", "erase");
        return Gateway.run(folder.resolve("data"), words.toArray(String[]::new));
    }

    private static Program facegate(Path data, int exit, String... words) throws Exception {
        Program program = Gateway.command(data, COMMAND, words);
        assertThat(program.awaitExit(COMMAND)).as(program.transcript()).isEqualTo(exit);
        return program;
    }

    private static void imported(Path data, int count) throws Exception {
        Random random = new Random(3);
        JsonArray people = new JsonArray();
        for (int i = 0; i < count; i++) {
            JsonArray vector = new JsonArray();
            for (int j = 0; j < 128; j++) {
                vector.add(random.nextFloat());
            }
            JsonObject encoding = new JsonObject();
            encoding.add("vector", vector);
            JsonArray encodings = new JsonArray();
            encodings.add(encoding);
            JsonObject person = new JsonObject();
            person.addProperty("name", "Person " + i);
            person.add("encodings", encodings);
            people.add(person);
        }
        JsonObject all = new JsonObject();
        all.add("people", people);
        Path file = Files.createTempFile("people", ".json");
        try {
            Files.writeString(file, all.toString());
            facegate(data, 0, "people", "import", file.toString());
        } finally {
            Files.delete(file);
        }
    }

    private static JsonObject person(Path data) throws Exception {
        String text = String.join("\n", facegate(data, 0, "people", "export").out());
        for (JsonElement one :
                JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("people")) {
            if (one.getAsJsonObject().get("name").getAsString().equals(NAME)) {
                return one.getAsJsonObject();
            }
        }
        throw new AssertionError("nobody is called " + NAME);
    }

    /** In both byte orders. */
    private static List<byte[]> vectors(JsonArray encodings) {
        List<byte[]> result = new ArrayList<>();
        for (JsonElement one : encodings) {
            result.addAll(Bytes.floats(one.getAsJsonObject().getAsJsonArray("vector")));
        }
        return result;
    }

    private static Path outbox(Path data) {
        Path log = data.resolve("outbox.db-wal");
        return log.toFile().length() > 0 ? log : data.resolve("outbox.db");
    }

    private static List<String> filesWith(Path data, List<String> texts) throws IOException {
        return Bytes.filesWith(data, texts.stream().map(Bytes::of).toList());
    }

    /** Whether no file has a text but those under a folder. */
    private static boolean namesOnlyIn(Path data, String text, String under) throws IOException {
        return filesWith(data, List.of(text)).stream()
                .allMatch(f -> !under.isEmpty() && f.startsWith(under));
    }

    private static String retained(Mosquitto broker) throws Exception {
        try (Program all = broker.subscribe("#")) {
            all.awaitOut(l -> l.contains("homeassistant/"), SOON);
            return String.join("\n", all.out());
        }
    }

    private static long count(JsonObject receipt, String what) {
        for (JsonElement part : receipt.getAsJsonArray("parts")) {
            if (part.getAsJsonObject().get("what").getAsString().equals(what)) {
                return part.getAsJsonObject().get("count").getAsLong();
            }
        }
        return -1;
    }

    private static JsonObject receipt(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private static Path only(Path folder) throws IOException {
        TreeSet<String> names = names(folder);
        assertThat(names).hasSizeLessThan(2);
        return names.isEmpty() ? null : folder.resolve(names.first());
    }

    private static TreeSet<String> names(Path folder) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                files.map(f -> f.getFileName().toString())
                        .filter(f -> f.endsWith(".json"))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static Program replies(Mosquitto broker) throws IOException {
        return broker.subscribe("facegate/+/reply/#");
    }

    private static void ask(Mosquitto broker, Path data, String command, String id, String more)
            throws Exception {
        broker.publish(
                "facegate/"
                        + Files.readString(data.resolve("gateway.id")).strip()
                        + "/cmd/"
                        + command,
                "{\"request_id\":\"" + id + "\"" + more + "}");
    }

    private static String condition(
            Mosquitto broker, Program replies, Path data, String id, String part) throws Exception {
        int before = replies.out().size();
        ask(broker, data, "status", id, "");
        Await.until("reply", SOON, () -> replies.out().size() > before);
        String line = replies.out().get(replies.out().size() - 1);
        JsonObject reply =
                JsonParser.parseString(line.substring(line.indexOf('{'))).getAsJsonObject();
        if (reply.get("result").isJsonNull()) {
            return ""; // asked more often than commands are taken
        }
        for (JsonElement one : reply.getAsJsonObject("result").getAsJsonArray("conditions")) {
            if (one.getAsJsonObject().get("part").getAsString().equals(part)) {
                return one.getAsJsonObject().get("message").getAsString();
            }
        }
        return "";
    }
}
