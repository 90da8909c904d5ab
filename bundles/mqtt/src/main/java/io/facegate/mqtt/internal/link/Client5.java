// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;

/**
 * Paho for MQTT 5. The broker's limits are obeyed here: Paho throws where more messages are on
 * their way than the broker takes, and ends the connection over one that is too large.
 */
final class Client5 implements Client {
    private static final Logger LOG = LoggerFactory.getLogger(Client5.class);

    /** Paho writes what it hands over as an exception to standard error as well. */
    private static final java.util.logging.Logger PAHO =
            java.util.logging.Logger.getLogger("org.eclipse.paho.mqttv5");

    static {
        PAHO.setLevel(Level.OFF);
    }

    private static final int REFUSED = 0x80;

    /** Most that header and properties of our messages take beside topic and content. */
    private static final int HEAD_BYTES = 32;

    /** What is not acknowledged needs none. */
    private static final Room UNBOUNDED = new Room(Integer.MAX_VALUE / 2);

    private final MqttAsyncClient client;
    private final MqttConnectionOptions options = new MqttConnectionOptions();
    private final Events events;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile long mostBytes = Long.MAX_VALUE;

    /** For as many messages on their way as the broker takes. */
    private volatile Room room = new Room(Room.USUAL);

    Client5(Will will, ScheduledExecutorService threads, LinkSockets sockets, Events events)
            throws LinkException {
        this.events = events;
        BrokerAccess access = will.access();
        options.setCleanStart(true);
        options.setSessionExpiryInterval(0L);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(MqttLink.CONNECT_SECONDS);
        options.setKeepAliveInterval(access.keepAliveSeconds());
        options.setWill(will.topic(), new MqttMessage(will.payload(), 1, true, null));
        if (!access.user().isEmpty()) {
            options.setUserName(access.user());
            options.setPassword(access.password().getBytes(StandardCharsets.UTF_8));
        }
        options.setSocketFactory(sockets);
        try {
            client =
                    new MqttAsyncClient(
                            Will.ANYWHERE,
                            access.clientId(),
                            new MemoryPersistence(),
                            null,
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
                    new MqttActionListener() {
                        @Override
                        public void onSuccess(IMqttToken token) {
                            limits(token.getResponseProperties());
                            events.connected();
                        }

                        @Override
                        public void onFailure(IMqttToken token, Throwable cause) {
                            events.refused(Refused.of(cause));
                        }
                    });
        } catch (MqttException | IllegalArgumentException e) {
            throw new LinkException("cannot connect: " + e.getMessage(), e);
        }
    }

    private void limits(MqttProperties properties) {
        mostBytes =
                Optional.ofNullable(properties)
                        .map(MqttProperties::getMaximumPacketSize)
                        .orElse(Long.MAX_VALUE);
        room =
                new Room(
                        Optional.ofNullable(properties)
                                .map(MqttProperties::getReceiveMaximum)
                                .orElse(Room.USUAL));
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
        MqttProperties properties = new MqttProperties();
        if (expirySeconds > 0) {
            properties.setMessageExpiryInterval((long) expirySeconds);
        }
        publish(topic, new MqttMessage(payload, qos, retained, properties), ack);
    }

    @Override
    public void answer(ReplyAddress to, byte[] payload, Acks.Ack ack) throws LinkException {
        MqttProperties properties = new MqttProperties();
        to.correlation().ifPresent(properties::setCorrelationData);
        publish(to.topic(), new MqttMessage(payload, 1, false, properties), ack);
    }

    private void publish(String topic, MqttMessage message, Acks.Ack ack) throws LinkException {
        byte[] known = message.getProperties().getCorrelationData();
        int head = topic.length() + HEAD_BYTES + (known == null ? 0 : known.length);
        if (message.getPayload().length + head > mostBytes) {
            tell(topic, "it is larger than the " + mostBytes + " bytes that the broker takes");
            ack.succeeded();
            return;
        }
        Room taken = message.getQos() > 0 ? room : UNBOUNDED;
        taken.enter();
        try {
            client.publish(topic, message, null, new Published(topic, ack, taken));
        } catch (MqttException | RuntimeException e) {
            taken.leave();
            throw MqttLink.broken(e);
        }
    }

    @Override
    public void subscribe(List<String> filters, Acks.Ack ack) throws LinkException {
        MqttSubscription[] subscriptions =
                filters.stream()
                        .map(f -> new MqttSubscription(f, 1))
                        .toArray(MqttSubscription[]::new);
        PahoCalls.send(
                () ->
                        client.subscribe(
                                subscriptions, null, new Listener(ack), new MqttProperties()));
    }

    @Override
    public void unsubscribe(List<String> filters, Acks.Ack ack) throws LinkException {
        PahoCalls.send(
                () ->
                        client.unsubscribe(
                                filters.toArray(new String[0]),
                                null,
                                new Listener(ack),
                                new MqttProperties()));
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

    private void tell(String topic, String why) {
        if (told.add(why)) {
            LOG.warn("MQTT: a message on {} is lost: {}.", topic, why);
        }
    }

    /** Passes an acknowledgement on. */
    private record Listener(Acks.Ack ack) implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            ack.succeeded();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            ack.finished();
        }
    }

    /** The same of a message; one that the broker refuses would be refused again. */
    private final class Published implements MqttActionListener {
        private final String topic;
        private final Acks.Ack ack;

        private final Room room;

        Published(String topic, Acks.Ack ack, Room room) {
            this.topic = topic;
            this.ack = ack;
            this.room = room;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            room.leave();
            int[] codes = token.getReasonCodes();
            if (codes != null && codes.length > 0 && codes[0] >= REFUSED) {
                tell(topic, "the broker says: " + Refused.words(codes[0]));
            }
            ack.succeeded();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            room.leave();
            if (Refused.of(cause) instanceof Refused refused && refused.code() >= REFUSED) {
                tell(topic, "the broker says: " + refused.getMessage());
                ack.succeeded();
            } else {
                ack.finished();
            }
        }
    }

    private final class Callback implements MqttCallback {
        @Override
        public void disconnected(MqttDisconnectResponse response) {
            events.lost(
                    response.getException() != null
                            ? Refused.of(response.getException())
                            : new Refused(response.getReturnCode(), response.getReasonString()));
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            events.message(
                    new Message(
                            topic,
                            new String(message.getPayload(), StandardCharsets.UTF_8),
                            message.isRetained(),
                            ReplyAddress.of(
                                    message.getProperties().getResponseTopic(),
                                    message.getProperties().getCorrelationData())));
        }

        @Override
        public void mqttErrorOccurred(MqttException e) {
            LOG.debug("Paho", e);
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean again, String uri) {}

        @Override
        public void authPacketArrived(int reason, MqttProperties properties) {}
    }
}
