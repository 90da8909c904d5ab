// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.status.Condition.Level;
import io.facegate.testing.Await;
import io.facegate.testing.Machine;
import io.facegate.testing.Program;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What other devices retained outlives the broker. */
class RetainedTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir Path folder;
    private BrokerLife life;

    @AfterEach
    void stop() {
        life.stop();
    }

    @Test
    void whatOthersRetainedIsThereAfterARestart() throws Exception {
        start(TimeUnit.MINUTES.toNanos(1));
        publish("home/zero.one/state", "0", "kept at QoS 0");
        publish("home/one", "1", "old");
        publish("home/one", "1", "new");
        publish("home/gone", "1", "x");
        publish("home/gone", "1", "");
        publish("facegate/pi/available", "1", "online");
        publish("homeassistant/device/facegate-pi/config", "1", "{}");
        life.stop();
        start(TimeUnit.MINUTES.toNanos(1));
        assertThat(heard())
                .containsExactly("1 home/one new", "1 home/zero.one/state kept at QoS 0");
        publish("home/one", "1", "");
        life.stop();
        start(TimeUnit.MINUTES.toNanos(1));
        assertThat(heard()).containsExactly("1 home/zero.one/state kept at QoS 0");
    }

    @Test
    void itIsWrittenNowAndThenWhenItChanged() throws Exception {
        start(0);
        publish("home/one", "1", "a");
        Path file = folder.resolve(RetainedStore.NAME);
        Await.until("the file", DEADLINE, () -> Files.exists(file));
        assertThat(new RetainedFile(file).read())
                .extracting(RetainedMessage::topic)
                .containsExactly("home/one");
    }

    @Test
    void aDamagedFileIsSetAside() throws Exception {
        RetainedFile file = new RetainedFile(folder.resolve(RetainedStore.NAME));
        List<RetainedMessage> messages =
                List.of(
                        new RetainedMessage("a", 1, 0, "x".getBytes(StandardCharsets.UTF_8)),
                        new RetainedMessage("b", 0, 7, new byte[0]));
        file.write(messages);
        assertThat(file.read()).isEqualTo(messages);
        byte[] bytes = Files.readAllBytes(file.path());
        bytes[bytes.length - 12] ^= 1;
        Files.write(file.path(), bytes);
        assertThatThrownBy(file::read).isInstanceOf(IOException.class);
        start(TimeUnit.MINUTES.toNanos(1));
        assertThat(heard()).isEmpty();
        assertThat(folder.resolve(RetainedStore.NAME + ".damaged")).exists();
    }

    private void start(long pauseNanos) throws Exception {
        life =
                new BrokerLife(
                        new BrokerSettings("127.0.0.1", 0, "", ""),
                        new AccessFiles(Optional.empty()),
                        folder.resolve("w"),
                        new Stores(
                                new RetainedStore(Optional.of(folder), "pi", pauseNanos),
                                new SessionStore(Optional.of(folder), "pi")),
                        (host, port, probe) -> true,
                        100,
                        100);
        life.start();
        Await.until("the broker", DEADLINE, () -> life.condition().level() == Level.OK);
    }

    private void publish(String topic, String qos, String text) throws Exception {
        try (Program pub = mosquitto("mosquitto_pub", topic, "-r", "-q", qos, "-m", text)) {
            assertThat(pub.awaitExit(DEADLINE)).isZero();
        }
    }

    private List<String> heard() throws Exception {
        try (Program sub = mosquitto("mosquitto_sub", "#", "-W", "1", "-F", "%r %t %p")) {
            sub.awaitExit(DEADLINE);
            return sub.out().stream().sorted().toList();
        }
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
