// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Machine;
import io.facegate.testing.Mosquitto;
import io.facegate.testing.Program;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * From a camera to names on a broker: the built distribution plays the peer's clip as its camera
 * and publishes to a real Mosquitto. In the clip, Lin-Manuel Miranda is seen in frames 82 to 112
 * and 120 to 210, a face nobody is enrolled for in frames 217 to 248
 * (../shared/golden/video_hog0*.json).
 */
class ClipIT {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Set<String> FIELDS =
            Set.of(
                    "schema",
                    "type",
                    "event_type",
                    "id",
                    "seq",
                    "gateway",
                    "camera",
                    "timestamp",
                    "clock_synchronized",
                    "start_time",
                    "end_time",
                    "duration",
                    "person_id",
                    "name",
                    "unknown_id",
                    "distance",
                    "tolerance",
                    "score",
                    "margin",
                    "strategy",
                    "votes",
                    "box",
                    "frame_size",
                    "zone",
                    "model",
                    "detector",
                    "execution_time",
                    "snapshot",
                    "buffered",
                    "repeated");

    @TempDir Path folder;

    @Test
    void namesThePersonOfTheClipAndLeavesTheOtherUnknown() throws Exception {
        Path clip = SharedData.file("photos/peer/examples/short_hamilton_clip.mp4");
        Path data = Files.createDirectory(folder.resolve("data"));
        enrol(data);
        try (Mosquitto broker = new Mosquitto(folder);
                Program events = broker.subscribe("facegate/+/events");
                Program available = broker.subscribe("facegate/+/available")) {
            List<String> heard;
            try (Program gateway =
                    Gateway.run(
                            data,
                            "--camera",
                            clip.toString(),
                            "--once",
                            "--broker",
                            broker.url(),
                            "--port",
                            Integer.toString(Machine.freePort()))) {
                available.awaitOut(line -> line.endsWith(" online"), START);
                events.awaitOut(
                        line -> line.contains("\"gone\"") && line.contains("\"name\":null"), START);
                heard = events.out();
                gateway.terminate();
                gateway.awaitExit(Duration.ofSeconds(20));
            }
            available.awaitOut(line -> line.endsWith(" stopped"), Duration.ofSeconds(10));
            assertThat(available.out()).noneMatch(line -> line.endsWith(" offline"));
            check(heard.stream().map(ClipIT::payload).toList());
        }
    }

    @Test
    void aKilledGatewayIsOffline() throws Exception {
        Path clip = SharedData.file("photos/peer/examples/short_hamilton_clip.mp4");
        try (Mosquitto broker = new Mosquitto(folder);
                Program available = broker.subscribe("facegate/+/available");
                Program gateway =
                        Gateway.run(
                                folder.resolve("data"),
                                "--camera",
                                clip.toString(),
                                "--broker",
                                broker.url(),
                                "--port",
                                Integer.toString(Machine.freePort()))) {
            available.awaitOut(line -> line.endsWith(" online"), START);
            gateway.kill();
            available.awaitOut(line -> line.endsWith(" offline"), Duration.ofSeconds(30));
            assertThat(available.out()).noneMatch(line -> line.endsWith(" stopped"));
        }
    }

    private void enrol(Path data) throws Exception {
        Path dataset = folder.resolve("dataset");
        copy("lin-manuel-miranda.png", dataset.resolve("Lin-Manuel Miranda"));
        copy("alex-lacamoire.png", dataset.resolve("Alex Lacamoire"));
        Program encode = Gateway.command(data, START, "encode", "--dataset", dataset.toString());
        assertThat(encode.awaitExit(START)).as(encode.transcript()).isZero();
    }

    private static void copy(String picture, Path person) throws Exception {
        Files.createDirectories(person);
        Files.copy(SharedData.file("photos/peer/examples/" + picture), person.resolve(picture));
    }

    private static JsonObject payload(String line) {
        return JsonParser.parseString(line.substring(line.indexOf(' ') + 1)).getAsJsonObject();
    }

    private static void check(List<JsonObject> events) {
        assertThat(events)
                .allSatisfy(
                        event -> {
                            assertThat(event.keySet()).isEqualTo(FIELDS);
                            checkValues(event);
                        });
        assertThat(events)
                .extracting(event -> event.get("seq").getAsLong())
                .isSorted()
                .doesNotHaveDuplicates();
        List<JsonObject> named =
                events.stream().filter(event -> !event.get("name").isJsonNull()).toList();
        assertThat(named)
                .isNotEmpty()
                .allSatisfy(
                        event ->
                                assertThat(event.get("name").getAsString())
                                        .isEqualTo("Lin-Manuel Miranda"));
        JsonObject unknown =
                events.stream()
                        .filter(event -> event.get("event_type").getAsString().equals("unknown"))
                        .filter(event -> event.getAsJsonArray("box").get(2).getAsInt() < 130)
                        .findFirst()
                        .orElseThrow();
        assertThat(unknown.get("distance").getAsDouble()).isGreaterThan(0.6);
        double after =
                seconds(named.get(0).get("start_time").getAsString(), unknown.get("start_time"));
        assertThat(after).as("frames 82 to 217 at 29.97 a second").isBetween(4.0, 5.0);
    }

    private static double seconds(String from, com.google.gson.JsonElement to) {
        return Duration.between(Instant.parse(from), Instant.parse(to.getAsString())).toMillis()
                / 1000.0;
    }

    private static void checkValues(JsonObject event) {
        assertThat(event.get("schema").getAsInt()).isEqualTo(1);
        assertThat(event.get("camera").getAsString()).isEqualTo("cam");
        assertThat(event.get("buffered").getAsBoolean()).isFalse();
        assertThat(event.get("detector").getAsString()).isEqualTo("hog");
        assertThat(event.getAsJsonArray("frame_size").toString()).isEqualTo("[640,360]");
        JsonArray box = event.getAsJsonArray("box");
        assertThat(box.get(0).getAsInt()).isBetween(0, box.get(2).getAsInt());
        assertThat(box.get(3).getAsInt()).isBetween(box.get(1).getAsInt(), 360);
        assertThat(event.getAsJsonObject("model").get("id").getAsString())
                .isEqualTo("dlib-resnet-v1");
        JsonObject times = event.getAsJsonObject("execution_time");
        assertThat(times.keySet())
                .containsExactlyInAnyOrder(
                        "capture", "detect", "track", "encode", "match", "total");
        if (!event.get("type").getAsString().equals("end")) { // which no frame brings
            assertThat(times.get("total").getAsDouble()).isPositive();
        }
    }
}
