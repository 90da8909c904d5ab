// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.internal.delivery.Backlog;
import io.facegate.mqtt.internal.link.Connection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** How the publisher is. Written by its thread, read by any. */
final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final long DROPS_SHOWN_NANOS = 60_000_000_000L;

    private final Optional<String> wrong;
    private final Connection connection;
    private final Backlog backlog;
    private volatile boolean dropping;
    private volatile long dropped;
    private volatile String refusedCameras = "";
    private volatile String namesake = "";
    private long lastDrop;

    Health(Optional<String> wrong, Connection connection, Backlog backlog) {
        this.wrong = wrong;
        this.connection = connection;
        this.backlog = backlog;
    }

    /** Takes in how many events were lost since the start. */
    void drops(long total) {
        long now = System.nanoTime();
        if (total > dropped) {
            if (!dropping) {
                LOG.warn("MQTT: too many events wait for the broker; the oldest are lost.");
            }
            dropped = total;
            lastDrop = now;
            dropping = true;
        } else if (dropping && now - lastDrop > DROPS_SHOWN_NANOS) {
            dropping = false;
        }
    }

    /** Takes in the camera ids that cannot be topics. */
    void refused(Collection<String> cameras) {
        String now = String.join(", ", cameras);
        if (!now.equals(refusedCameras)) {
            LOG.warn(
                    "MQTT: cameras without topics of their own, rename them ([a-z0-9_-], no"
                            + " reserved word): {}",
                    now);
            refusedCameras = now;
        }
    }

    /** Takes in whether there is another gateway with the same id, and what to do then. */
    void namesake(String now) {
        if (!now.equals(namesake)) {
            namesake = now;
            if (now.isEmpty()) {
                LOG.info("MQTT: the other gateway with the same id is gone.");
            } else {
                LOG.error("MQTT: {}.", now);
            }
        }
    }

    long dropped() {
        return dropped;
    }

    /** The publisher's condition behind those of the rest of the gateway. */
    List<Condition> among(List<Condition> others) {
        List<Condition> all = new ArrayList<>(others);
        all.add(condition());
        return all;
    }

    Condition condition() {
        if (wrong.isPresent()) {
            return new Condition(Connection.PART, Level.FAILED, wrong.get());
        }
        Condition base = connection.condition();
        List<String> less = new ArrayList<>();
        if (dropping) {
            less.add(dropped + " events were lost because too many waited");
        }
        if (!backlog.problem().isEmpty()) {
            less.add(backlog.problem());
        }
        if (!refusedCameras.isEmpty()) {
            less.add("camera ids that cannot be topics: " + refusedCameras);
        }
        if (!namesake.isEmpty()) {
            less.add(namesake);
        }
        if (less.isEmpty()) {
            return base;
        }
        return new Condition(
                base.part(),
                base.level() == Level.FAILED ? Level.FAILED : Level.DEGRADED,
                base.message() + "; " + String.join("; ", less));
    }
}
