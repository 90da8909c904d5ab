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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import javax.net.ssl.SSLSocketFactory;

/**
 * One connection to a broker, from one attempt to its end: MQTT 3.1.1 with Eclipse Paho, the only
 * class that knows the protocol. Every connection is a clean session with memory persistence; what
 * must survive is the publisher's business. Used by one thread, {@link #abandon()} by any.
 */
public final class MqttLink {
    private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);
    private static final int CONNECT_SECONDS = 5;
    private static final int MAX_IN_FLIGHT = 5000;
    private static final long ABANDON_MILLIS = 1500;

    /** Where it is in its life. */
    enum Phase {
        CONNECTING,
        UP,
        DOWN
    }

    /** Told from the client's threads; returns at once. */
    public interface Watcher {
        /** The phase or something awaited changed. */
        void wake();

        /** A message arrived. */
        void message(Message message);
    }

    private final BrokerAccess access;
    private final String willTopic;
    private final Watcher watcher;
    private final LinkThreads threads = new LinkThreads();
    private final Acks acks = new Acks();
    private volatile LinkSockets sockets;
    private volatile MqttAsyncClient client;
    private volatile Phase phase = Phase.CONNECTING;
    private volatile Throwable failure;
    private final CountDownLatch connectEnded = new CountDownLatch(1);
    private final AtomicBoolean abandoned = new AtomicBoolean();

    MqttLink(BrokerAccess access, String willTopic, Watcher watcher) {
        this.access = access;
        this.willTopic = willTopic;
        this.watcher = watcher;
    }

    /** Begins to connect and returns; see {@link #phase()}. */
    void open() throws LinkException {
        try {
            client =
                    new MqttAsyncClient(
                            access.plainUrl(),
                            access.clientId(),
                            new MemoryPersistence(),
                            new ScheduledExecutorPingSender(threads.executor()),
                            threads.executor());
            client.setCallback(new Callback());
            client.connect(
                    options(),
                    null,
                    new IMqttActionListener() {
                        @Override
                        public void onSuccess(IMqttToken token) {
                            connectEnded.countDown();
                            change(Phase.UP, null);
                        }

                        @Override
                        public void onFailure(IMqttToken token, Throwable cause) {
                            change(Phase.DOWN, cause);
                            connectEnded.countDown();
                        }
                    });
        } catch (MqttException | IllegalArgumentException e) {
            connectEnded.countDown();
            throw new LinkException("cannot connect: " + e.getMessage(), e);
        }
    }

    private MqttConnectOptions options() throws LinkException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(CONNECT_SECONDS);
        options.setKeepAliveInterval(access.keepAliveSeconds());
        options.setMaxInflight(MAX_IN_FLIGHT);
        options.setWill(willTopic, bytes("offline"), 1, true);
        if (!access.user().isEmpty()) {
            options.setUserName(access.user());
            options.setPassword(access.password().toCharArray());
        }
        sockets = new LinkSockets(access.tls() ? Optional.of(tls()) : Optional.empty());
        options.setSocketFactory(sockets);
        return options;
    }

    private SSLSocketFactory tls() throws LinkException {
        return access.caFile().isEmpty()
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : TlsSockets.trusting(Path.of(access.caFile()));
    }

    Phase phase() {
        return phase;
    }

    /** Why it is down; null when nothing is known. */
    Throwable failure() {
        return failure;
    }

    /** Sends a message; with QoS 1 its acknowledgement is among those awaited. */
    public Acks.Ack publish(String topic, String payload, int qos, boolean retained)
            throws LinkException {
        Acks.Ack ack = acks.add();
        MqttMessage message = new MqttMessage(bytes(payload));
        message.setQos(qos);
        message.setRetained(retained);
        try {
            client.publish(topic, message, null, ack);
            return ack;
        } catch (MqttException | RuntimeException e) {
            ack.finished();
            throw broken(e);
        }
    }

    /** Subscribes with QoS 1; the acknowledgement is among those awaited. */
    public void subscribe(List<String> filters) throws LinkException {
        int[] qos = new int[filters.size()];
        Arrays.fill(qos, 1);
        Acks.Ack ack = acks.add();
        try {
            client.subscribe(filters.toArray(new String[0]), qos, null, ack);
        } catch (MqttException | RuntimeException e) {
            ack.finished();
            throw broken(e);
        }
    }

    /** Subscribes no longer; the acknowledgement is among those awaited. */
    public void unsubscribe(List<String> filters) throws LinkException {
        Acks.Ack ack = acks.add();
        try {
            client.unsubscribe(filters.toArray(new String[0]), null, ack);
        } catch (MqttException | RuntimeException e) {
            ack.finished();
            throw broken(e);
        }
    }

    /**
     * Waits until everything sent is acknowledged.
     *
     * @param hurry once true, it waits no longer than {@code hurryMillis} from then
     */
    public void awaitAcks(long millis, BooleanSupplier hurry, long hurryMillis)
            throws LinkException {
        acks.await(millis, hurry, hurryMillis, () -> phase == Phase.DOWN ? broken(failure) : null);
    }

    /** Says goodbye, so that the broker keeps the will to itself, and closes. */
    public void disconnect(long millis) {
        try {
            client.disconnect(0).waitForCompletion(millis);
        } catch (MqttException | RuntimeException e) {
            LOG.debug("Goodbye failed", e);
        }
        abandon();
    }

    /** Closes at once and without a word; the broker publishes the will. */
    void abandon() {
        if (!abandoned.compareAndSet(false, true)) {
            return;
        }
        change(Phase.DOWN, failure);
        if (sockets != null) {
            sockets.cut();
        }
        try {
            if (connectEnded.await(ABANDON_MILLIS, TimeUnit.MILLISECONDS)) {
                closeClient();
            }
            threads.end(ABANDON_MILLIS);
        } catch (InterruptedException e) {
            threads.end();
            Thread.currentThread().interrupt();
        }
    }

    /** Only after the attempt to connect has ended: Paho loses threads when closed before. */
    private void closeClient() {
        MqttAsyncClient c = client;
        if (c == null) {
            return;
        }
        try {
            c.setCallback(null);
            if (c.isConnected()) {
                c.disconnectForcibly(0, 0, false);
            }
        } catch (MqttException | RuntimeException e) {
            LOG.debug("Closing", e);
        }
        try {
            c.close(true);
        } catch (MqttException | RuntimeException e) {
            LOG.debug("Closing", e);
        }
    }

    private void change(Phase next, Throwable why) {
        synchronized (this) {
            if (phase == Phase.DOWN) {
                return;
            }
            failure = why;
            phase = next;
        }
        acks.wake();
        watcher.wake();
    }

    private static LinkException broken(Throwable cause) {
        return new LinkException(
                cause == null ? "the connection was closed" : String.valueOf(cause.getMessage()),
                cause);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private final class Callback implements MqttCallback {
        @Override
        public void connectionLost(Throwable cause) {
            change(Phase.DOWN, cause);
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            watcher.message(
                    new Message(
                            topic,
                            new String(message.getPayload(), StandardCharsets.UTF_8),
                            message.isRetained()));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {}
    }
}
