// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import io.facegate.mqtt.socket.BrokerUrl;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Looks, while a broker further down the list is used, whether the first can be reached again: once
 * a minute, more seldom when it could be reached and yet not be used. For one thread; the looking
 * itself is done by others, for a few seconds each.
 */
final class PreferredBroker {
    static final long LOOK_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LAST_NANOS = TimeUnit.MINUTES.toNanos(16);
    private static final int MILLIS = 5000;

    private final BrokerAccess access;
    private final BrokerUrl url;
    private final long firstNanos;
    private final Runnable found;
    private long pause;
    private long next;
    private volatile boolean back;

    /**
     * @param found called when it is back, from another thread
     * @param firstNanos until it is looked for
     */
    PreferredBroker(BrokerAccess access, BrokerUrl url, Runnable found, long firstNanos) {
        this.access = access;
        this.url = url;
        this.found = found;
        this.firstNanos = firstNanos;
        pause = firstNanos;
    }

    /** Another broker came to be used. */
    void left() {
        back = false;
        next = System.nanoTime() + pause;
        pause = Math.min(2 * pause, LAST_NANOS);
    }

    /** The first itself is used. */
    void used() {
        back = false;
        pause = firstNanos;
    }

    /** Whether it can be reached again; looks when it is time to. */
    boolean back() {
        long now = System.nanoTime();
        if (!back && now - next >= 0) {
            next = now + Math.max(pause / 2, firstNanos);
            Thread thread = new Thread(this::look, "facegate-mqtt-look");
            thread.setDaemon(true);
            thread.start();
        }
        return back;
    }

    private void look() {
        try (LinkSocket socket =
                new LinkSocket(url, MqttLink.tls(access, url), Version.MQTT_3_1_1)) {
            socket.connect(null, MILLIS);
            back = true;
            found.run();
        } catch (IOException e) {
            back = false;
        }
    }
}
