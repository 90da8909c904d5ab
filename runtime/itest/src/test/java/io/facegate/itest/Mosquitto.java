// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real Mosquitto on a free port of the loopback address, and clients of it. */
final class Mosquitto implements AutoCloseable {
    private final int port;
    private final Path configuration;
    private Program program;

    Mosquitto(Path folder) throws IOException, InterruptedException {
        this(folder, false);
    }

    /**
     * @param keeping whether what is retained outlives {@link #stop()}
     */
    Mosquitto(Path folder, boolean keeping) throws IOException, InterruptedException {
        port = Places.freePort();
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
    void start() throws IOException, InterruptedException {
        program = Program.start(Places.program("mosquitto"), "-c", configuration.toString());
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
    void stop() throws InterruptedException {
        program.terminate();
        program.awaitExit(Duration.ofSeconds(10));
    }

    void kill() throws InterruptedException {
        program.kill();
        program.awaitExit(Duration.ofSeconds(5));
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** A real {@code mosquitto_sub} that prints {@code topic payload} lines. */
    Program subscribe(String topic) throws IOException {
        return Program.start(
                Places.program("mosquitto_sub"),
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

    void publish(String topic, String payload) throws IOException, InterruptedException {
        try (Program pub =
                Program.start(
                        Places.program("mosquitto_pub"),
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
