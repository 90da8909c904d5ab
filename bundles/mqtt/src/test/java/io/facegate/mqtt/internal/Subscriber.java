// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.MessageContract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A real {@code mosquitto_sub} and what it received. */
final class Subscriber {
    private final Process process;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final MessageContract contract = new MessageContract();
    private volatile boolean ready;

    /** One message. */
    record Received(String topic, int qos, boolean retained, String payload) {
        JsonObject json() {
            return JsonParser.parseString(payload).getAsJsonObject();
        }
    }

    Subscriber(int port, String filter) throws IOException {
        process =
                new ProcessBuilder(
                                "stdbuf",
                                "-oL",
                                "mosquitto_sub",
                                "-d",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-q",
                                "1",
                                "-F",
                                "MSG %t %q %r %p",
                                "-t",
                                filter)
                        .redirectErrorStream(true)
                        .start();
        Thread reader = new Thread(this::read, "subscriber");
        reader.setDaemon(true);
        reader.start();
        Mosquitto.waitFor(() -> ready);
    }

    /** Everything received on a topic, in order. */
    List<Received> on(String topic) {
        return received.stream().filter(r -> r.topic().equals(topic)).toList();
    }

    /** The last payload of a topic; empty text when there was none. */
    String last(String topic) {
        List<Received> all = on(topic);
        return all.isEmpty() ? "" : all.get(all.size() - 1).payload();
    }

    List<Received> all() {
        return List.copyOf(received);
    }

    /** Ends it; everything it received was as the documents say. */
    void close() {
        process.destroyForcibly();
        assertThat(received.stream().flatMap(this::problems)).isEmpty();
    }

    /** Replies are made by the commands, and by these tests. */
    private Stream<String> problems(Received message) {
        return message.topic().contains("/reply/")
                ? Stream.empty()
                : contract.problems(message.topic(), message.payload()).stream();
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("MSG ")) {
                    String[] parts = line.split(" ", 5);
                    received.add(
                            new Received(
                                    parts[1],
                                    Integer.parseInt(parts[2]),
                                    parts[3].equals("1"),
                                    parts.length > 4 ? parts[4] : ""));
                } else if (line.startsWith("Subscribed")) {
                    ready = true;
                }
            }
        } catch (IOException e) {
            // the process was ended
        }
    }
}
