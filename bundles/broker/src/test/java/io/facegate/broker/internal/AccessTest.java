// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.status.Condition.Level;
import io.facegate.broker.users.AclFile;
import io.facegate.broker.users.BrokerUser;
import io.facegate.broker.users.PasswordHash;
import io.facegate.broker.users.UsersFile;
import io.facegate.mqtt.tls.TlsFiles;
import io.facegate.testing.Await;
import io.facegate.testing.Machine;
import io.facegate.testing.Program;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
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
import java.util.function.BooleanSupplier;

/** Users, what their roles may do, and TLS, with real clients. */
class AccessTest {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final long MILLIS = 10_000;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String EVENTS = "facegate/pi/events";
    private static final String COMMAND = "facegate/pi/cmd/status";

    @TempDir Path folder;
    private UsersFile users;
    private BrokerLife life;
    private final List<MqttAsyncClient> clients = new ArrayList<>();

    @BeforeEach
    void addUsers() throws Exception {
        users = new UsersFile(folder.resolve(UsersFile.NAME));
        for (String role : List.of("gateway", "viewer", "commander")) {
            add(role.equals("gateway") ? "pi" : role, role, role);
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (MqttAsyncClient client : clients) {
            if (client.isConnected()) {
                client.disconnectForcibly(0, 0, false);
            }
            client.close(true);
        }
        if (life != null) {
            life.stop();
        }
    }

    @Test
    void everyRoleMayDoWhatItIsForAndIsToldWhatItMayNot() throws Exception {
        start(BrokerSettings.Tls.NONE);
        assertThat(life.condition().message()).endsWith("for 3 users");
        MqttAsyncClient gateway = client("pi", "gateway");
        MqttAsyncClient viewer = client("viewer", "viewer");
        MqttAsyncClient commander = client("commander", "commander");

        assertThat(publish(gateway, EVENTS)).isZero();
        assertThat(publish(gateway, "homeassistant/device/facegate-pi/config")).isZero();
        assertThat(publish(gateway, "facegate/other/events")).isEqualTo(NOT_AUTHORIZED);
        assertThat(subscribe(gateway, "facegate/pi/cmd/+")).isEqualTo(1);
        assertThat(subscribe(gateway, "homeassistant/status")).isEqualTo(1);
        assertThat(subscribe(gateway, "homeassistant/other")).isEqualTo(NOT_AUTHORIZED);
        assertThat(subscribe(gateway, "#")).isEqualTo(NOT_AUTHORIZED);
        assertThat(subscribe(gateway, "+/+/events")).isEqualTo(NOT_AUTHORIZED);

        assertThat(subscribe(viewer, "#")).isEqualTo(1);
        assertThat(subscribe(viewer, "$share/group/facegate/#")).isEqualTo(1);
        assertThat(publish(viewer, EVENTS)).isEqualTo(NOT_AUTHORIZED);
        assertThat(publish(viewer, COMMAND)).isEqualTo(NOT_AUTHORIZED);

        assertThat(subscribe(commander, "facegate/#")).isEqualTo(1);
        assertThat(publish(commander, COMMAND)).isZero();
        assertThat(publish(commander, "facegate/pi/front/enabled/set")).isZero();
        assertThat(publish(commander, EVENTS)).isEqualTo(NOT_AUTHORIZED);

        assertThatThrownBy(() -> client("viewer", "wrong")).isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> client("nobody", "viewer")).isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> client("", "")).isInstanceOf(MqttException.class);
    }

    @Test
    void whatIsRefusedArrivesNowhere() throws Exception {
        start(BrokerSettings.Tls.NONE);
        publish(client("viewer", "viewer"), "facegate/pi/available");
        publish(client("pi", "gateway"), "facegate/pi/info");
        try (Program sub =
                mosquitto("mosquitto_sub", life.port(), "viewer", "-t", "#", "-v", "-W", "1")) {
            sub.awaitExit(DEADLINE);
            assertThat(sub.out()).containsExactly("facegate/pi/info hello");
        }
    }

    @Test
    void changesOfTheFilesHoldAtOnce() throws Exception {
        start(BrokerSettings.Tls.NONE);
        MqttAsyncClient viewer = client("viewer", "viewer");
        MqttAsyncClient commander = client("commander", "commander");
        add("viewer", "commander", "viewer");
        Await.until("the viewer is sent away", DEADLINE, () -> !viewer.isConnected());
        assertThat(publish(client("viewer", "viewer"), COMMAND)).isZero();
        users.remove("viewer");
        add("late", "viewer", "late");
        Await.until("a new user", DEADLINE, () -> client("late", "late").isConnected());
        assertThatThrownBy(() -> client("viewer", "viewer")).isInstanceOf(MqttException.class);
        assertThat(commander.isConnected()).as("whom nothing was changed of").isTrue();

        Files.writeString(folder.resolve(AclFile.NAME), "role commander\nwrite only/this\n");
        Await.until("the commander is sent away", DEADLINE, () -> !commander.isConnected());
        assertThat(publish(client("commander", "commander"), COMMAND)).isEqualTo(NOT_AUTHORIZED);
        assertThat(life.condition().message())
                .contains("broker.acl has no role gateway, viewer: its users may do nothing");

        Files.writeString(users.path(), "nonsense\n");
        await(() -> life.condition().message().contains("line 1 of " + users.path()));
        assertThat(life.condition().level()).isEqualTo(Level.DEGRADED);
        assertThat(client("late", "late").isConnected()).isTrue();
    }

    @Test
    void theNetworkIsListenedToOnceThereAreUsers() throws Exception {
        Files.delete(users.path());
        BrokerSettings settings = new BrokerSettings("0.0.0.0", 0, "", "");
        life =
                new BrokerLife(
                        settings,
                        files(),
                        folder.resolve("w"),
                        Stores.in(Optional.empty(), "pi"),
                        (h, p, s) -> true,
                        100,
                        100);
        life.start();
        await(() -> life.condition().message().startsWith("listening on 127.0.0.1"));
        add("late", "viewer", "late");
        await(() -> life.condition().message().startsWith("listening on 0.0.0.0"));
        assertThat(life.condition().level()).isEqualTo(Level.OK);
        assertThatThrownBy(() -> client("", "")).isInstanceOf(MqttException.class);
    }

    @Test
    void itsOwnCheckIsLetIn() throws Exception {
        BrokerSettings settings = new BrokerSettings("127.0.0.1", 0, "", "");
        List<Boolean> answers = new ArrayList<>();
        BrokerLife.Check check =
                (host, port, probe) -> {
                    boolean answer = MqttProbe.answers(host, port, probe, probe);
                    synchronized (answers) {
                        answers.add(answer);
                    }
                    return answer;
                };
        life =
                new BrokerLife(
                        settings,
                        files(),
                        folder.resolve("w"),
                        Stores.in(Optional.empty(), "pi"),
                        check,
                        100,
                        100);
        life.start();
        await(
                () -> {
                    synchronized (answers) {
                        return answers.size() > 1;
                    }
                });
        assertThat(answers).containsOnly(true);
    }

    @Test
    void tlsIsOfferedAndTheOtherPortIsForThisMachineAlone() throws Exception {
        Path openssl = Path.of(Machine.program("openssl"));
        certificate(openssl, "one");
        String pem = folder.resolve("cert.pem").toString();
        String key = folder.resolve("key.pem").toString();
        start(new BrokerSettings.Tls(0, new TlsFiles(pem, key, "", ""), true));
        assertThat(life.condition().message())
                .startsWith(
                        "listening on 127.0.0.1:" + life.port() + " and with TLS on 127.0.0.1:");
        assertThat(subject(pem)).containsExactly("hello");
        String one = Files.readString(Path.of(pem));
        certificate(openssl, "two");
        assertThat(Files.readString(Path.of(pem))).isNotEqualTo(one);
        Await.until("the other certificate", DEADLINE, () -> subject(pem).equals(List.of("hello")));
        Files.writeString(Path.of(key), "nonsense");
        await(() -> life.condition().message().contains("TLS is not offered: "));
        assertThat(life.condition().message()).contains("key.pem holds no private key");
        assertThat(client("viewer", "viewer").isConnected()).as("without TLS").isTrue();
    }

    @Test
    void tlsOnlyKeepsTheOtherPortFromTheNetwork() {
        BrokerSettings.Tls only =
                new BrokerSettings.Tls(8883, new TlsFiles("cert.pem", "", "", ""), true);
        BrokerSettings settings = new BrokerSettings("0.0.0.0", 1883, "u", "p", only, false);
        assertThat(settings.listening()).isEqualTo("127.0.0.1");
        assertThat(settings.listeningTls()).isEqualTo("0.0.0.0");
        BrokerSettings alone = new BrokerSettings("0.0.0.0", 1883, "", "", only, false);
        assertThat(alone.listeningTls()).isEqualTo("127.0.0.1");
        BrokerSettings same = new BrokerSettings("0.0.0.0", 8883, "u", "p", only, false);
        assertThat(same.problem().orElseThrow()).contains("different ports");
    }

    /** What a real client hears over TLS that trusts one certificate. */
    private List<String> subject(String pem) throws Exception {
        if (life.tlsPort() == 0) {
            return List.of();
        }
        try (Program pub =
                        mosquitto(
                                "mosquitto_pub",
                                life.tlsPort(),
                                "pi",
                                "-t",
                                "facegate/pi/x",
                                "-r",
                                "-m",
                                "hello",
                                "--cafile",
                                pem,
                                "-q",
                                "1");
                Program sub =
                        mosquitto(
                                "mosquitto_sub",
                                life.tlsPort(),
                                "viewer",
                                "-t",
                                "facegate/pi/x",
                                "-C",
                                "1",
                                "-W",
                                "5",
                                "--cafile",
                                pem,
                                "-q",
                                "1")) {
            pub.awaitExit(DEADLINE);
            sub.awaitExit(DEADLINE);
            return sub.out();
        }
    }

    private Program mosquitto(String program, int port, String user, String... more)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Machine.program(program));
        command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-V", "mqttv5"));
        command.addAll(List.of("-u", user, "-P", user.equals("pi") ? "gateway" : user));
        command.addAll(List.of(more));
        return Program.start(Map.of(), command);
    }

    private void certificate(Path openssl, String name) throws Exception {
        String words =
                "req -x509 -newkey rsa:2048 -nodes -days 2 -addext subjectAltName=IP:127.0.0.1"
                        + " -keyout key.pem -out cert.pem -subj /CN="
                        + name;
        List<String> command = new ArrayList<>(List.of(openssl.toString()));
        command.addAll(List.of(words.split(" ")));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("openssl.txt").toFile())
                        .start();
        assertThat(process.waitFor()).isZero();
    }

    private void start(BrokerSettings.Tls tls) throws Exception {
        BrokerSettings settings = new BrokerSettings("127.0.0.1", 0, "", "", tls, false);
        life =
                new BrokerLife(
                        settings,
                        files(),
                        folder.resolve("w"),
                        Stores.in(Optional.empty(), "pi"),
                        (h, p, s) -> true,
                        100,
                        100);
        life.start();
        await(() -> life.condition().level() == Level.OK);
    }

    private AccessFiles files() {
        return new AccessFiles(Optional.of(folder));
    }

    private void add(String name, String role, String password) throws Exception {
        users.put(new BrokerUser(name, role, PasswordHash.of(password)));
    }

    private MqttAsyncClient client(String user, String password) throws MqttException {
        MqttAsyncClient client =
                new MqttAsyncClient(
                        "tcp://127.0.0.1:" + life.port(),
                        "client-" + clients.size(),
                        new MemoryPersistence());
        clients.add(client);
        MqttConnectionOptions options = new MqttConnectionOptions();
        if (!user.isEmpty()) {
            options.setUserName(user);
            options.setPassword(password.getBytes(StandardCharsets.UTF_8));
        }
        client.connect(options).waitForCompletion(MILLIS);
        return client;
    }

    private static int publish(MqttAsyncClient client, String topic) throws MqttException {
        return code(
                client.publish(
                        topic,
                        new MqttMessage("hello".getBytes(StandardCharsets.UTF_8), 1, true, null)));
    }

    private static int subscribe(MqttAsyncClient client, String filter) throws MqttException {
        return code(
                client.subscribe(
                        new MqttSubscription[] {new MqttSubscription(filter, 1)},
                        null,
                        null,
                        new MqttProperties()));
    }

    /** The broker's reason code. */
    private static int code(IMqttToken token) throws MqttException {
        try {
            token.waitForCompletion(MILLIS);
        } catch (MqttException e) {
            return e.getReasonCode();
        }
        int[] codes = token.getReasonCodes();
        return codes == null || codes.length == 0 ? 0 : codes[0];
    }

    private static void await(BooleanSupplier condition) throws Exception {
        Await.until("the condition", DEADLINE, condition::getAsBoolean);
    }
}
