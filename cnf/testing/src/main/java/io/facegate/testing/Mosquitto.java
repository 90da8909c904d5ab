// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real Mosquitto on a free port of the loopback address, and clients of it. */
public final class Mosquitto implements AutoCloseable {
    private final int port;
    private final Path configuration;
    private final MessageContract contract = new MessageContract();
    private final List<Program> subscribers = new CopyOnWriteArrayList<>();
    private Program program;

    /** Starts one that keeps nothing; its configuration goes into the folder. */
    public Mosquitto(Path folder) throws IOException, InterruptedException {
        this(folder, false);
    }

    /**
     * @param keeping whether what is retained outlives {@link #stop()}
     */
    public Mosquitto(Path folder, boolean keeping) throws IOException, InterruptedException {
        port = Machine.freePort();
        configuration = folder.resolve("mosquitto-" + port + ".conf");
        Files.writeString(
                configuration,
                "listener "
                        + port
                        + " 127.0.0.1\nallow_anonymous true\n"
                        + (keeping
                                ? "user "
                                        + System.getProperty("user.name")
                                        + "\npersistence true\npersistence_location "
                                        + folder
                                        + "/\n"
                                : "persistence false\n"));
        start();
    }

    /** Starts it, anew after {@link #kill()}: what it retained is lost. */
    public void start() throws IOException, InterruptedException {
        program = Program.start(Machine.program("mosquitto"), "-c", configuration.toString());
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(
                            "mosquitto does not listen; " + program.transcript(), e);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** SIGTERM. */
    public void stop() throws InterruptedException {
        program.terminate();
        program.awaitExit(Duration.ofSeconds(10));
    }

    /** SIGKILL: what it had in memory is lost. */
    public void kill() throws InterruptedException {
        program.kill();
        program.awaitExit(Duration.ofSeconds(5));
    }

    /** Where it listens, as {@code tcp://host:port}. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /**
     * A real {@code mosquitto_sub} that prints {@code topic payload} lines. What it prints until
     * the broker is closed is compared with the documents.
     */
    public Program subscribe(String topic) throws IOException {
        Program subscriber =
                Program.start(
                        Machine.program("mosquitto_sub"),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-q",
                        "1",
                        "-v",
                        "-t",
                        topic);
        subscribers.add(subscriber);
        return subscriber;
    }

    /** Publishes by a real {@code mosquitto_pub}, QoS 1. */
    public void publish(String topic, String payload) throws IOException, InterruptedException {
        try (Program pub =
                Program.start(
                        Machine.program("mosquitto_pub"),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-q",
                        "1",
                        "-t",
                        topic,
                        "-m",
                        payload)) {
            pub.awaitExit(Duration.ofSeconds(10));
        }
    }

    @Override
    public void close() {
        program.close();
        List<String> problems = new ArrayList<>();
        for (Program subscriber : subscribers) {
            List<String> lines = subscriber.out();
            // the last one may have been cut off when it was ended
            for (String line : lines.subList(0, Math.max(0, lines.size() - 1))) {
                int blank = line.indexOf(' ');
                if (blank > 0) {
                    problems.addAll(
                            contract.problems(line.substring(0, blank), line.substring(blank + 1)));
                }
            }
        }
        assertThat(problems).isEmpty();
    }
}
