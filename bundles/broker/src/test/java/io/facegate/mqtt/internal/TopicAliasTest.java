// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.broker.internal.LoadBroker;
import io.facegate.outbox.internal.OpenOutbox;
import io.facegate.testing.Await;
import io.facegate.testing.Machine;
import io.facegate.testing.Program;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topic aliases are those of the connection, whatever becomes of it. */
class TopicAliasTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int EACH = 20;

    @TempDir Path folder;
    private final int port = Machine.freePort();
    private final List<AutoCloseable> open = new ArrayList<>();
    private PublisherLoop loop;

    TopicAliasTest() throws IOException {}

    @AfterEach
    void stop() throws Exception {
        loop.stop();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    /** Its default are ten: the states that are sent first have them all. */
    @ParameterizedTest
    @ValueSource(ints = {10, 20})
    void eachConnectionWithMosquittoHasItsOwn(int most) throws Exception {
        Path configuration =
                Files.write(
                        folder.resolve("mosquitto.conf"),
                        List.of(
                                "listener " + port + " 127.0.0.1",
                                "max_topic_alias " + most,
                                "allow_anonymous true"));
        open.add(Program.start(Machine.program("mosquitto"), "-c", configuration.toString()));
        eachConnectionHasItsOwn(most);
    }

    @Test
    void eachConnectionWithTheEmbeddedBrokerHasItsOwn() throws Exception {
        open.add(LoadBroker.start(port, folder));
        eachConnectionHasItsOwn(20);
    }

    private void eachConnectionHasItsOwn(int most) throws Exception {
        Await.until("the broker", DEADLINE, this::listens);
        Program all =
                Program.start(
                        Machine.program("mosquitto_sub"),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-t",
                        "facegate/#",
                        "-q",
                        "1",
                        "-F",
                        "%t %p");
        open.add(all);
        WireTap tap = new WireTap(port);
        open.add(tap);
        loop = LoadGateway.loop("tcp://127.0.0.1:" + tap.port(), folder, OpenOutbox.in(folder), 0);
        loop.start();
        for (int round = 0; round < 3; round++) {
            for (int seq = round * EACH + 1; seq <= (round + 1) * EACH; seq++) {
                loop.add(LoadSurroundings.event(seq, 0));
                if (round > 0 && seq == round * EACH + EACH / 2) {
                    tap.cut();
                }
            }
            int events = (round + 1) * EACH;
            Await.until("the events", DEADLINE, () -> heard(all, "load/events") >= events);
            Await.until("the camera's", DEADLINE, () -> heard(all, "load/front/event") >= events);
        }
        assertThat(tap.connections()).hasSizeGreaterThanOrEqualTo(3);
        for (WireTap.Connection connection : tap.connections()) {
            assertKnown(connection.published(), most);
        }
        List<WireTap.Published> last =
                tap.connections().get(tap.connections().size() - 1).published();
        assertThat(last).as("they are given").anyMatch(each -> each.alias() == most / 2);
        if (most > 10) {
            assertThat(last).as("they are used").anyMatch(each -> each.topic().isEmpty());
        }
    }

    private static void assertKnown(List<WireTap.Published> published, int most) {
        Map<Integer, String> known = new HashMap<>();
        for (WireTap.Published each : published) {
            assertThat(each.alias()).isBetween(0, most);
            if (each.topic().isEmpty()) {
                assertThat(known).as("told on this connection").containsKey(each.alias());
            } else if (each.alias() > 0) {
                assertThat(known.put(each.alias(), each.topic())).isNull();
            }
        }
    }

    /** Different events on a topic below the prefix. */
    private static long heard(Program subscriber, String topic) {
        return subscriber.out().stream()
                .filter(line -> line.startsWith("facegate/" + topic + " {"))
                .map(line -> line.replaceFirst(".*\"seq\":([0-9]+),.*", "$1"))
                .distinct()
                .count();
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
