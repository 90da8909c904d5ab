// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real Mosquitto on a free port of the loopback address, and clients of it. */
public final class Mosquitto implements AutoCloseable {
    private final int port;
    private final Path configuration;
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

    /** A real {@code mosquitto_sub} that prints {@code topic payload} lines. */
    public Program subscribe(String topic) throws IOException {
        return Program.start(
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
    }
}
