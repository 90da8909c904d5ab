// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.Machine;
import io.facegate.testing.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** What is configured stays: by the console, by hand, over kills and with files that are broken. */
class ConfigurationKeptIT {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final String FRONT = "io.facegate.camera-front.config";
    private static final String GARDEN = "io.facegate.camera-garden.config";
    private static final String NEW = "[Temporary PID replaced by real PID upon save]";
    private static final String HAND =
            "# at the door\nlocation=\"/nowhere/front.mp4\"\ncamera.id=\"front\"\n.password=\"geheim\"\n";

    @TempDir Path folder;
    private final int port = freePort();
    private final int brokerPort = freePort();

    private static int freePort() {
        try {
            return Machine.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Program start() throws Exception {
        Program gateway =
                Gateway.run(
                        folder,
                        "--port",
                        Integer.toString(port),
                        "--broker-port",
                        Integer.toString(brokerPort));
        gateway.awaitErr(line -> line.contains("recognition starts"), DEADLINE);
        return gateway;
    }

    private Path file(String name) {
        return folder.resolve("conf").resolve(name);
    }

    private HttpResponse<String> post(String pid, Map<String, String> fields) throws Exception {
        String password = Files.readAllLines(folder.resolve("console.password")).get(0);
        String form =
                fields.entrySet().stream()
                        .map(e -> e.getKey() + "=" + encoded(e.getValue()))
                        .collect(Collectors.joining("&"));
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + port
                                                + "/system/console/configMgr/"
                                                + encoded(pid).replace("+", "%20")))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        ("admin:" + password)
                                                                .getBytes(StandardCharsets.UTF_8)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void save(String pid, Map<String, String> fields) throws Exception {
        assertThat(post(pid, fields).statusCode()).isEqualTo(302);
    }

    @Test
    void whatIsConfiguredStays() throws Exception {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(file(FRONT), HAND);
        try (Program gateway = start()) {
            save(
                    "io.facegate.camera~front",
                    Map.of(
                            "apply", "true",
                            "propertylist", "framesPerSecond,width,height",
                            "framesPerSecond", "7",
                            "width", "0",
                            "height", "480"));
            save(
                    NEW,
                    Map.of(
                            "apply", "true",
                            "factoryPid", "io.facegate.camera",
                            "propertylist", "location,camera.id,width",
                            "location", "/nowhere/garden.mp4",
                            "camera.id", "garden",
                            "width", "0"));
            gateway.kill(); // at once: what was answered is on the disk
            gateway.awaitExit(DEADLINE);
        }
        assertThat(file(FRONT))
                .content()
                .isEqualTo(HAND + "framesPerSecond=D\"7.0\"\nheight=I\"480\"\n");
        assertThat(file(GARDEN))
                .content()
                .isEqualTo("camera.id=\"garden\"\nlocation=\"/nowhere/garden.mp4\"\n");

        Files.writeString(file(FRONT), HAND + "framesPerSecond=D\"abc\"\n");
        Files.writeString(file(GARDEN), "");
        try (Program gateway = start()) {
            gateway.awaitErr(
                    line ->
                            line.contains(FRONT + ", line 5: framesPerSecond=D\"abc\"")
                                    && line.contains("What was in force stays"),
                    DEADLINE);
            gateway.awaitErr(
                    line -> line.contains(GARDEN + ", line 1: the file is empty"), DEADLINE);
            gateway.awaitErr(line -> line.contains("/nowhere/front.mp4"), DEADLINE);
            gateway.awaitErr(line -> line.contains("/nowhere/garden.mp4"), DEADLINE);

            for (String name : new String[] {"front", "garden"}) {
                Program restored = Gateway.command(folder, DEADLINE, "config", "restore", name);
                assertThat(restored.awaitExit(DEADLINE)).as(restored.transcript()).isZero();
                gateway.awaitErr(
                        line -> line.contains(name + ".config is understood again"), DEADLINE);
            }
        }
        assertThat(file(FRONT)).content().contains("framesPerSecond=D\"7.0\"", "# at the door");
        assertThat(file(GARDEN)).content().contains("garden.mp4");
    }
}
