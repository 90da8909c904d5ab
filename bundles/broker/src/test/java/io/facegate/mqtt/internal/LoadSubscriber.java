// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;

/** A subscriber of all events whose session outlives its connections, which it makes again. */
final class LoadSubscriber implements MqttCallback, AutoCloseable {
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final MqttClient client;
    private final MqttConnectOptions options = new MqttConnectOptions();
    private final Thread thread;
    private final Map<Long, Integer> times = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final List<String> outOfOrder = new ArrayList<>();
    private final List<Long> micros = new ArrayList<>();
    private final List<Long> lastBeforeKill = new ArrayList<>();
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private long last;
    private long heard = System.nanoTime();
    private volatile boolean closed;

    /** Returns when it is subscribed. */
    LoadSubscriber(int port) throws MqttException, InterruptedException {
        client = new MqttClient("tcp://127.0.0.1:" + port, "load-sub", new MemoryPersistence());
        client.setCallback(this);
        options.setCleanSession(false);
        options.setKeepAliveInterval(5);
        options.setConnectionTimeout(5);
        thread = new Thread(this::keepConnected, "load-subscriber");
        thread.setDaemon(true);
        thread.start();
        subscribed.await();
    }

    private void connect() throws MqttException {
        client.connect(options);
        client.subscribe("facegate/load/events", 1);
        subscribed.countDown();
    }

    private void keepConnected() {
        while (!closed) {
            try {
                if (!client.isConnected()) {
                    connect();
                }
            } catch (MqttException e) {
                // the broker is away; tried again
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public synchronized void messageArrived(String topic, MqttMessage message) {
        long now = System.nanoTime();
        JsonObject event =
                JsonParser.parseString(new String(message.getPayload(), StandardCharsets.UTF_8))
                        .getAsJsonObject();
        long seq = event.get("seq").getAsLong();
        String track = event.get("id").getAsString();
        last = Math.max(last, seq);
        heard = now;
        if (times.merge(seq, 1, Integer::sum) > 1) {
            return;
        }
        micros.add((now - event.get("zone").getAsLong()) / 1000);
        long before = newest.getOrDefault(track, 0L);
        if (before > seq) {
            outOfOrder.add(track + ": " + seq + " after " + before);
        }
        newest.put(track, seq);
    }

    /** The gateway was killed just now. */
    synchronized void killed() {
        lastBeforeKill.add(last);
    }

    /** Returns when all were heard, or nothing for a minute. */
    void awaitAll(int count) throws InterruptedException {
        synchronized (this) {
            heard = System.nanoTime();
        }
        while (true) {
            synchronized (this) {
                if (times.size() >= count || System.nanoTime() - heard > QUIET_NANOS) {
                    return;
                }
            }
            Thread.sleep(100);
        }
    }

    synchronized List<Long> missing(int count) {
        return LongStream.rangeClosed(1, count).filter(s -> !times.containsKey(s)).boxed().toList();
    }

    synchronized List<String> outOfOrder() {
        return List.copyOf(outOfOrder);
    }

    synchronized String summary(int count) {
        long doubled = times.values().stream().filter(n -> n > 1).count();
        return count
                + " events, missing "
                + missing(count)
                + ", out of order "
                + outOfOrder
                + ", doubled "
                + doubled
                + ", last heard before kills "
                + lastBeforeKill;
    }

    synchronized String latency() {
        // without the beginning, when there is no connection yet and the classes are loaded
        List<Long> sorted = micros.stream().skip(micros.size() / 10).sorted().toList();
        return String.format(
                "p50 %.1f ms, p99 %.1f ms, of %d",
                sorted.get(sorted.size() / 2) / 1000.0,
                sorted.get((int) (sorted.size() * 0.99)) / 1000.0,
                sorted.size());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (client.isConnected()) {
                client.unsubscribe("facegate/load/events");
                client.disconnectForcibly(100, 100);
            }
            client.close(true);
        } catch (MqttException e) {
            // it ends anyway
        }
    }

    @Override
    public void connectionLost(Throwable cause) {}

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
}
