// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.broker.internal.LoadBroker;
import io.facegate.testing.Await;
import io.facegate.testing.Machine;
import io.facegate.testing.Program;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * A gateway with its own broker is killed while a subscriber whose session stays is away, and
 * events go on: it is given each once it is back.
 */
class AwaySubscriberTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int EVENTS = 300;
    private static final int RATE = 20;

    @TempDir Path folder;
    private final int port = Machine.freePort();
    private final List<JsonObject> heard = new ArrayList<>();
    private Program gateway;

    AwaySubscriberTest() throws IOException {}

    @AfterEach
    void stop() {
        gateway.kill();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-V 311", "-V 5 -x 3600"})
    void nothingIsMissingOnceItIsBack(String version) throws Exception {
        startGateway();
        hear(version, "-C", "5");
        Await.until("it is known to be away", DEADLINE, () -> LoadBroker.away(folder, "away"));
        long since = given();
        Await.until("events without it", DEADLINE, () -> given() > since + RATE);
        gateway.kill();
        gateway.awaitExit(DEADLINE);
        startGateway();
        try (Program other = subscribe("-i", "other")) {
            Await.until("all events", DEADLINE, () -> given() == EVENTS);
            Await.until(
                    "what was lost is sent again",
                    DEADLINE,
                    () -> other.out().stream().anyMatch(e -> e.contains("\"repeated\":true")));
        }
        try (Program back = subscribe(options(version))) {
            Await.until("it is given them", DEADLINE, () -> back.out().size() >= EVENTS - since);
            hear(back);
            Await.until(
                    "each",
                    DEADLINE,
                    () -> {
                        hear(back);
                        return seqs().size() == EVENTS;
                    });
        }
        assertThat(seqs())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, EVENTS).boxed().toList());
        assertInOrder();
    }

    private void assertInOrder() {
        Map<String, Long> newest = new HashMap<>();
        TreeSet<Long> known = new TreeSet<>();
        for (JsonObject event : heard) {
            long seq = event.get("seq").getAsLong();
            if (known.add(seq)) {
                String track = event.get("id").getAsString();
                assertThat(newest.getOrDefault(track, 0L)).as(track).isLessThan(seq);
                newest.put(track, seq);
            }
        }
    }

    private TreeSet<Long> seqs() {
        TreeSet<Long> seqs = new TreeSet<>();
        heard.forEach(event -> seqs.add(event.get("seq").getAsLong()));
        return seqs;
    }

    private final Map<Program, Integer> taken = new HashMap<>();

    private void hear(Program subscriber) {
        List<String> out = subscriber.out();
        for (String line : out.subList(taken.getOrDefault(subscriber, 0), out.size())) {
            heard.add(JsonParser.parseString(line).getAsJsonObject());
        }
        taken.put(subscriber, out.size());
    }

    private void hear(String version, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of(options(version)));
        options.addAll(List.of(more));
        try (Program first = subscribe(options.toArray(new String[0]))) {
            assertThat(first.awaitExit(DEADLINE)).isZero();
            hear(first);
        }
    }

    private static String[] options(String version) {
        return (version + " -c -i away").split(" ");
    }

    private Program subscribe(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Machine.program("mosquitto_sub"));
        command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-q", "1"));
        command.addAll(List.of("-t", "facegate/load/events"));
        command.addAll(List.of(options));
        return Program.start(Map.of(), command);
    }

    private void startGateway() throws Exception {
        gateway =
                Program.start(
                        Map.of(),
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LoadGateway.class.getName(),
                                "tcp://127.0.0.1:" + port,
                                folder.toString(),
                                Integer.toString(RATE),
                                Integer.toString(EVENTS),
                                Integer.toString(port)));
        Await.until("the broker", DEADLINE, this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The last event that the gateway made. */
    private long given() {
        try {
            byte[] number = Files.readAllBytes(folder.resolve("given"));
            return number.length < Long.BYTES ? 0 : ByteBuffer.wrap(number).getLong();
        } catch (IOException e) {
            return 0;
        }
    }
}
