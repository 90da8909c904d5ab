// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static io.facegate.mqtt.internal.Mosquitto.waitFor;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.internal.fake.Gateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** Which version of the protocol is spoken, and what MQTT 5 adds. */
class VersionTest {
    private static final String BASE = "facegate/pi-0001/";

    @TempDir Path folder;
    private final Gateway gateway = new Gateway();
    private PublisherLoop loop;

    @AfterEach
    void stop() {
        loop.stop();
    }

    @Test
    void speaksMqtt5WhereItCan() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            start(broker.url());
            waitFor(() -> loop.condition().level() == Level.OK);
            assertThat(loop.condition().message()).doesNotContain("3.1.1");
            assertThat(Files.readString(folder.resolve("mosquitto.txt")))
                    .contains("as facegate-pi-0001 (p5,");
        }
    }

    /** As Moquette 0.17 answers, as Mosquitto 1 does, as others do, and by hanging up. */
    @ParameterizedTest
    @ValueSource(strings = {"2003000100", "20020001", "2003008400", ""})
    void fallsBackToTheOlderVersionAndSaysSo(String answer) throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start();
                OldBroker old = new OldBroker(broker.port(), HexFormat.of().parseHex(answer))) {
            Subscriber all = broker.subscribe("#");
            start(old.url());
            waitFor(() -> loop.condition().level() == Level.OK);
            assertThat(loop.condition().message())
                    .endsWith(", by MQTT 3.1.1: it does not speak MQTT 5");
            loop.add(Gateway.event(Type.NEW, "t1", 1, Gateway.alice(0.4)));
            waitFor(() -> !all.on(BASE + "events").isEmpty());
            assertThat(all.last(BASE + "available")).isEqualTo("online");
            assertThat(old.refused()).isEqualTo(1);
        }
    }

    @Test
    void sendsNothingLargerThanTheBrokerTakes() throws Exception {
        try (Mosquitto broker =
                new Mosquitto(folder, "allow_anonymous true", "max_packet_size 2000").start()) {
            Subscriber all = broker.subscribe("#");
            start(broker.url());
            waitFor(() -> all.last(BASE + "available").equals("online"));
            loop.add(Gateway.event(Type.NEW, "t1", 1, Gateway.alice(0.4)));
            waitFor(() -> !all.on(BASE + "events").isEmpty());
            assertThat(all.all())
                    .extracting(Subscriber.Received::topic)
                    .doesNotContain("homeassistant/device/facegate-pi-0001/config");
            assertThat(all.on(BASE + "available")).hasSize(1);
        }
    }

    @Test
    void isNotHeldUpByMessagesThatTheBrokerForbids() throws Exception {
        Files.writeString(
                folder.resolve("acl"), "topic readwrite facegate/+/available\ntopic read #\n");
        gateway.outbox = Optional.of(new Gateway.FakeOutbox());
        try (Mosquitto broker =
                new Mosquitto(
                        folder,
                        "allow_anonymous true",
                        "acl_file " + folder.resolve("acl"),
                        "user " + System.getProperty("user.name"))) {
            start(broker.url());
            loop.add(Gateway.event(Type.NEW, "t1", 1, Gateway.alice(0.4)));
            waitFor(() -> gateway.outbox.get().size() == 1);
            broker.start();
            Subscriber all = broker.subscribe("#");
            waitFor(() -> all.last(BASE + "available").equals("online"));
            waitFor(() -> gateway.outbox.get().size() == 0);
            assertThat(all.on(BASE + "events")).isEmpty();
            assertThat(loop.condition().level()).isEqualTo(Level.OK);
        }
    }

    private void start(String url) {
        loop = new PublisherLoop(TestSettings.of(url), gateway);
        loop.start();
    }
}
