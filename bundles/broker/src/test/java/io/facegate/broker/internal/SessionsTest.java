// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition.Level;
import io.facegate.testing.Await;
import io.facegate.testing.Machine;
import io.facegate.testing.Program;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions outlive the broker, without what waits in them. */
class SessionsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String MARK = "facegate/pi/events/mark";
    private static final KeptSession.Subscription EVENTS =
            new KeptSession.Subscription("facegate/+/events/#", 1, false, false, 0, 0);

    @TempDir Path folder;
    private BrokerLife life;

    @BeforeEach
    void start() throws Exception {
        life =
                new BrokerLife(
                        new BrokerSettings("127.0.0.1", 0, "", ""),
                        new AccessFiles(Optional.empty()),
                        folder.resolve("w"),
                        Stores.in(Optional.of(folder), "pi"),
                        (host, port, probe) -> true,
                        100,
                        100);
        life.start();
        Await.until("the broker", DEADLINE, () -> life.condition().level() == Level.OK);
    }

    @AfterEach
    void stop() {
        life.stop();
    }

    @Test
    void whatIsPublishedAfterARestartWaitsForThoseWhoAreAway() throws Exception {
        subscribe("old", "home/#", "-c");
        subscribe("new", "home/+/state", "-c", "-V", "5", "-x", "3600");
        subscribe("all", "#", "-c", "-V", "5", "-x", "4294967295");
        subscribe("clean", "home/#");
        subscribe("ended", "home/#", "-V", "5");
        assertThat(heard("ended", "home/#", "-V", "5")).isEmpty();
        life.stop();
        start();
        publish("home/door/state", "open");
        publish("$home/door/state", "hidden");
        assertThat(kept())
                .extracting(KeptSession::client)
                .as("those who did not come back yet are kept on")
                .containsExactly("all", "new", "old");
        life.stop();
        start();
        publish("home/door/state", "shut");
        assertThat(heard("old", "home/#", "-c")).containsExactly("home/door/state shut");
        assertThat(heard("new", "home/+/state", "-c", "-V", "5", "-x", "3600"))
                .containsExactly("home/door/state shut");
        assertThat(heard("all", "#", "-c", "-V", "5", "-x", "3600"))
                .containsExactly("home/door/state shut");
        assertThat(heard("clean", "home/#")).isEmpty();
        assertThat(heard("ended", "home/#", "-V", "5")).isEmpty();
    }

    @Test
    void oneThatExpiredIsForgotten() throws Exception {
        subscribe("brief", "home/#", "-c", "-V", "5", "-x", "1");
        Await.until("it is away", DEADLINE, () -> away("brief"));
        life.stop();
        start();
        Await.until("it is forgotten", DEADLINE, () -> kept().isEmpty());
    }

    @Test
    void theGatewayIsToldWhatThoseWhoAreAwayWereNotGiven() {
        KeptSession there = new KeptSession("a", 0, 60, List.of(EVENTS));
        KeptSession first = new KeptSession("b", 100_000, 60, List.of(EVENTS));
        KeptSession later = new KeptSession("c", 100_001, 60, List.of(EVENTS));
        KeptSession another =
                new KeptSession(
                        "d",
                        70_000,
                        60,
                        List.of(new KeptSession.Subscription("home/#", 1, false, false, 0, 0)));
        assertThat(content("", first).lastGiven()).isEmpty();
        assertThat(content(MARK, there, another).lastGiven()).isEmpty();
        RetainedMessage mark = content(MARK, there, later, another, first).lastGiven().get();
        assertThat(mark.topic()).isEqualTo(MARK);
        assertThat(new String(mark.payload(), StandardCharsets.UTF_8)).isEqualTo("40000");
    }

    @Test
    void aDamagedFileIsSetAside() throws Exception {
        Path file = folder.resolve(SessionStore.NAME);
        SessionStore store = new SessionStore(Optional.of(folder), "pi");
        SessionStore.Content content =
                content(
                        MARK,
                        new KeptSession(
                                "ä",
                                7,
                                -1,
                                List.of(
                                        EVENTS,
                                        new KeptSession.Subscription("a", 2, true, true, 2, 5))));
        store.keep(content);
        assertThat(new SessionStore(Optional.of(folder), "pi").read()).isEqualTo(content);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 12] ^= 1;
        Files.write(file, bytes);
        assertThat(new SessionStore(Optional.of(folder), "pi").read().sessions()).isEmpty();
        assertThat(folder.resolve(SessionStore.NAME + ".damaged")).exists();
    }

    private static SessionStore.Content content(String mark, KeptSession... sessions) {
        return new SessionStore.Content(mark, List.of(sessions));
    }

    private List<KeptSession> kept() {
        return new SessionStore(Optional.of(folder), "pi").read().sessions();
    }

    private boolean away(String client) {
        return kept().stream().anyMatch(s -> s.client().equals(client) && s.away() > 0);
    }

    /** Subscribes and goes. */
    private void subscribe(String client, String filter, String... more) throws Exception {
        try (Program sub = mosquitto("mosquitto_sub", filter, with(more, "-i", client, "-E"))) {
            assertThat(sub.awaitExit(DEADLINE)).isZero();
        }
    }

    private List<String> heard(String client, String filter, String... more) throws Exception {
        String[] options = with(more, "-i", client, "-W", "1", "-F", "%t %p");
        try (Program sub = mosquitto("mosquitto_sub", filter, options)) {
            sub.awaitExit(DEADLINE);
            return sub.out();
        }
    }

    private void publish(String topic, String text) throws Exception {
        try (Program pub = mosquitto("mosquitto_pub", topic, "-q", "1", "-m", text)) {
            assertThat(pub.awaitExit(DEADLINE)).isZero();
        }
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        all.addAll(List.of("-q", "1"));
        return all.toArray(new String[0]);
    }

    private Program mosquitto(String program, String topic, String... more) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Machine.program(program));
        command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(life.port())));
        command.addAll(List.of("-t", topic));
        command.addAll(List.of(more));
        return Program.start(Map.of(), command);
    }
}
