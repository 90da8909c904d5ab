// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.ScheduledExecutorPingSender;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** Paho for MQTT 3.1.1. */
final class Client3 implements Client {
    private static final int MAX_IN_FLIGHT = 5000;

    private final MqttAsyncClient client;
    private final MqttConnectOptions options = new MqttConnectOptions();
    private final Events events;

    Client3(Will will, ScheduledExecutorService threads, LinkSockets sockets, Events events)
            throws LinkException {
        this.events = events;
        BrokerAccess access = will.access();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(MqttLink.CONNECT_SECONDS);
        options.setKeepAliveInterval(access.keepAliveSeconds());
        options.setMaxInflight(MAX_IN_FLIGHT);
        options.setWill(will.topic(), will.payload(), 1, true);
        if (!access.user().isEmpty()) {
            options.setUserName(access.user());
            options.setPassword(access.password().toCharArray());
        }
        options.setSocketFactory(sockets);
        try {
            client =
                    new MqttAsyncClient(
                            Will.ANYWHERE,
                            access.clientId(),
                            new MemoryPersistence(),
                            new ScheduledExecutorPingSender(threads),
                            threads);
        } catch (MqttException | IllegalArgumentException e) {
            throw new LinkException("cannot connect: " + e.getMessage(), e);
        }
        client.setCallback(new Callback());
    }

    @Override
    public void connect() throws LinkException {
        try {
            client.connect(
                    options,
                    null,
                    new IMqttActionListener() {
                        @Override
                        public void onSuccess(IMqttToken token) {
                            events.connected();
                        }

                        @Override
                        public void onFailure(IMqttToken token, Throwable cause) {
                            events.refused(cause);
                        }
                    });
        } catch (MqttException | IllegalArgumentException e) {
            throw new LinkException("cannot connect: " + e.getMessage(), e);
        }
    }

    @Override
    public void publish(
            String topic,
            byte[] payload,
            int qos,
            boolean retained,
            int expirySeconds,
            Acks.Ack ack)
            throws LinkException {
        MqttMessage message = new MqttMessage(payload);
        message.setQos(qos);
        message.setRetained(retained);
        PahoCalls.send(() -> client.publish(topic, message, null, new Listener(ack)));
    }

    @Override
    public void subscribe(List<String> filters, Acks.Ack ack) throws LinkException {
        int[] qos = new int[filters.size()];
        Arrays.fill(qos, 1);
        PahoCalls.send(
                () ->
                        client.subscribe(
                                filters.toArray(new String[0]), qos, null, new Listener(ack)));
    }

    @Override
    public void unsubscribe(List<String> filters, Acks.Ack ack) throws LinkException {
        PahoCalls.send(
                () -> client.unsubscribe(filters.toArray(new String[0]), null, new Listener(ack)));
    }

    @Override
    public void disconnect(long millis) {
        PahoCalls.leave(() -> client.disconnect(0).waitForCompletion(millis));
    }

    @Override
    public void close() {
        PahoCalls.leave(
                () -> client.setCallback(null),
                () -> {
                    if (client.isConnected()) {
                        client.disconnectForcibly(0, 0, false);
                    }
                },
                () -> client.close(true));
    }

    /** Passes an acknowledgement on. */
    private record Listener(Acks.Ack ack) implements IMqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            ack.succeeded();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            ack.finished();
        }
    }

    private final class Callback implements MqttCallback {
        @Override
        public void connectionLost(Throwable cause) {
            events.lost(cause);
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            events.message(
                    new Message(
                            topic,
                            new String(message.getPayload(), StandardCharsets.UTF_8),
                            message.isRetained()));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {}
    }
}
