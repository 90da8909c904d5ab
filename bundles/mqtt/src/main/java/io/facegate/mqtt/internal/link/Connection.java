// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.socket.BrokerUrl;

import org.eclipse.paho.client.mqttv3.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/**
 * Keeps one link to the broker open: tries, waits, tries again. One log line for each change. For
 * one thread, except {@link #condition()} and {@link #abandon()}.
 */
public final class Connection {
    /** What conditions name the publisher. */
    public static final String PART = "mqtt";

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final long SILENCE_NANOS = 10_000_000_000L;
    private static final long STABLE_NANOS = 10_000_000_000L;

    private static final String NAMESAKE =
            "does a gateway of a copied card run? Stop one of them, or delete gateway.id from its data"
                    + " folder, so that it gets an id of its own";

    /** A broker that starts together with the gateway is given time before it is missed aloud. */
    private static final int QUIET_ATTEMPTS = 3;

    private final BrokerAccess access;
    private final List<BrokerUrl> urls;
    private final PreferredBroker preferred;
    private final String willTopic;
    private final MqttLink.Watcher watcher;
    private final Backoff backoff = new Backoff();
    private volatile MqttLink link;
    private int at;
    private Version version = Version.MQTT_5;
    private volatile Condition condition;
    private boolean up;
    private long since;
    private long nextAttempt;
    private int failures;
    private int shortLives;
    private String logged = "";

    /**
     * @param willTopic where the broker says {@code offline} when the link breaks
     */
    public Connection(BrokerAccess access, String willTopic, MqttLink.Watcher watcher) {
        this(access, willTopic, watcher, PreferredBroker.LOOK_NANOS);
    }

    Connection(BrokerAccess access, String willTopic, MqttLink.Watcher watcher, long lookNanos) {
        this.access = access;
        urls = access.problem().isPresent() ? List.of() : access.urls();
        preferred =
                urls.isEmpty()
                        ? null
                        : new PreferredBroker(access, urls.get(0), watcher::wake, lookNanos);
        this.willTopic = willTopic;
        this.watcher = watcher;
        nextAttempt = System.nanoTime();
        condition = condition(Level.DEGRADED, "connecting to " + access.shown());
    }

    /**
     * Looks after the link.
     *
     * @return true when it has just come up
     */
    public boolean step() {
        long now = System.nanoTime();
        if (link == null) {
            if (now - nextAttempt >= 0) {
                open(now);
            }
            return false;
        }
        MqttLink current = link;
        switch (current.phase()) {
            case UP:
                if (!up) {
                    up = true;
                    since = now;
                    return true;
                }
                if (at > 0 && preferred.back()) {
                    goBack();
                }
                return false;
            case DOWN:
                if (up && current.failure() instanceof Refused why && why.takenOver()) {
                    lost(why.getMessage() + ": " + NAMESAKE);
                } else if (up) {
                    lost(String.valueOf(reason(current.failure())));
                } else if (version == Version.MQTT_5
                        && ConnectAdvice.mayBeTheVersion(current.failure())) {
                    version = Version.MQTT_3_1_1;
                    drop(0);
                } else {
                    trouble(ConnectAdvice.of(current.failure(), access, url()));
                }
                return false;
            default:
                if (now - since >= SILENCE_NANOS) {
                    trouble(ConnectAdvice.silent(url()));
                }
                return false;
        }
    }

    private void open(long now) {
        since = now;
        link = new MqttLink(access, url(), willTopic, watcher, version);
        try {
            link.open();
        } catch (LinkException e) {
            trouble(
                    e.getCause() instanceof MqttException
                                    || e.getCause()
                                            instanceof org.eclipse.paho.mqttv5.common.MqttException
                            ? ConnectAdvice.of(e.getCause(), access, url())
                            : new ConnectAdvice(
                                    Level.FAILED,
                                    e.getMessage() + ": correct it in " + BrokerAccess.PID));
        }
    }

    /** Whether messages can be sent. */
    public boolean up() {
        return up && link.phase() == MqttLink.Phase.UP;
    }

    /** URL of the broker that is tried or used. */
    public String broker() {
        return url().toString();
    }

    /** The link in use; null between two attempts. */
    public MqttLink link() {
        return link;
    }

    /** The greeting went through: the gateway is online. */
    public void greeted() {
        failures = 0;
        if (at == 0) {
            preferred.used();
        } else {
            preferred.left();
        }
        String text =
                "connected to "
                        + url()
                        + " as "
                        + access.clientId()
                        + (at == 0 ? "" : ", in place of " + urls.get(0))
                        + (version == Version.MQTT_5
                                ? ""
                                : ", by MQTT 3.1.1: it does not speak MQTT 5");
        condition = condition(Level.OK, text);
        log(Level.OK, text);
    }

    /** The link broke, if there is one. */
    public void lost(String reason) {
        if (link == null) {
            return;
        }
        long lived = System.nanoTime() - since;
        String text =
                "the connection to "
                        + url()
                        + " was lost ("
                        + reason
                        + "); events are kept until it is back";
        if (lived >= STABLE_NANOS) {
            version = Version.MQTT_5;
            backoff.reset();
            shortLives = 0;
        } else if (++shortLives >= 3) {
            text +=
                    "; it is lost again and again: does another client use the id "
                            + access.clientId()
                            + ", or "
                            + NAMESAKE;
        }
        condition = condition(Level.DEGRADED, text);
        log(Level.DEGRADED, shortLives > 3 ? logged : text);
        at = 0;
        drop(backoff.next());
    }

    /** The first broker of the list can be reached again; the one in use tells the will. */
    private void goBack() {
        String text = urls.get(0) + " can be reached again: going back to it from " + url();
        condition = condition(Level.DEGRADED, text);
        log(Level.OK, text);
        at = 0;
        version = Version.MQTT_5;
        drop(0);
    }

    private void trouble(ConnectAdvice advice) {
        failures++;
        at = (at + 1) % urls.size();
        String next = urls.size() > 1 ? "; trying " + url() : "";
        condition = condition(advice.level(), advice.message() + next);
        if (failures >= QUIET_ATTEMPTS * urls.size() || advice.level() == Level.FAILED) {
            log(advice.level(), advice.message() + next);
        }
        version = Version.MQTT_5;
        drop(at == 0 ? backoff.next() : 0);
    }

    /** The broker that is tried or used. */
    private BrokerUrl url() {
        return urls.get(at);
    }

    private void drop(long waitMillis) {
        up = false;
        MqttLink old = link;
        link = null;
        old.abandon();
        nextAttempt = System.nanoTime() + waitMillis * 1_000_000;
    }

    /** Milliseconds until {@link #step()} has something to do by itself. */
    public long waitMillis() {
        if (link != null) {
            return 1000;
        }
        return Math.max(1, (nextAttempt - System.nanoTime()) / 1_000_000);
    }

    /** Ends the link from any thread, without goodbye. */
    public void abandon() {
        MqttLink current = link;
        if (current != null) {
            current.abandon();
        }
    }

    public Condition condition() {
        return condition;
    }

    private static Condition condition(Level level, String text) {
        return new Condition(PART, level, text);
    }

    private static String reason(Throwable failure) {
        if (failure == null) {
            return "closed";
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage().lines().findFirst().orElse("");
    }

    private void log(Level level, String text) {
        if (text.equals(logged)) {
            return;
        }
        logged = text;
        switch (level) {
            case OK -> LOG.info("MQTT: {}.", text);
            case DEGRADED -> LOG.warn("MQTT: {}.", text);
            default -> LOG.error("MQTT: {}.", text);
        }
    }
}
