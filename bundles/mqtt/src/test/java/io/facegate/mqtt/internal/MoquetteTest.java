// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static io.facegate.mqtt.internal.Mosquitto.waitFor;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.internal.fake.Gateway;
import io.facegate.mqtt.internal.message.EventJson;
import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

/** The publisher against Moquette, the broker embedded in the gateway. */
class MoquetteTest {
    private static final String BASE = "facegate/pi-0001/";

    @Test
    void speaksToTheEmbeddedBrokerAndOutlivesItsRestart() throws Exception {
        int port = Mosquitto.freePort();
        Server broker = start(port);
        PublisherLoop loop =
                new PublisherLoop(TestSettings.of("tcp://127.0.0.1:" + port), new Gateway());
        loop.start();
        waitFor(() -> loop.condition().level() == Level.OK);
        broker.stopServer();
        waitFor(() -> loop.condition().level() == Level.DEGRADED);
        LongStream.rangeClosed(1, 120)
                .forEach(i -> loop.add(Gateway.event(Type.NEW, "t" + i, i, Gateway.unknown())));
        broker = start(port);
        try (MqttClient client =
                new MqttClient("tcp://127.0.0.1:" + port, "test", new MemoryPersistence())) {
            List<String> events = new CopyOnWriteArrayList<>();
            Map<String, String> last = new ConcurrentHashMap<>();
            client.connect();
            client.subscribe(
                    "facegate/#",
                    1,
                    (topic, message) -> {
                        String text = new String(message.getPayload(), StandardCharsets.UTF_8);
                        last.put(topic, text);
                        if (topic.equals(BASE + "events")) {
                            events.add(text);
                        }
                    });
            waitFor(() -> last.getOrDefault(BASE + "available", "").equals("online"));
            waitFor(() -> last.containsKey(BASE + "info"));
            waitFor(() -> events.size() >= 120);
            assertThat(events)
                    .extracting(e -> EventJson.parse(e).orElseThrow().get("seq").getAsLong())
                    .isEqualTo(LongStream.rangeClosed(1, 120).boxed().toList());
            loop.stop();
            waitFor(() -> last.get(BASE + "available").equals("stopped"));
            client.disconnect();
        } finally {
            loop.stop();
            broker.stopServer();
        }
    }

    private static Server start(int port) throws Exception {
        Properties properties = new Properties();
        properties.put("host", "127.0.0.1");
        properties.put("port", Integer.toString(port));
        properties.put("persistence_enabled", "false");
        properties.put("telemetry_enabled", "false");
        properties.put("netty.mqtt.message_size", "4194304");
        Server server = new Server();
        server.startServer(new MemoryConfig(properties), List.of());
        return server;
    }
}
