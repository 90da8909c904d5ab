// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
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
import java.util.List;

/**
 * The built distribution plays the peer's clip with quality gates. The known face of the clip is 86
 * pixels and more, the last one, of a stranger, 72 (../shared/golden/video_hog0*.json).
 */
class QualityGatesIT {
    private static final Duration START = Duration.ofSeconds(90);
    private static final String KNOWN = "Lin-Manuel Miranda";

    @TempDir Path folder;

    @Test
    void smallFacesAreCountedAndNobodyIsUnknownForThem() throws Exception {
        Path clip = SharedData.file("photos/peer/examples/short_hamilton_clip.mp4");
        Path data = folder.resolve("data");
        Path conf = Files.createDirectories(data.resolve("conf"));
        Files.writeString(conf.resolve("io.facegate.quality.config"), "minSize=I\"80\"\n");
        enrol(data);
        try (Mosquitto broker = new Mosquitto(folder);
                Program events = broker.subscribe("facegate/+/events");
                Program stats = broker.subscribe("facegate/+/stats");
                Program gateway =
                        Gateway.run(
                                data,
                                "--camera",
                                clip.toString(),
                                "--once",
                                "--quality-gates",
                                "--broker",
                                broker.url(),
                                "--port",
                                Integer.toString(Machine.freePort()))) {
            events.awaitOut(line -> line.contains("\"gone\""), START);
            stats.awaitOut(line -> line.matches(".*\"failed\":\\{\"small\":[1-9].*"), START);
            List<JsonObject> told = stats.out().stream().map(QualityGatesIT::payload).toList();
            assertThat(told).allSatisfy(QualityGatesIT::addsUp);
            Program status = Gateway.command(data, START, "status");
            assertThat(status.out())
                    .anyMatch(
                            line -> line.matches("cam: faces judged \\d+ = good \\d+ \\+ small.*"));
            gateway.terminate();
            gateway.awaitExit(Duration.ofSeconds(20));
            checkEvents(events.out().stream().map(QualityGatesIT::payload).toList());
        }
    }

    private static void checkEvents(List<JsonObject> events) {
        assertThat(events)
                .anyMatch(
                        event ->
                                !event.get("name").isJsonNull()
                                        && event.get("name").getAsString().equals(KNOWN));
        assertThat(events)
                .noneMatch(
                        event ->
                                event.get("event_type").getAsString().equals("unknown")
                                        && event.getAsJsonArray("box").get(2).getAsInt() < 130);
    }

    /** In every message: each face judged is good or has one reason. */
    private static void addsUp(JsonObject message) {
        JsonObject camera = message.getAsJsonObject("cameras").getAsJsonObject("cam");
        if (camera == null) {
            return; // no frame yet
        }
        JsonObject gates = camera.getAsJsonObject("gates");
        assertThat(gates.get("on").getAsBoolean()).isTrue();
        long failed =
                gates.getAsJsonObject("failed").entrySet().stream()
                        .map(entry -> entry.getValue())
                        .mapToLong(JsonElement::getAsLong)
                        .sum();
        long judged = gates.get("judged").getAsLong();
        assertThat(judged).isEqualTo(gates.get("passed").getAsLong() + failed);
        assertThat(judged + gates.get("unjudged").getAsLong())
                .isEqualTo(camera.getAsJsonObject("work").get("encoded_faces").getAsLong());
    }

    private void enrol(Path data) throws Exception {
        Path person = Files.createDirectories(folder.resolve("dataset").resolve(KNOWN));
        Files.copy(
                SharedData.file("photos/peer/examples/lin-manuel-miranda.png"),
                person.resolve("still.png"));
        Program encode =
                Gateway.command(data, START, "encode", "--dataset", person.getParent().toString());
        assertThat(encode.awaitExit(START)).as(encode.transcript()).isZero();
    }

    private static JsonObject payload(String line) {
        return JsonParser.parseString(line.substring(line.indexOf(' ') + 1)).getAsJsonObject();
    }
}
