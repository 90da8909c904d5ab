// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.tls.TlsFiles;
import io.facegate.testing.Await;
import io.facegate.testing.Machine;
import io.facegate.testing.Program;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** All the ways to a broker, with a real Mosquitto. */
class ConnectionTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final TlsFiles NONE = new TlsFiles("", "", "", "");

    @TempDir Path folder;
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final List<Program> brokers = new ArrayList<>();
    private Connection connection;

    @AfterEach
    void stop() {
        if (connection != null) {
            connection.abandon();
        }
        brokers.forEach(Program::kill); // with WebSockets it takes long to stop
    }

    @Test
    void throughAWebSocketMessagesOfAllSizesGoBothWays() throws Exception {
        // Mosquitto 2.0.11 does not start with a listener for WebSockets alone
        int port = Machine.freePort();
        broker(
                port,
                "listener " + Machine.freePort() + " 127.0.0.1",
                "listener " + port + " 127.0.0.1",
                "protocol websockets");
        open("ws://127.0.0.1:" + port + "/mqtt", NONE);
        greet();
        connection.link().subscribe(List.of("t"));
        for (int size : new int[] {0, 1, 100, 125, 126, 66_000}) {
            String text = "x".repeat(size);
            connection.link().publish("t", text, 1, false);
            assertThat(messages.poll(10, TimeUnit.SECONDS).payload()).isEqualTo(text);
        }
        connection.link().awaitAcks(5000, () -> false, 0);
        connection.link().disconnect(500);
    }

    @Test
    void aServerThatOpensNoWebSocketIsNamed() throws Exception {
        int port = broker("allow_anonymous true");
        open("ws://127.0.0.1:" + port, NONE);
        await("hangs up at HTTP", Level.FAILED, "does not open a WebSocket for MQTT");
    }

    @Test
    void goesToTheNextBrokerAndBack() throws Exception {
        int first = Machine.freePort();
        int second = broker("allow_anonymous true");
        String urls = "tcp://127.0.0.1:" + first + ", tcp://localhost:" + second;
        open(urls, NONE);
        greet();
        assertThat(connection.condition().level()).isEqualTo(Level.OK);
        assertThat(connection.condition().message())
                .startsWith("connected to tcp://localhost:" + second)
                .endsWith(", in place of tcp://127.0.0.1:" + first);
        Program one = broker(first, "allow_anonymous true");
        greet();
        assertThat(connection.condition().message())
                .startsWith("connected to tcp://127.0.0.1:" + first)
                .doesNotContain("in place");
        one.kill();
        greet();
        assertThat(connection.condition().message())
                .startsWith("connected to tcp://localhost:" + second);
    }

    @Test
    void showsAClientCertificateAndTakesOverAFileThatIsPutRight() throws Exception {
        openssl(
                "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.pem");
        openssl("req -newkey rsa:2048 -nodes -subj /CN=pi -keyout pi.key -out pi.csr");
        openssl(
                "x509 -req -in pi.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out pi.crt");
        openssl(
                "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=b -addext"
                        + " subjectAltName=IP:127.0.0.1 -keyout b.key -out b.pem");
        folder.toFile().setExecutable(true, false);
        folder.resolve("b.key").toFile().setReadable(true, false);
        int port =
                broker(
                        "certfile " + folder.resolve("b.pem"),
                        "keyfile " + folder.resolve("b.key"),
                        "cafile " + folder.resolve("ca.pem"),
                        "require_certificate true",
                        "use_identity_as_username true");
        String url = "ssl://127.0.0.1:" + port;
        String trusted = folder.resolve("b.pem").toString();

        open(url, new TlsFiles("", "", "", trusted));
        await("none", Level.FAILED, "a client certificate");
        connection.abandon();

        open(url, new TlsFiles(trusted, folder.resolve("b.key").toString(), "", trusted));
        await("of another authority", Level.FAILED, "a client certificate");
        connection.abandon();

        Path later = folder.resolve("later.pem");
        open(url, new TlsFiles(later.toString(), "", "", trusted));
        await("not there", Level.FAILED, "later.pem cannot be read: it is not there");
        Files.writeString(
                later,
                Files.readString(folder.resolve("pi.crt"))
                        + Files.readString(folder.resolve("pi.key")));
        greet();
        assertThat(connection.condition().level()).isEqualTo(Level.OK);
    }

    @Test
    void reachesAnAddressOfIpv6() throws Exception {
        int port = Machine.freePort();
        try {
            broker(port, "listener " + port + " ::1", "allow_anonymous true");
        } catch (AssertionError e) {
            Assumptions.abort("skipped: this machine has no ::1");
        }
        open("tcp://[::1]:" + port, NONE);
        greet();
        assertThat(connection.condition().message()).startsWith("connected to tcp://[::1]:" + port);
    }

    /** Mosquitto 2.0.11 closes the connection without a word, others say why. */
    @Test
    void saysThatAnotherClientMayHaveItsId() throws Exception {
        int port = broker("allow_anonymous true");
        open("tcp://127.0.0.1:" + port, NONE);
        greet();
        List<String> command =
                List.of(Machine.program("mosquitto_sub"), "-h", "127.0.0.1", "-p", "" + port);
        try (Program other =
                Program.start(
                        Map.of(),
                        Stream.concat(command.stream(), Stream.of("-i", "me", "-t", "x"))
                                .toList())) {
            await("taken over", Level.DEGRADED, "does a gateway of a copied card run?");
            assertThat(other.isAlive()).isTrue();
        }
    }

    private void open(String url, TlsFiles tls) {
        connection =
                new Connection(
                        new BrokerAccess(url, "me", "", "", 5, tls),
                        "will",
                        new MqttLink.Watcher() {
                            @Override
                            public void wake() {}

                            @Override
                            public void message(Message message) {
                                messages.add(message);
                            }
                        },
                        TimeUnit.MILLISECONDS.toNanos(200));
    }

    /** Goes on until there is a new connection. */
    private void greet() throws Exception {
        Await.until("a connection", DEADLINE, () -> connection.step());
        connection.greeted();
    }

    private void await(String why, Level level, String message) throws Exception {
        try {
            Await.until(
                    why,
                    DEADLINE,
                    () -> {
                        connection.step();
                        return connection.condition().message().contains(message);
                    });
        } catch (AssertionError e) {
            assertThat(connection.condition().message()).as(why).contains(message);
        }
        assertThat(connection.condition().level()).isEqualTo(level);
    }

    private int broker(String... configuration) throws Exception {
        int port = Machine.freePort();
        broker(port, configuration);
        return port;
    }

    private Program broker(int port, String... configuration) throws Exception {
        List<String> lines = new ArrayList<>();
        if (!configuration[0].startsWith("listener")) {
            lines.add("listener " + port + " 127.0.0.1");
        }
        lines.addAll(List.of(configuration));
        if (!lines.contains("allow_anonymous true")
                && !lines.contains("require_certificate true")) {
            lines.add("allow_anonymous true");
        }
        Path file = Files.write(folder.resolve("mosquitto-" + port + ".conf"), lines);
        Program program = Program.start(Machine.program("mosquitto"), "-c", file.toString());
        brokers.add(program);
        String host = configuration[0].endsWith("::1") ? "::1" : "127.0.0.1";
        Await.until("mosquitto", DEADLINE, () -> listens(host, port));
        return program;
    }

    private static boolean listens(String host, int port) {
        try (Socket socket = new Socket(InetAddress.getByName(host), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void openssl(String words) throws Exception {
        List<String> command = new ArrayList<>(List.of(Machine.program("openssl")));
        command.addAll(List.of(words.split(" ")));
        Process openssl =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("openssl.txt").toFile())
                        .start();
        assertThat(openssl.waitFor()).isZero();
    }
}
