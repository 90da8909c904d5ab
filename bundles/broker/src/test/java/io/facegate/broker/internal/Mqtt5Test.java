// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What clients of MQTT 5 ask of the broker, as subscribers see it. */
class Mqtt5Test {
    @TempDir Path folder;
    private ArtemisServer server;

    /** A message as it arrived. */
    private record Heard(String topic, String text, boolean retained, MqttProperties properties) {}

    @BeforeEach
    void start() throws Exception {
        NettyDefaults.apply();
        server =
                ArtemisServer.start(
                        new BrokerSettings("127.0.0.1", 0, "anna", "secret"),
                        folder.resolve("waiting"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void newSubscribersAreToldWhatIsRetainedAndThatItIs() throws Exception {
        try (Client publisher = new Client("p", "secret", null)) {
            publisher.publish("s/one", "kept", 1, true);
            publisher.publish("s/zero", "kept at QoS 0", 0, true);
            publisher.publish("s/both", "old", 1, true);
            publisher.publish("s/both", "new", 0, true);
            publisher.publish("s/gone", "x", 1, true);
            publisher.publish("s/gone", "", 1, true);
            for (int i = 0; i < 2; i++) {
                try (Client subscriber = new Client("s", "secret", null)) {
                    subscriber.subscribe("s/#");
                    assertThat(subscriber.texts(3))
                            .isEqualTo(
                                    Map.of(
                                            "s/one", "kept",
                                            "s/zero", "kept at QoS 0",
                                            "s/both", "new"));
                    publisher.publish("s/one", "kept", 1, true);
                    assertThat(subscriber.next().retained()).as("a live message").isFalse();
                }
            }
        }
    }

    @Test
    void anAbsentSubscriberIsWaitedForAsLongAsItAsked() throws Exception {
        try (Client publisher = new Client("p", "secret", null)) {
            new Client("s", "secret", 60L).subscribe("e").close();
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                sent.add("event " + i);
                publisher.publish("e", "event " + i, 1, false);
            }
            try (Client subscriber = new Client("s", "secret", 0L)) {
                List<String> heard = new ArrayList<>();
                while (heard.size() < sent.size()) {
                    heard.add(subscriber.next().text());
                }
                assertThat(heard).isEqualTo(sent);
            }
            publisher.publish("e", "to nobody", 1, false);
            try (Client subscriber = new Client("s", "secret", 60L)) {
                publisher.publish("e", "nor this", 1, false);
                subscriber.subscribe("e");
                publisher.publish("e", "last", 1, false);
                assertThat(subscriber.next().text()).isEqualTo("last");
            }
        }
    }

    @Test
    void answersFindTheirQuestion() throws Exception {
        try (Client publisher = new Client("p", "secret", null);
                Client subscriber = new Client("s", "secret", null)) {
            subscriber.subscribe("cmd");
            MqttMessage message = new MqttMessage("{}".getBytes(StandardCharsets.UTF_8));
            MqttProperties properties = new MqttProperties();
            properties.setResponseTopic("here/please");
            properties.setCorrelationData(new byte[] {1, 2, 3});
            properties.setMessageExpiryInterval(60L);
            message.setProperties(properties);
            publisher.client.publish("cmd", message);
            MqttProperties heard = subscriber.next().properties();
            assertThat(heard.getResponseTopic()).isEqualTo("here/please");
            assertThat(heard.getCorrelationData()).containsExactly(1, 2, 3);
            assertThat(heard.getMessageExpiryInterval()).isBetween(50L, 60L);
        }
    }

    @Test
    void theWordOfTheNewerOfTwoWithOneIdIsTheLast() throws Exception {
        try (Client watch = new Client("w", "secret", null).subscribe("available")) {
            new Client("g", "secret", null).publish("available", "online 1", 1, true);
            assertThat(watch.next().text()).isEqualTo("online 1");
            try (Client newer = new Client("g", "secret", null)) {
                newer.publish("available", "online 2", 1, true);
                String heard = watch.next().text();
                assertThat(heard.equals("offline") ? watch.next().text() : heard)
                        .as("after the will of the older, if it is told")
                        .isEqualTo("online 2");
                newer.publish("available", "stopped", 1, true);
                assertThat(watch.next().text()).isEqualTo("stopped");
            }
        }
    }

    @Test
    void aRefusalSaysWhy() {
        assertThatThrownBy(() -> new Client("x", "wrong", null))
                .isInstanceOfSatisfying(
                        MqttException.class,
                        e ->
                                assertThat(e.getReasonCode())
                                        .as("bad user or password")
                                        .isEqualTo(134));
    }

    /** A client of MQTT 5. */
    private final class Client implements MqttCallback, AutoCloseable {
        private final MqttClient client;
        private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

        /**
         * @param expiry seconds that its session outlives it; null for a clean start and none
         */
        Client(String id, String password, Long expiry) throws MqttException {
            client =
                    new MqttClient("tcp://127.0.0.1:" + server.port(), id, new MemoryPersistence());
            client.setCallback(this);
            MqttConnectionOptions options = new MqttConnectionOptions();
            options.setCleanStart(expiry == null);
            options.setSessionExpiryInterval(expiry);
            options.setWill(
                    "available",
                    new MqttMessage("offline".getBytes(StandardCharsets.UTF_8), 1, true, null));
            options.setUserName("anna");
            options.setPassword(password.getBytes(StandardCharsets.UTF_8));
            try {
                client.connect(options);
            } catch (MqttException e) {
                client.close();
                throw e;
            }
        }

        Client subscribe(String filter) throws MqttException {
            client.subscribe(filter, 1);
            return this;
        }

        void publish(String topic, String text, int qos, boolean retained) throws MqttException {
            client.publish(topic, text.getBytes(StandardCharsets.UTF_8), qos, retained);
        }

        Heard next() throws InterruptedException {
            Heard next = heard.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("a message").isNotNull();
            return next;
        }

        Map<String, String> texts(int count) throws InterruptedException {
            Map<String, String> texts = new HashMap<>();
            for (int i = 0; i < count; i++) {
                Heard next = next();
                assertThat(next.retained()).as(next.topic()).isTrue();
                texts.put(next.topic(), next.text());
            }
            return texts;
        }

        @Override
        public void close() throws MqttException {
            client.disconnect();
            client.close();
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            heard.add(
                    new Heard(
                            topic,
                            new String(message.getPayload(), StandardCharsets.UTF_8),
                            message.isRetained(),
                            message.getProperties()));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException e) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean again, String uri) {}

        @Override
        public void authPacketArrived(int reason, MqttProperties properties) {}
    }
}
