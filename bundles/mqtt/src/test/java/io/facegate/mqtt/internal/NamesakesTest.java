// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static io.facegate.mqtt.internal.Mosquitto.waitFor;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.internal.fake.Gateway;
import io.facegate.mqtt.internal.link.BrokerAccess;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.tls.TlsFiles;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two gateways with one id, as after a card was copied. */
class NamesakesTest {
    @TempDir Path folder;
    private final List<PublisherLoop> loops = new ArrayList<>();

    @AfterEach
    void stop() {
        loops.forEach(PublisherLoop::stop);
    }

    @Test
    void bothSayThatThereIsAnother() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Subscriber all = broker.subscribe("#");
            PublisherLoop one = start(broker, "facegate-pi-0001-aaaaaa");
            waitFor(() -> one.condition().level() == Level.OK);
            PublisherLoop other = start(broker, "facegate-pi-0001-bbbbbb");
            for (PublisherLoop loop : List.of(one, other)) {
                waitFor(() -> loop.condition().message().contains("another gateway says that it"));
                assertThat(loop.condition().level()).isEqualTo(Level.DEGRADED);
                assertThat(loop.condition().message()).contains("pi-0001", "delete gateway.id");
            }
            other.stop();
            waitFor(() -> all.on("facegate/pi-0001/available").size() > 1);
            waitFor(() -> all.last("facegate/pi-0001/available").equals("online"));
        }
    }

    @Test
    void oneAloneDoesNotHearItself() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Subscriber all = broker.subscribe("#");
            PublisherLoop one = start(broker, "facegate-pi-0001-aaaaaa");
            waitFor(() -> one.condition().level() == Level.OK);
            broker.publish("facegate/pi-0001/available", "offline", "-r");
            waitFor(() -> all.on("facegate/pi-0001/available").size() == 3);
            broker.publish("facegate/pi-0001/available", "offline", "-r");
            waitFor(() -> all.on("facegate/pi-0001/available").size() == 5);
            assertThat(all.last("facegate/pi-0001/available")).isEqualTo("online");
            assertThat(one.condition().level()).isEqualTo(Level.OK);
        }
    }

    private PublisherLoop start(Mosquitto broker, String clientId) {
        MqttSettings settings =
                new MqttSettings(
                        new BrokerAccess(
                                broker.url(), clientId, "", "", 5, new TlsFiles("", "", "", "")),
                        new Topics("facegate", "pi-0001"),
                        "1.0.0",
                        Optional.empty(),
                        new MqttSettings.Limits(0, 100, 0, 0, 0),
                        Optional.empty(),
                        Optional.empty());
        PublisherLoop loop = new PublisherLoop(settings, new Gateway());
        loops.add(loop);
        loop.start();
        return loop;
    }
}
