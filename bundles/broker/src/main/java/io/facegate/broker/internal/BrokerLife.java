// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts the broker, tries again while it cannot start, and stops it, all on one thread of its own:
 * Moquette takes a second to stop, and netty leaves thread-locals behind in every thread that calls
 * it, which would keep this bundle's classes in memory after an update.
 */
final class BrokerLife {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLife.class);
    private static final String PART = "broker";
    private static final long STOP_MILLIS = 3500;

    private final BrokerSettings settings;
    private final long retryMillis;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile Condition condition;
    private volatile int port;

    BrokerLife(BrokerSettings settings) {
        this(settings, 3000);
    }

    BrokerLife(BrokerSettings settings, long retryMillis) {
        this.settings = settings;
        this.retryMillis = retryMillis;
        condition = new Condition(PART, Level.DEGRADED, "starting on " + settings);
        thread = new Thread(this::run, "facegate-broker-" + settings.port());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Condition condition() {
        return condition;
    }

    /** Port listened on, 0 while there is none. */
    int port() {
        return port;
    }

    /** Returns when the port is free and the threads are gone; may be called again. */
    void stop() {
        stopping.countDown();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("The MQTT broker on {} takes long to stop; it goes on by itself.", settings);
        }
    }

    private void run() {
        if (settings.problem().isPresent()) {
            fail(Level.FAILED, settings.problem().get());
            return;
        }
        NettyDefaults.apply();
        boolean first = true;
        while (stopping.getCount() > 0) {
            try (MoquetteServer server = MoquetteServer.start(settings)) {
                running(server.port());
                stopping.await();
            } catch (BrokerStartException e) {
                if (first) {
                    PortTrouble trouble = PortTrouble.of(settings, e);
                    fail(trouble.usable() ? Level.DEGRADED : Level.FAILED, trouble.message());
                }
                first = false;
                pause();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | LinkageError e) {
                fail(Level.FAILED, "the MQTT broker broke down: " + e);
                LOG.debug("Cause", e);
                pause();
            } finally {
                port = 0;
            }
        }
        condition = new Condition(PART, Level.FAILED, "stopped");
    }

    private void running(int boundPort) {
        port = boundPort;
        String where = settings.host() + ":" + boundPort;
        if (settings.openToNetwork()) {
            condition =
                    new Condition(
                            PART,
                            Level.DEGRADED,
                            "listening on "
                                    + where
                                    + ", open to the whole network: set user and .password in "
                                    + EmbeddedBroker.PID);
            LOG.warn("MQTT broker {}.", condition.message());
        } else {
            condition = new Condition(PART, Level.OK, "listening on " + where);
            LOG.info("MQTT broker {}.", condition.message());
        }
    }

    private void fail(Level level, String message) {
        boolean known = condition.level() == level && condition.message().equals(message);
        condition = new Condition(PART, level, message);
        if (!known) {
            if (level == Level.FAILED) {
                LOG.error("MQTT broker: {}", message);
            } else {
                LOG.warn("MQTT broker: {}", message);
            }
        }
    }

    private void pause() {
        try {
            stopping.await(retryMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }
}
