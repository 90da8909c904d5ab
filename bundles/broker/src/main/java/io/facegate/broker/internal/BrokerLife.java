// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.tls.TlsFileException;
import io.facegate.mqtt.tls.TlsFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

/**
 * Starts the broker, tries again while it cannot start, and stops it, all on one thread of its own:
 * it takes its time, and netty leaves thread-locals behind in every thread that calls it, which
 * would keep this bundle's classes in memory after an update. A broker that no longer answers is
 * started anew.
 */
final class BrokerLife {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLife.class);
    private static final ArtemisServer.Ports NONE = new ArtemisServer.Ports(0, 0);
    private static final String PART = "broker";

    /**
     * A broker that is being started ends only once it has: with its bundle gone before, it would
     * miss its classes and keep the port.
     */
    private static final long STOP_MILLIS = 15_000;

    /** A bundle that is updated is started and stopped at once: so briefly none is started. */
    private static final long SETTLE_MILLIS = 200;

    /** How often files of users and certificates are looked at. */
    private static final long LOOK_MILLIS = 1000;

    private final BrokerSettings asked;
    private final AccessFiles files;
    private final Path waiting;
    private final Stores stores;
    private final Check answers;
    private final long retryMillis;
    private final long checkMillis;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile Condition condition;
    private volatile ArtemisServer.Ports ports = NONE;

    // of the broker's thread
    private BrokerSettings settings;
    private String certificates = "";
    private String told = "";

    /** Whether the broker answers. */
    interface Check {
        /**
         * @param probe user and password, alike, that is let in
         */
        boolean answers(String host, int port, String probe);
    }

    /**
     * @param waiting folder of its own for messages that do not fit into memory
     * @param stores of what outlives it
     */
    BrokerLife(BrokerSettings settings, AccessFiles files, Path waiting, Stores stores) {
        this(
                settings,
                files,
                waiting,
                stores,
                (host, port, probe) -> MqttProbe.answers(host, port, probe, probe),
                3000,
                20_000);
    }

    BrokerLife(
            BrokerSettings settings,
            AccessFiles files,
            Path waiting,
            Stores stores,
            Check answers,
            long retryMillis,
            long checkMillis) {
        this.asked = settings;
        this.settings = settings;
        this.files = files;
        this.waiting = waiting;
        this.stores = stores;
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
        return ports.plain();
    }

    /** Port listened on with TLS, 0 while there is none. */
    int tlsPort() {
        return ports.tls();
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
            LOG.warn("The MQTT broker on {} takes long to stop; it goes on by itself.", asked);
        }
    }

    private void run() {
        if (asked.problem().isPresent()) {
            fail(Level.FAILED, asked.problem().get());
            return;
        }
        NettyDefaults.apply();
        Thread.currentThread().setContextClassLoader(BrokerLife.class.getClassLoader());
        boolean first = true;
        pause(SETTLE_MILLIS);
        while (stopping.getCount() > 0) {
            files.refresh();
            settings = asked.withFileUsers(files.content().present());
            try {
                once();
                first = true;
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
                ports = NONE;
            }
        }
        condition = new Condition(PART, Level.FAILED, "stopped");
    }

    /** From a start to the end, or to a reason for another start. */
    private void once() throws BrokerStartException {
        BrokerSecurity security = new BrokerSecurity(settings, files);
        certificates = certificates();
        Optional<SSLContext> tls = Optional.empty();
        String trouble = "";
        try {
            tls = tls();
        } catch (TlsFileException e) {
            trouble = e.getMessage();
        }
        try (ArtemisServer server = ArtemisServer.start(settings, security, tls, waiting, stores)) {
            ports = server.ports();
            running(trouble);
            watch(server, security, trouble);
            keep(server);
        }
    }

    private void keep(ArtemisServer server) {
        stores.retained().keep(server.retained());
        stores.sessions().keep(server.sessions(stores.sessions().marks()));
    }

    private Optional<SSLContext> tls() throws TlsFileException {
        return settings.tls().wanted()
                ? Optional.of(settings.tls().files().context())
                : Optional.empty();
    }

    private void running(String trouble) {
        ListeningText now = new ListeningText(settings, ports, files.content(), trouble);
        boolean good = now.problems().isEmpty();
        condition = new Condition(PART, good ? Level.OK : Level.DEGRADED, now.text());
        if (condition.message().equals(told)) {
            return;
        }
        told = condition.message();
        if (good) {
            LOG.info("MQTT broker {}, for MQTT 5 and 3.1.1.", told);
        } else {
            LOG.warn("MQTT broker {}.", told);
        }
    }

    /**
     * Returns when it is to stop, when it must listen elsewhere or with another certificate, or
     * when the broker did not answer twice in a row.
     */
    private void watch(ArtemisServer server, BrokerSecurity security, String trouble) {
        int silent = 0;
        long looks = Math.max(1, checkMillis / LOOK_MILLIS);
        for (long look = 1; !pause(Math.min(checkMillis, LOOK_MILLIS)); look++) {
            AccessFiles.Content before = files.content();
            if (files.refresh()) {
                if (before.present() != files.content().present()) {
                    return;
                }
                server.endStale(before, files.content());
                running(trouble);
            }
            if (!certificates.equals(certificates())) {
                LOG.info("The MQTT broker's certificate was changed: it is started anew.");
                return;
            }
            if (stores.retained().due()) {
                stores.retained().keep(server.retained());
            }
            if (stores.sessions().due()) {
                stores.sessions().keep(server.sessions(stores.sessions().marks()));
            }
            if (look % looks == 0) {
                boolean heard =
                        answers.answers(settings.listening(), ports.plain(), security.probe());
                silent = heard ? 0 : silent + 1;
                if (silent == 2) {
                    told = "";
                    fail(Level.DEGRADED, "the MQTT broker no longer answers; it is started anew");
                    return;
                }
            }
        }
    }

    /** Which versions of the files of TLS there are. */
    private String certificates() {
        TlsFiles tls = settings.tls().files();
        StringBuilder stamps = new StringBuilder();
        for (String file : List.of(tls.certificate(), tls.key())) {
            if (!file.isEmpty()) {
                stamps.append(Path.of(file).toFile().lastModified()).append(' ');
            }
        }
        return stamps.toString();
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
