// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * Starts the broker, tries again while it cannot start, and stops it, all on one thread of its own:
 * it takes its time, and netty leaves thread-locals behind in every thread that calls it, which
 * would keep this bundle's classes in memory after an update. A broker that no longer answers is
 * started anew.
 */
final class BrokerLife {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLife.class);
    private static final String PART = "broker";

    /**
     * A broker that is being started ends only once it has: with its bundle gone before, it would
     * miss its classes and keep the port.
     */
    private static final long STOP_MILLIS = 15_000;

    /** A bundle that is updated is started and stopped at once: so briefly none is started. */
    private static final long SETTLE_MILLIS = 200;

    private final BrokerSettings settings;
    private final Path waiting;
    private final IntPredicate answers;
    private final long retryMillis;
    private final long checkMillis;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile Condition condition;
    private volatile int port;

    /**
     * @param waiting folder of its own for messages that do not fit into memory
     */
    BrokerLife(BrokerSettings settings, Path waiting) {
        this(
                settings,
                waiting,
                port ->
                        MqttProbe.answers(
                                settings.listening(), port, settings.user(), settings.password()),
                3000,
                20_000);
    }

    /**
     * @param answers whether an MQTT broker answers at a port
     */
    BrokerLife(
            BrokerSettings settings,
            Path waiting,
            IntPredicate answers,
            long retryMillis,
            long checkMillis) {
        this.settings = settings;
        this.waiting = waiting;
        this.answers = answers;
        this.retryMillis = retryMillis;
        this.checkMillis = checkMillis;
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
        Thread.currentThread().setContextClassLoader(BrokerLife.class.getClassLoader());
        boolean first = true;
        pause(SETTLE_MILLIS);
        while (stopping.getCount() > 0) {
            try (ArtemisServer server = ArtemisServer.start(settings, waiting)) {
                running(server.port());
                first = true;
                watch(server.port());
            } catch (BrokerStartException e) {
                if (first) {
                    PortTrouble trouble = PortTrouble.of(settings, e);
                    fail(trouble.usable() ? Level.DEGRADED : Level.FAILED, trouble.message());
                }
                first = false;
                pause(retryMillis);
            } catch (RuntimeException | LinkageError e) {
                fail(Level.FAILED, "the MQTT broker broke down: " + e);
                LOG.debug("Cause", e);
                pause(retryMillis);
            } finally {
                port = 0;
            }
        }
        condition = new Condition(PART, Level.FAILED, "stopped");
    }

    private void running(int boundPort) {
        port = boundPort;
        String where = "listening on " + settings.listening() + ":" + boundPort;
        if (settings.confined()) {
            condition =
                    new Condition(
                            PART,
                            Level.DEGRADED,
                            where
                                    + " only: at "
                                    + settings.host()
                                    + " everybody on the network could give the gateway orders;"
                                    + " set user and .password in "
                                    + EmbeddedBroker.PID);
            LOG.warn("MQTT broker {}.", condition.message());
        } else {
            condition = new Condition(PART, Level.OK, where);
            LOG.info("MQTT broker {}, for MQTT 5 and 3.1.1.", condition.message());
        }
    }

    /** Returns when it is to stop, or when the broker did not answer twice in a row. */
    private void watch(int boundPort) {
        int silent = 0;
        while (!pause(checkMillis)) {
            silent = answers.test(boundPort) ? 0 : silent + 1;
            if (silent == 2) {
                fail(Level.DEGRADED, "the MQTT broker no longer answers; it is started anew");
                return;
            }
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

    /** Whether it is to stop. */
    private boolean pause(long millis) {
        try {
            return stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
            return true;
        }
    }
}
