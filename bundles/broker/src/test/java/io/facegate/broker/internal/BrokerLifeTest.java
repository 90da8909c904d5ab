// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.status.Condition.Level;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

class BrokerLifeTest {
    @TempDir Path folder;

    private static final List<String> OWN_THREADS =
            List.of(
                    "nioEventLoopGroup",
                    "activemq",
                    "Thread-",
                    "globalEventExecutor",
                    "pool-",
                    "threadDeathWatcher",
                    "facegate-broker");

    @Test
    void deliversRetainedAndLargeMessages() throws Exception {
        BrokerLife life = started(new BrokerSettings("127.0.0.1", 0, "", ""));
        try {
            assertThat(life.condition().message())
                    .isEqualTo("listening on 127.0.0.1:" + life.port());
            byte[] large = "x".repeat(300_000).getBytes(StandardCharsets.UTF_8);
            try (MqttClient publisher = client(life.port(), "", "")) {
                publisher.publish("a/b", large, 1, true);
                publisher.disconnect();
            }
            BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
            try (MqttClient subscriber = client(life.port(), "", "")) {
                subscriber.subscribe("a/#", 1, (t, m) -> received.add(m.getPayload()));
                assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(large);
                subscriber.disconnect();
            }
        } finally {
            life.stop();
        }
    }

    @Test
    void leavesNoThreadAndNoDirectMemoryAfterRestarts() throws Exception {
        int port = freePort();
        long before = directMemory();
        for (int i = 0; i < 5; i++) {
            BrokerLife life = started(new BrokerSettings("127.0.0.1", port, "", ""));
            try (MqttClient client = client(port, "", "")) {
                client.publish("x", new byte[20_000], 1, true);
                long start = System.nanoTime();
                life.stop();
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isLessThan(Duration.ofSeconds(4));
            }
            waitFor(() -> ownThreads().isEmpty());
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        }
        waitFor(() -> directMemory() <= before + 64 * 1024);
    }

    @Test
    void saysWhoHoldsThePortAndRecoversWhenItIsFree() throws Exception {
        BrokerLife life;
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            life = life(new BrokerSettings("127.0.0.1", port, "", ""));
            life.start();
            waitFor(() -> life.condition().level() == Level.FAILED);
            assertThat(life.condition().message())
                    .contains("127.0.0.1:" + port + " is in use by java (process ")
                    .contains(Long.toString(ProcessHandle.current().pid()))
                    .contains("--broker URL");
        }
        waitFor(() -> life.condition().level() == Level.OK);
        try (MqttClient client = client(port, "", "")) {
            client.disconnect();
        } finally {
            life.stop();
        }
        waitFor(() -> ownThreads().isEmpty());
    }

    @Test
    void saysThatAnotherMqttBrokerOnThePortCanBeUsed() throws Exception {
        BrokerLife other = started(new BrokerSettings("127.0.0.1", 0, "u", "p"));
        BrokerLife life = life(new BrokerSettings("127.0.0.1", other.port(), "", ""));
        try {
            life.start();
            waitFor(() -> life.condition().message().contains("in use"));
            assertThat(life.condition().level()).isEqualTo(Level.DEGRADED);
            assertThat(life.condition().message()).contains("the gateway can use it");
        } finally {
            life.stop();
            other.stop();
        }
    }

    @Test
    void asksForThePasswordWhenOneIsSet() throws Exception {
        BrokerLife life = started(new BrokerSettings("127.0.0.1", 0, "anna", "secret"));
        try {
            try (MqttClient client = client(life.port(), "anna", "secret")) {
                client.disconnect();
            }
            assertThatThrownBy(() -> client(life.port(), "anna", "wrong"))
                    .isInstanceOf(MqttException.class);
            assertThatThrownBy(() -> client(life.port(), "", "")).isInstanceOf(MqttException.class);
        } finally {
            life.stop();
        }
    }

    @Test
    void refusesSettingsThatCannotWorkWithAClearMessage() {
        for (BrokerSettings bad :
                List.of(
                        new BrokerSettings("127.0.0.1", 70000, "", ""),
                        new BrokerSettings("127.0.0.1", 0, "anna", ""),
                        new BrokerSettings("no-such-host.invalid", 0, "anna", "x"),
                        new BrokerSettings("192.0.2.77", 0, "anna", "x"))) {
            BrokerLife life = life(bad);
            life.start();
            waitFor(() -> life.condition().level() == Level.FAILED);
            assertThat(life.condition().message()).contains("set ").contains(EmbeddedBroker.PID);
            life.stop();
        }
    }

    @Test
    void isForThisMachineOnlyWhileThereIsNoUser() {
        BrokerLife life = life(new BrokerSettings("0.0.0.0", 0, "", ""));
        try {
            life.start();
            waitFor(() -> life.condition().message().startsWith("listening"));
            assertThat(life.condition().level()).isEqualTo(Level.DEGRADED);
            assertThat(life.condition().message())
                    .startsWith("listening on 127.0.0.1:" + life.port() + " only")
                    .contains("set user and .password in " + EmbeddedBroker.PID);
        } finally {
            life.stop();
        }
        assertThat(new BrokerSettings("0.0.0.0", 0, "anna", "secret").listening())
                .isEqualTo("0.0.0.0");
    }

    @Test
    void startsAnewWhenItNoLongerAnswers() throws Exception {
        int port = freePort();
        AtomicBoolean answers = new AtomicBoolean(true);
        BrokerLife life = life(new BrokerSettings("127.0.0.1", port, "", ""), p -> answers.get());
        life.start();
        waitFor(() -> life.condition().level() == Level.OK);
        try (MqttClient before = client(port, "", "")) {
            answers.set(false);
            waitFor(() -> !before.isConnected());
            answers.set(true);
            waitFor(() -> life.condition().level() == Level.OK);
            assertThat(MqttProbe.answers("127.0.0.1", port)).isTrue();
        } finally {
            life.stop();
        }
    }

    @Test
    void stopsTwiceAndBeforeItRuns() {
        BrokerLife life = life(new BrokerSettings("127.0.0.1", 0, "", ""));
        life.start();
        life.stop();
        life.stop();
        waitFor(() -> ownThreads().isEmpty());
    }

    private BrokerLife life(BrokerSettings settings) {
        return life(settings, port -> true);
    }

    private BrokerLife life(BrokerSettings settings, IntPredicate answers) {
        return new BrokerLife(
                settings,
                new AccessFiles(Optional.of(folder)),
                folder.resolve("waiting"),
                new Stores(
                        new RetainedStore(Optional.of(folder), "pi", 0),
                        new SessionStore(Optional.of(folder), "pi")),
                (host, port, probe) -> answers.test(port),
                100,
                100);
    }

    private BrokerLife started(BrokerSettings settings) {
        BrokerLife life = life(settings);
        life.start();
        waitFor(() -> life.condition().level() == Level.OK);
        return life;
    }

    private static MqttClient client(int port, String user, String password) throws MqttException {
        MqttClient client =
                new MqttClient(
                        "tcp://127.0.0.1:" + port,
                        MqttClient.generateClientId(),
                        new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        if (!user.isEmpty()) {
            options.setUserName(user);
            options.setPassword(password.toCharArray());
        }
        try {
            client.connect(options);
        } catch (MqttException e) {
            client.close();
            throw e;
        }
        return client;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> OWN_THREADS.stream().anyMatch(name::startsWith))
                .collect(Collectors.toList());
    }

    private static long directMemory() {
        System.gc();
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static void waitFor(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
