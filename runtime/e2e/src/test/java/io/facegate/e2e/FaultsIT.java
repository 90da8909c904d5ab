// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.Await;
import io.facegate.testing.Distribution;
import io.facegate.testing.Machine;
import io.facegate.testing.Mosquitto;
import io.facegate.testing.Program;
import io.facegate.testing.SmallDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a user meets when something around the gateway is wrong: one clear line, and the rest runs.
 */
class FaultsIT {
    private static final Duration START = Duration.ofSeconds(90);

    @TempDir Path folder;

    @Test
    void aCameraThatIsNotThereIsNamedAndTheConsoleRuns() throws Exception {
        int port = Machine.freePort();
        try (Mosquitto broker = new Mosquitto(folder);
                Program capture = broker.subscribe("facegate/+/cam/status/capture");
                Program gateway =
                        run(
                                broker.url(),
                                port,
                                "--camera",
                                folder.resolve("no-camera").toString())) {
            gateway.awaitErr(line -> line.contains("no-camera"), START);
            capture.awaitOut(line -> line.endsWith(" offline"), START);
            assertThat(get(port, "/system/console/facegate")).isEqualTo(401);
            assertNoStackTraces(gateway);
        }
    }

    @Test
    void aBrokenConfigurationIsNamedAndTheRestRuns() throws Exception {
        Path conf = Files.createDirectories(folder.resolve("data/conf"));
        Files.writeString(conf.resolve("io.facegate.pipeline.config"), "tolerance=D\"lots\"\n");
        Files.writeString(conf.resolve("io.facegate.display.config"), "output=\"headless\n");
        Files.writeString(conf.resolve(".initialised"), "");
        try (Mosquitto broker = new Mosquitto(folder);
                Program available = broker.subscribe("facegate/+/available");
                Program gateway =
                        run(broker.url(), Machine.freePort(), "--camera", folder.toString())) {
            gateway.awaitErr(line -> line.contains("io.facegate.pipeline.config"), START);
            gateway.awaitErr(line -> line.contains("io.facegate.display"), START);
            available.awaitOut(line -> line.endsWith(" online"), START);
        }
    }

    @Test
    void aConsolePortInUseIsNamedWithTheWayOut() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Mosquitto broker = new Mosquitto(folder);
                Program available = broker.subscribe("facegate/+/available");
                Program gateway =
                        run(
                                broker.url(),
                                taken.getLocalPort(),
                                "--camera",
                                folder.resolve("none").toString())) {
            gateway.awaitErr(
                    line ->
                            line.contains(Integer.toString(taken.getLocalPort()))
                                    && line.contains("--port"),
                    START);
            available.awaitOut(line -> line.endsWith(" online"), START);
            assertNoStackTraces(gateway);
        }
    }

    @Test
    void aBrokerPortInUseIsNamedWithTheWayOut() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Program gateway =
                        Gateway.run(
                                folder.resolve("data"),
                                "--camera",
                                folder.resolve("none").toString(),
                                "--port",
                                Integer.toString(Machine.freePort()),
                                "--broker-port",
                                Integer.toString(taken.getLocalPort()))) {
            gateway.awaitErr(
                    line ->
                            line.contains(Integer.toString(taken.getLocalPort()))
                                    && line.contains("--broker"),
                    START);
            gateway.awaitErr(line -> line.contains("none"), START);
            assertThat(gateway.isAlive()).isTrue();
            assertNoStackTraces(gateway);
        }
    }

    @Test
    void aDamagedModelIsRefusedAndTheMissingPartNamed() throws Exception {
        Path load = Files.createDirectories(folder.resolve("data/load"));
        Path model = bundle("io.facegate.model.dlib-resnet-");
        Files.write(load.resolve("damaged.jar"), damaged(model));
        try (Mosquitto broker = new Mosquitto(folder);
                Program gateway =
                        run(broker.url(), Machine.freePort(), "--camera", folder.toString())) {
            gateway.awaitErr(
                    line -> line.contains("dlib-resnet-v1") && line.contains("SHA-256"), START);
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    @Test
    void aStartOnAFullDiskIsRefusedInOneLine() throws Exception {
        try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), 30)) {
            disk.fill();
            Program program =
                    Gateway.command(disk.folder().resolve("data"), START, "people", "list");
            assertThat(program.awaitExit(START)).isEqualTo(1);
            assertThat(program.err()).as(program.transcript()).hasSize(1);
            assertThat(program.err().get(0)).contains("disk", "--data");
        }
    }

    @Test
    void aDiskThatFillsUpDoesNotStopRecognition() throws Exception {
        Path people = Distribution.folder().resolve("demo/people");
        try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), 300);
                Mosquitto broker = new Mosquitto(folder);
                Program gateway =
                        Gateway.run(
                                disk.folder().resolve("data"),
                                "--camera",
                                Distribution.folder().resolve("demo/demo.mp4").toString(),
                                "--broker",
                                broker.url(),
                                "--port",
                                Integer.toString(Machine.freePort()))) {
            gateway.awaitOut(line -> line.contains(" new "), START);
            disk.fill();
            try (Program events = broker.subscribe("facegate/+/events")) {
                events.awaitOut(line -> line.contains("\"new\""), START);
            }
            Program encode =
                    Gateway.command(
                            disk.folder().resolve("data"),
                            START,
                            "encode",
                            "--dataset",
                            people.toString());
            assertThat(encode.awaitExit(START)).isEqualTo(1);
            assertThat(encode.err()).anyMatch(line -> line.contains("disk"));
            assertNoStackTraces(gateway);
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    @Test
    void aBrokerThatDiesAndComesBackGetsEveryEvent() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                Program gateway =
                        run(
                                broker.url(),
                                Machine.freePort(),
                                "--camera",
                                Distribution.folder().resolve("demo/demo.mp4").toString())) {
            gateway.awaitOut(line -> line.contains(" new "), START);
            broker.kill();
            long heard = gateway.out().size();
            Await.until("events without a broker", START, () -> gateway.out().size() >= heard + 4);
            broker.start();
            try (Program events = broker.subscribe("facegate/+/events")) {
                events.awaitOut(line -> line.contains("\"buffered\":true"), START);
                events.awaitOut(line -> line.contains("\"buffered\":false"), START);
                List<Long> sequences =
                        events.out().stream().map(line -> sequence(line)).distinct().toList();
                assertThat(sequences).isSorted().hasSizeGreaterThanOrEqualTo(5);
                assertThat(sequences.get(sequences.size() - 1) - sequences.get(0))
                        .as("none is missing among " + sequences)
                        .isEqualTo(sequences.size() - 1L);
            }
        }
    }

    private static long sequence(String event) {
        return Long.parseLong(event.replaceFirst(".*\"seq\":([0-9]+),.*", "$1"));
    }

    @Test
    void theConsoleOpensWithThePasswordMadeAtFirstStartOnly() throws Exception {
        int port = Machine.freePort();
        try (Mosquitto broker = new Mosquitto(folder);
                Program gateway =
                        run(broker.url(), port, "--camera", folder.resolve("none").toString())) {
            gateway.awaitErr(line -> line.contains("console.password"), START);
            String text = Files.readString(folder.resolve("data/console.password"));
            Await.until("console", START, () -> get(port, "/system/console/facegate") == 401);
            assertThat(get(port, "/system/console/facegate", "admin", "admin")).isEqualTo(401);
            assertThat(get(port, "/system/console/facegate", "admin", password(text)))
                    .isEqualTo(200);
            for (String page : List.of("bundles", "components", "configMgr", "healthcheck")) {
                assertThat(get(port, "/system/console/" + page, "admin", password(text)))
                        .as(page)
                        .isEqualTo(200);
            }
        }
    }

    /** The password among the lines of the file that tells it. */
    private static String password(String text) {
        return Pattern.compile("\\b(?:[a-z0-9]+-){3,}[a-z0-9]+\\b")
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no password in the file"))
                .group();
    }

    private Program run(String broker, int port, String... options) throws IOException {
        List<String> words = new java.util.ArrayList<>();
        words.addAll(List.of("--broker", broker, "--port", Integer.toString(port)));
        words.addAll(List.of(options));
        return Gateway.run(folder.resolve("data"), words.toArray(String[]::new));
    }

    private static void assertNoStackTraces(Program program) {
        assertThat(program.err()).noneMatch(line -> line.startsWith("\tat "));
    }

    private static int get(int port, String path, String... login) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (login.length == 2) {
            String pair = login[0] + ":" + login[1];
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes()));
        }
        try {
            return HttpClient.newHttpClient()
                    .send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        }
    }

    private static Path bundle(String prefix) throws IOException {
        try (var jars = Files.list(Distribution.folder().resolve("bundle"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The same jar under another symbolic name, with one byte of the model changed. */
    private static byte[] damaged(Path jar) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var in = new java.util.jar.JarInputStream(Files.newInputStream(jar))) {
            in.getManifest()
                    .getMainAttributes()
                    .putValue("Bundle-SymbolicName", "io.facegate.model.damaged");
            try (var out = new java.util.jar.JarOutputStream(bytes, in.getManifest())) {
                for (var entry = in.getNextJarEntry();
                        entry != null;
                        entry = in.getNextJarEntry()) {
                    byte[] data = in.readAllBytes();
                    if (entry.getName().endsWith(".dat")) {
                        data[data.length / 2] ^= 1;
                    }
                    out.putNextEntry(new java.util.jar.JarEntry(entry.getName()));
                    out.write(data);
                }
            }
        }
        return bytes.toByteArray();
    }
}
