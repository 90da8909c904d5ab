// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Await;
import io.facegate.testing.Distribution;
import io.facegate.testing.Machine;
import io.facegate.testing.Mosquitto;
import io.facegate.testing.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What Prometheus sees of a gateway that works on a stream. */
class MetricsIT {
    private static final Duration START = Duration.ofSeconds(90);

    @TempDir Path folder;

    @Test
    void countersMoveAndAddUpWhileAStreamRuns() throws Exception {
        int port = Machine.freePort();
        Path data = folder.resolve("data");
        try (Mosquitto broker = new Mosquitto(folder);
                Program gateway = run(data, broker, port)) {
            gateway.awaitOut(line -> line.contains(" new "), START);
            URI here = uri("127.0.0.1", port);
            HttpResponse<String> answer = get(here);
            assertThat(answer.statusCode()).as("without log-in").isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).contains("version=0.0.4"));
            Map<String, Double> before = samples(answer.body());
            addUp(before);
            Await.until(
                    "more frames",
                    START,
                    () -> get(samples(get(here).body()), "recognized") > get(before, "recognized"));
            Map<String, Double> after = samples(get(here).body());
            addUp(after);
            onlyRise(before, after);
            tellsOfTheGateway(after);
        }
    }

    @Test
    void statsOnMqttTellTheSameAsMetrics() throws Exception {
        int port = Machine.freePort();
        try (Mosquitto broker = new Mosquitto(folder);
                Program stats = broker.subscribe("facegate/+/stats");
                Program gateway = run(folder.resolve("data"), broker, port)) {
            String line = stats.awaitOut(l -> l.contains("\"total\":{\"p50\":"), START);
            Map<String, Double> samples = samples(get(uri("127.0.0.1", port)).body());
            JsonObject told =
                    JsonParser.parseString(line.substring(line.indexOf(' '))).getAsJsonObject();
            JsonObject cam = told.getAsJsonObject("cameras").getAsJsonObject("cam");
            for (String stage : cam.getAsJsonObject("stages").keySet()) {
                assertThat(samples)
                        .containsKey(
                                "facegate_stage_recent_seconds{camera=\"cam\",stage=\""
                                        + stage
                                        + "\",percentile=\"95\"}");
            }
            assertThat(cam.getAsJsonObject("frames").get("offered").getAsDouble())
                    .isLessThanOrEqualTo(
                            samples.get("facegate_frames_offered_total{camera=\"cam\"}"));
            double resident = told.getAsJsonObject("process").get("resident_bytes").getAsDouble();
            assertThat(samples.get("process_resident_memory_bytes"))
                    .isBetween(resident / 2, resident * 2);
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    @Test
    void otherMachinesAreLetInByConfigurationOnly() throws Exception {
        Optional<InetAddress> own = addressOnTheNetwork();
        assumeTrue(own.isPresent(), "there is no network");
        int port = Machine.freePort();
        Path data = folder.resolve("data");
        try (Mosquitto broker = new Mosquitto(folder);
                Program gateway = run(data, broker, port, "--host", "0.0.0.0")) {
            URI there = uri(own.get().getHostAddress(), port);
            Await.until("refusal", START, () -> status(there) == 403);
            assertThat(status(uri("127.0.0.1", port))).isEqualTo(200);
            Path configuration = data.resolve("conf/io.facegate.metrics.config");
            Files.writeString(configuration, "remote=B\"true\"\n");
            Await.until("answer", START, () -> status(there) == 200);
            Files.writeString(configuration, "enabled=B\"false\"\n");
            Await.until("nothing", START, () -> status(there) == 404);
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    private static Program run(Path data, Mosquitto broker, int port, String... options)
            throws IOException {
        String demo = Distribution.folder().resolve("demo/demo.mp4").toString();
        String[] words = {
            "--camera", demo, "--broker", broker.url(), "--port", Integer.toString(port)
        };
        return Gateway.run(
                data,
                Stream.concat(Arrays.stream(words), Arrays.stream(options)).toArray(String[]::new));
    }

    private static void addUp(Map<String, Double> samples) {
        String camera = "{camera=\"cam\"}";
        double accepted = samples.get("facegate_frames_accepted_total" + camera);
        assertThat(samples.get("facegate_frames_offered_total" + camera))
                .isEqualTo(
                        accepted
                                + samples.get("facegate_frames_superseded_total" + camera)
                                + samples.get("facegate_queue_depth" + camera));
        assertThat(accepted)
                .isEqualTo(
                        get(samples, "recognized")
                                + get(samples, "no_face")
                                + get(samples, "skipped")
                                + get(samples, "failed")
                                + samples.get("facegate_frames_in_progress" + camera));
    }

    private static void onlyRise(Map<String, Double> before, Map<String, Double> after) {
        before.forEach(
                (series, value) -> {
                    if (series.matches("[a-z_]+_(total|bucket|count|sum)(\\{.*)?")) {
                        assertThat(after.get(series)).as(series).isGreaterThanOrEqualTo(value);
                    }
                });
    }

    private static void tellsOfTheGateway(Map<String, Double> samples) {
        for (String stage : new String[] {"capture", "detect", "encode", "match", "total"}) {
            String labels = "{camera=\"cam\",stage=\"" + stage + "\"}";
            assertThat(samples.get("facegate_stage_duration_seconds_count" + labels))
                    .as(stage)
                    .isPositive();
        }
        assertThat(samples.get("facegate_camera_online{camera=\"cam\"}")).isEqualTo(1);
        assertThat(samples.get("facegate_condition_level{part=\"detector/hog\"}")).isZero();
        assertThat(samples.get("facegate_people")).isZero();
        assertThat(samples.get("process_resident_memory_bytes")).isBetween(5e7, 2e9);
        assertThat(samples.keySet())
                .anyMatch(s -> s.startsWith("facegate_model_info{model=\"dlib-resnet-v1\""))
                .anyMatch(s -> s.startsWith("facegate_engine_in_use{stage=\"encode\""));
    }

    private static double get(Map<String, Double> samples, String outcome) {
        return samples.get("facegate_frames_total{camera=\"cam\",outcome=\"" + outcome + "\"}");
    }

    private static Map<String, Double> samples(String text) {
        Map<String, Double> samples = new HashMap<>();
        text.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(
                        line -> {
                            int space = line.lastIndexOf(' ');
                            String value = line.substring(space + 1);
                            Double old =
                                    samples.put(line.substring(0, space), Double.valueOf(value));
                            assertThat(old).as("twice: " + line).isNull();
                        });
        return samples;
    }

    private static Optional<InetAddress> addressOnTheNetwork() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
                .findFirst();
    }

    private static URI uri(String host, int port) {
        return URI.create("http://" + host + ":" + port + "/metrics");
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int status(URI uri) throws Exception {
        try {
            return get(uri).statusCode();
        } catch (IOException e) {
            return -1;
        }
    }
}
