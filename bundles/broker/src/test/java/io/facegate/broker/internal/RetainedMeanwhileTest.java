// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.Await;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A message that is retained in the moment in which somebody subscribes reaches them. */
class RetainedMeanwhileTest {
    private static final int ROUNDS = 1000;

    @TempDir Path folder;
    private final ExecutorService meanwhile = Executors.newSingleThreadExecutor();
    private ArtemisServer server;

    @BeforeEach
    void start() throws Exception {
        NettyDefaults.apply();
        server =
                ArtemisServer.start(
                        new BrokerSettings("127.0.0.1", 0, "", ""), folder.resolve("waiting"));
    }

    @AfterEach
    void stop() {
        meanwhile.shutdownNow();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void itIsHeard(int qos) throws Exception {
        Set<String> heard = new ConcurrentSkipListSet<>();
        Set<String> all = new TreeSet<>();
        MqttClient publisher = client("publisher");
        MqttClient subscriber = client("subscriber");
        try {
            for (int i = 0; i < ROUNDS; i++) {
                String topic = "home/%04d".formatted(i);
                all.add(topic);
                Future<?> published =
                        meanwhile.submit(
                                () -> {
                                    byte[] on = "on".getBytes(StandardCharsets.UTF_8);
                                    publisher.publish(topic, on, qos, true);
                                    return null;
                                });
                subscriber.subscribe(topic, 1, (t, message) -> heard.add(t));
                published.get();
            }
            Await.until(
                    "what was retained", Duration.ofSeconds(20), () -> heard.size() == all.size());
        } catch (AssertionError e) {
            all.removeAll(heard);
            assertThat(all).as("never heard").isEmpty();
            throw e;
        } finally {
            publisher.disconnect();
            publisher.close();
            subscriber.disconnect();
            subscriber.close();
        }
    }

    private MqttClient client(String id) throws MqttException {
        MqttClient client =
                new MqttClient("tcp://127.0.0.1:" + server.port(), id, new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(ROUNDS);
        client.connect(options);
        return client;
    }
}
