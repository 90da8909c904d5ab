// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.api.outbox.Outbox;
import io.facegate.outbox.internal.OpenOutbox;
import io.facegate.testing.Await;
import io.facegate.testing.Machine;
import io.facegate.testing.Program;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What becomes of events when processes are killed and frozen, how long they take and how many go
 * through the outbox: with the real publisher, outbox and Mosquitto. Runs with {@code
 * cnf/testing/mqtt-load/run}.
 */
class LoadTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final int events = Integer.getInteger("facegate.load.events", 0);
    private final int kills = Integer.getInteger("facegate.load.kills", 50);
    private final int brokerKills = Integer.getInteger("facegate.load.brokerKills", kills);
    private final int freezes = Integer.getInteger("facegate.load.freezes", 20);
    private final int freezeSeconds = Integer.getInteger("facegate.load.freezeSeconds", 12);
    private final int rate = Integer.getInteger("facegate.load.rate", 20);

    /** Whether Mosquitto saves at each change, or as it does by default: every 30 minutes. */
    private final boolean saves = !"false".equals(System.getProperty("facegate.load.saves"));

    @TempDir Path folder;
    private final Random random = new Random(1);
    private int port;
    private Path configuration;
    private Program broker;
    private Program gateway;
    private LoadSubscriber subscriber;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(events > 0, "skipped: runs with cnf/testing/mqtt-load/run");
        port = Machine.freePort();
        configuration =
                Files.write(
                        folder.resolve("mosquitto.conf"),
                        List.of(
                                "listener " + port + " 127.0.0.1",
                                "allow_anonymous true",
                                "user " + System.getProperty("user.name"),
                                "max_queued_messages 0",
                                "persistence true",
                                "persistence_location " + folder + "/",
                                "autosave_interval " + (saves ? 1 : 1800),
                                "autosave_on_changes " + saves));
    }

    @AfterEach
    void stop() {
        if (subscriber != null) {
            subscriber.close();
        }
        for (Program program : new Program[] {gateway, broker}) {
            if (program != null) {
                program.kill();
            }
        }
    }

    @Test
    void nothingIsLostThroughKillsAndFreezes() throws Exception {
        startBroker();
        subscriber = new LoadSubscriber(port);
        startGateway();
        int rounds = Math.max(Math.max(kills, brokerKills), freezes);
        for (int i = 0; i < rounds; i++) {
            if (i < brokerKills) {
                pause(500, 2500);
                broker.kill();
                broker.awaitExit(DEADLINE);
                pause(0, 1500);
                startBroker();
            }
            if (i < kills) {
                pause(500, 2500);
                gateway.kill();
                gateway.awaitExit(DEADLINE);
                subscriber.killed();
                startGateway();
            }
            if (i >= rounds - freezes) {
                pause(500, 2500);
                signal("-STOP", broker);
                Thread.sleep(1000L * freezeSeconds);
                signal("-CONT", broker);
            }
        }
        subscriber.awaitAll(events);
        System.out.println(
                "load "
                        + brokerKills
                        + " kills of the broker, "
                        + kills
                        + " of the gateway, "
                        + freezes
                        + " freezes of "
                        + freezeSeconds
                        + " s: "
                        + subscriber.summary(events));
        assertThat(subscriber.outOfOrder()).isEmpty();
        assertThat(subscriber.missing(events)).isEmpty();
    }

    @Test
    void timesFromEventToSubscriber() throws Exception {
        startBroker();
        for (int each : new int[] {1, 20, 200}) {
            subscriber = new LoadSubscriber(port);
            Files.deleteIfExists(folder.resolve("given"));
            Files.deleteIfExists(folder.resolve("outbox.db"));
            Files.deleteIfExists(folder.resolve("mqtt.unsent"));
            int count = each == 1 ? 60 : each * 30;
            startGateway(each, count);
            subscriber.awaitAll(count);
            System.out.println("load " + each + " a second: " + subscriber.latency());
            subscriber.close();
            gateway.kill();
            gateway.awaitExit(DEADLINE);
        }
    }

    @Test
    void eventsASecondThroughTheOutbox() throws Exception {
        Outbox outbox = OpenOutbox.in(folder);
        PublisherLoop loop = LoadGateway.loop("tcp://127.0.0.1:" + port, folder, outbox, 0);
        loop.start();
        long start = System.nanoTime();
        for (int seq = 1; seq <= events; seq++) {
            loop.add(LoadSurroundings.event(seq, 0));
        }
        Await.until("all on disk", Duration.ofMinutes(10), () -> outbox.size() == events);
        long kept = System.nanoTime() - start;
        startBroker();
        Await.until("the first", DEADLINE, () -> outbox.size() < events);
        start = System.nanoTime();
        long first = outbox.size();
        Await.until("all gone", Duration.ofMinutes(10), () -> outbox.size() == 0);
        long gone = System.nanoTime() - start;
        loop.stop();
        System.out.printf(
                "load outbox: %.0f events a second in, %.0f out%n",
                events * 1e9 / kept, first * 1e9 / gone);
    }

    private void startBroker() throws Exception {
        broker = Program.start(Machine.program("mosquitto"), "-c", configuration.toString());
        Await.until("mosquitto", DEADLINE, this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A subscriber that comes back later than the gateway misses what happens meanwhile. */
    @Test
    void killsOfTheGatewayWithTheEmbeddedBroker() throws Exception {
        startGateway(rate, events, Integer.toString(port));
        Await.until("the embedded broker", DEADLINE, this::listens);
        subscriber = new LoadSubscriber(port);
        for (int i = 0; i < kills; i++) {
            pause(5000, 9000);
            gateway.kill();
            gateway.awaitExit(DEADLINE);
            subscriber.killed();
            startGateway(rate, events, Integer.toString(port));
        }
        subscriber.awaitAll(events);
        System.out.println(
                "load " + kills + " kills with the broker inside: " + subscriber.summary(events));
        assertThat(subscriber.outOfOrder()).isEmpty();
    }

    private void startGateway() throws Exception {
        startGateway(rate, events);
    }

    private void startGateway(int perSecond, int count, String... more) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(LoadGateway.class.getName());
        command.addAll(List.of("tcp://127.0.0.1:" + port, folder.toString(), "" + perSecond));
        command.add(Integer.toString(count));
        command.addAll(List.of(more));
        gateway = Program.start(Map.of(), command);
    }

    private void pause(int from, int to) throws InterruptedException {
        Thread.sleep(from + random.nextInt(to - from));
    }

    private static void signal(String signal, Program program) throws Exception {
        try (Program kill = Program.start("kill", signal, Long.toString(program.pid()))) {
            kill.awaitExit(DEADLINE);
        }
    }
}
