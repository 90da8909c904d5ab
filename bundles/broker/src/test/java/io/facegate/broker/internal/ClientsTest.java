// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.testing.Machine;
import io.facegate.testing.Program;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Real clients at the broker: each subscribes, publishes and hears itself. Those of PyPI and npm
 * are fetched by {@code cnf/testing/mqtt-clients/run}, which says where they are.
 */
class ClientsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir static Path folder;
    private static ArtemisServer server;

    @BeforeAll
    static void start() throws Exception {
        NettyDefaults.apply();
        server =
                ArtemisServer.start(
                        new BrokerSettings("127.0.0.1", 0, "", ""), folder.resolve("waiting"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv5", "mqttv311", "mqttv31"})
    void mosquittosOwn(String version) throws Exception {
        String topic = "mosquitto/" + version;
        mosquitto("mosquitto_pub", version, topic, "-q", "0", "-r", "-m", "hello");
        assertThat(mosquitto("mosquitto_sub", version, topic, "-q", "1", "-C", "1", "-F", "%r %p"))
                .containsExactly("1 hello");
    }

    @ParameterizedTest
    @CsvSource({
        "paho_client.py,",
        "paho_client.py,MQTTv5",
        "aiomqtt_client.py,",
        "mqttjs_client.js,",
        "mqttjs_client.js,5"
    })
    void ofOtherLanguages(String script, String version) throws Exception {
        String clients = System.getProperty("mqtt.clients", "");
        assumeTrue(
                !clients.isEmpty(),
                "skipped: the clients are not there; cnf/testing/mqtt-clients/run fetches them");
        List<String> command = new ArrayList<>();
        command.add(
                script.endsWith(".py") ? clients + "/venv/bin/python" : Machine.program("node"));
        command.add(clients + "/" + script);
        command.addAll(List.of(Integer.toString(server.port()), "t/" + script + version, "hello"));
        if (version != null) {
            command.add(version);
        }
        assertThat(output(command)).containsExactly("hello");
    }

    private static List<String> mosquitto(
            String program, String version, String topic, String... more) throws Exception {
        List<String> words =
                new ArrayList<>(command(Machine.program(program), "-V", version, "-t", topic));
        words.addAll(List.of(more));
        return output(words);
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(server.port())));
        return command;
    }

    private static List<String> output(List<String> command)
            throws IOException, InterruptedException {
        try (Program program = Program.start(Map.of(), command)) {
            assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isZero();
            return program.out();
        }
    }
}
