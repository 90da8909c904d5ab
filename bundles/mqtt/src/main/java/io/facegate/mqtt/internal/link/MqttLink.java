// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import io.facegate.mqtt.socket.BrokerUrl;
import io.facegate.mqtt.tls.TlsFileException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import javax.net.ssl.SSLSocketFactory;

/**
 * One connection to a broker, from one attempt to its end, by MQTT 5 or 3.1.1 with Eclipse Paho.
 * Every connection is a clean session with memory persistence; what must survive is the publisher's
 * business. Used by one thread, {@link #abandon()} by any.
 */
public final class MqttLink {
    private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);
    static final int CONNECT_SECONDS = 5;
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
    private final BrokerUrl url;
    private final String willTopic;
    private final Watcher watcher;
    private final Version version;
    private final LinkThreads threads = new LinkThreads();
    private final Acks acks = new Acks();
    private volatile LinkSockets sockets;
    private volatile Client client;
    private volatile Phase phase = Phase.CONNECTING;
    private volatile Throwable failure;
    private final CountDownLatch connectEnded = new CountDownLatch(1);
    private final AtomicBoolean abandoned = new AtomicBoolean();

    MqttLink(
            BrokerAccess access,
            BrokerUrl url,
            String willTopic,
            Watcher watcher,
            Version version) {
        this.access = access;
        this.url = url;
        this.willTopic = willTopic;
        this.watcher = watcher;
        this.version = version;
    }

    /** Begins to connect and returns; see {@link #phase()}. */
    void open() throws LinkException {
        try {
            sockets = new LinkSockets(url, tls(access, url), version);
            Will will = new Will(access, willTopic);
            Events events = new Events();
            client =
                    version == Version.MQTT_5
                            ? new Client5(will, threads.executor(), sockets, events)
                            : new Client3(will, threads.executor(), sockets, events);
            client.connect();
        } catch (LinkException e) {
            connectEnded.countDown();
            throw e;
        }
    }

    /** Read anew for each attempt, so that a file that is put right is taken over. */
    static Optional<SSLSocketFactory> tls(BrokerAccess access, BrokerUrl url) throws LinkException {
        if (!url.tls()) {
            return Optional.empty();
        }
        try {
            return Optional.of(access.tls().context().getSocketFactory());
        } catch (TlsFileException e) {
            throw new LinkException("caFile, certFile or keyFile: " + e.getMessage(), e);
        }
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
        return publish(topic, payload, qos, retained, 0);
    }

    /**
     * The same for a message that grows stale.
     *
     * @param expirySeconds after which the broker need not deliver it, if it speaks MQTT 5; 0 for
     *     never
     */
    public Acks.Ack publish(
            String topic, String payload, int qos, boolean retained, int expirySeconds)
            throws LinkException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return awaited(ack -> client.publish(topic, bytes, qos, retained, expirySeconds, ack));
    }

    /** Sends an answer with QoS 1; its acknowledgement is among those awaited. */
    public void answer(ReplyAddress to, String payload) throws LinkException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        awaited(ack -> client.answer(to, bytes, ack));
    }

    /** Subscribes with QoS 1; the acknowledgement is among those awaited. */
    public void subscribe(List<String> filters) throws LinkException {
        awaited(ack -> client.subscribe(filters, ack));
    }

    /** Subscribes no longer; the acknowledgement is among those awaited. */
    public void unsubscribe(List<String> filters) throws LinkException {
        awaited(ack -> client.unsubscribe(filters, ack));
    }

    /** Something that the broker is to acknowledge. */
    private interface Request {
        void send(Acks.Ack ack) throws LinkException;
    }

    private Acks.Ack awaited(Request request) throws LinkException {
        Acks.Ack ack = acks.add();
        try {
            request.send(ack);
            return ack;
        } catch (LinkException e) {
            ack.finished();
            throw e;
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
        client.disconnect(millis);
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
                close();
            }
            threads.end(ABANDON_MILLIS);
        } catch (InterruptedException e) {
            threads.end();
            Thread.currentThread().interrupt();
        }
    }

    /** Only after the attempt to connect has ended: Paho loses threads when closed before. */
    private void close() {
        Client current = client;
        if (current != null) {
            current.close();
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

    static LinkException broken(Throwable cause) {
        return new LinkException(
                cause == null ? "the connection was closed" : String.valueOf(cause.getMessage()),
                cause);
    }

    private final class Events implements Client.Events {
        @Override
        public void connected() {
            connectEnded.countDown();
            change(Phase.UP, null);
        }

        @Override
        public void refused(Throwable why) {
            change(Phase.DOWN, why);
            connectEnded.countDown();
        }

        @Override
        public void lost(Throwable why) {
            change(Phase.DOWN, why);
        }

        @Override
        public void message(Message message) {
            watcher.message(message);
        }
    }
}
