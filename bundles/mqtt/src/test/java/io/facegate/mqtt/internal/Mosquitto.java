// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A real Mosquitto on a free port of the loopback interface. */
final class Mosquitto implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/sbin/mosquitto");

    private final Path folder;
    private final int port;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private Process process;

    Mosquitto(Path folder, String... moreConfiguration) throws IOException {
        assumeTrue(Files.isExecutable(BINARY), BINARY + " is not installed");
        this.folder = folder;
        port = freePort();
        List<String> config = new ArrayList<>();
        config.add("listener " + port + " 127.0.0.1");
        if (!List.of(moreConfiguration).contains("persistence true")) {
            config.add("persistence false");
        }
        config.addAll(
                moreConfiguration.length > 0
                        ? List.of(moreConfiguration)
                        : List.of("allow_anonymous true"));
        Files.write(folder.resolve("mosquitto.conf"), config);
    }

    Mosquitto start() throws IOException {
        process =
                new ProcessBuilder(
                                BINARY.toString(),
                                "-c",
                                folder.resolve("mosquitto.conf").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("mosquitto.txt").toFile()))
                        .start();
        waitFor(this::answers);
        return this;
    }

    /** SIGKILL: whatever it had in memory is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM: it writes down what it retains, when it was told to. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    int port() {
        return port;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** A real {@code mosquitto_sub}, subscribed when this returns. */
    Subscriber subscribe(String filter) throws IOException {
        Subscriber subscriber = new Subscriber(port, filter);
        subscribers.add(subscriber);
        return subscriber;
    }

    void publish(String topic, String payload, String... more)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "mosquitto_pub",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-q",
                                "1",
                                "-t",
                                topic,
                                "-m",
                                payload));
        command.addAll(List.of(more));
        Process pub = new ProcessBuilder(command).inheritIO().start();
        assertThat(pub.waitFor()).isZero();
    }

    @Override
    public void close() {
        subscribers.forEach(Subscriber::close);
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void waitFor(BooleanSupplier condition) {
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
