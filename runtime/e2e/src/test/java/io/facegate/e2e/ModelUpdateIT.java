// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Await;
import io.facegate.testing.Distribution;
import io.facegate.testing.Machine;
import io.facegate.testing.Mosquitto;
import io.facegate.testing.Program;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * From dlib's encoder to SFace and back, on the sample clip, in the built distribution: the bundle
 * is put into {@code load}, the gateway is killed meanwhile, and nobody is ever told wrong.
 */
class ModelUpdateIT {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final String DLIB = "dlib-resnet-v1";
    private static final String SFACE = "opencv-sface";

    @TempDir Path folder;
    private Path data;
    private int port;

    @BeforeEach
    void enrol() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        port = Machine.freePort();
        Path people = Distribution.folder().resolve("demo/people");
        Program encode = Gateway.command(data, LONG, "encode", "-i", people.toString());
        assertThat(encode.awaitExit(LONG)).as(encode.transcript()).isZero();
    }

    @Test
    void comesIntoUseAndIsGoneBackFromWhileFramesFlow() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                Program events = broker.subscribe("facegate/+/events")) {
            try (Program gateway = start(broker)) {
                awaitName(events, 0);
                Files.createDirectories(data.resolve("load"));
                Path jar = data.resolve("load/opencv-sface.jar");
                install(jar);
                awaitOffer();
                gateway.kill();
            }
            try (Program gateway = start(broker)) {
                awaitInUse(SFACE);
                JsonObject status = status();
                assertThat(status.get("faces_encoded").getAsInt()).isEqualTo(16);
                assertThat(status.getAsJsonObject("previous").get("id").getAsString())
                        .isEqualTo(DLIB);
                awaitName(events, events.out().size());
                gateway.kill();
            }
            try (Program gateway = start(broker)) {
                awaitName(events, events.out().size());
                assertThat(inUse()).as("after a kill").isEqualTo(SFACE);
                assertThat(command("model", "rollback")).containsExactly(DLIB + " is in use.");
                awaitName(events, events.out().size());
                assertThat(command("model", "use", SFACE)).containsExactly(SFACE + " is in use.");
                Files.delete(data.resolve("load/opencv-sface.jar"));
                awaitInUse(DLIB);
                awaitName(events, events.out().size());
                assertThat(command("status"))
                        .anyMatch(line -> line.contains(SFACE + " is not installed"));
                gateway.terminate();
                gateway.awaitExit(Duration.ofSeconds(20));
            }
            assertThat(events.out())
                    .as("nobody is told wrong")
                    .allMatch(line -> names().contains(name(line)));
        }
    }

    private static Set<String> names() {
        return Set.of("", "John Salley", "John Savage", "John Schneider", "John Simm");
    }

    private static void install(Path jar) throws IOException {
        Path part = jar.getParent().resolveSibling("part");
        Files.copy(Distribution.folder().resolve("models/opencv-sface.jar"), part);
        Files.move(part, jar);
    }

    private Program start(Mosquitto broker) throws IOException {
        return Gateway.run(
                data,
                "--camera",
                Distribution.folder().resolve("demo/demo.mp4").toString(),
                "--broker",
                broker.url(),
                "--port",
                Integer.toString(port));
    }

    private void awaitOffer() throws Exception {
        Await.until("an offer", LONG, () -> status().has("offered") ? true : null);
    }

    private void awaitInUse(String model) throws Exception {
        Await.until(model + " in use", LONG, () -> inUse().equals(model) ? true : null);
    }

    private String inUse() throws Exception {
        JsonObject status = status();
        return status.has("in_use") ? status.getAsJsonObject("in_use").get("id").getAsString() : "";
    }

    private JsonObject status() throws Exception {
        List<String> lines = command("model", "status", "--json");
        return lines.isEmpty()
                ? new JsonObject()
                : JsonParser.parseString(String.join("", lines)).getAsJsonObject();
    }

    private List<String> command(String... words) throws Exception {
        Program program = Gateway.command(data, LONG, words);
        program.awaitExit(LONG);
        return program.out();
    }

    /** A known person appears among the events from an index on. */
    private static void awaitName(Program events, int from) throws Exception {
        Await.until(
                "a name",
                LONG,
                () ->
                        events.out().stream().skip(from).anyMatch(line -> !name(line).isEmpty())
                                ? true
                                : null);
    }

    private static String name(String line) {
        JsonObject event =
                JsonParser.parseString(line.substring(line.indexOf('{'))).getAsJsonObject();
        return event.has("name") && !event.get("name").isJsonNull()
                ? event.get("name").getAsString()
                : "";
    }
}
