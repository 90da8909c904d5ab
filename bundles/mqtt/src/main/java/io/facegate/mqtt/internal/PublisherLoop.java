// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.status.Condition;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The publisher's thread: everything that is sent to the broker is sent here, in order. */
final class PublisherLoop implements MqttLink.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(PublisherLoop.class);
    private static final int BATCH = 50;
    private static final int RING = 10_000;
    private static final long TICK_NANOS = 1_000_000_000L;
    private static final long STOP_MILLIS = 3000;

    private final MqttSettings settings;
    private final Topics topics;
    private final Surroundings around;
    private final Mailroom mail;
    private final Optional<Discovery> discovery;
    private final RetainedStates retained = new RetainedStates();
    private final Backlog backlog;
    private final Connection connection;
    private final Health health;
    private final Delivery delivery;
    private final GatewayStates states;
    private final ErrorReports errors;
    private final Commands commands;
    private final Thread thread;
    private volatile boolean stopping;
    private long nextTick = System.nanoTime();
    private long nextStats = System.nanoTime();
    private String lastProblem = "";

    PublisherLoop(MqttSettings settings, Surroundings around) {
        this.settings = settings;
        this.around = around;
        topics = settings.topics();
        mail = new Mailroom(settings.queueSize());
        discovery =
                settings.discoveryPrefix()
                        .map(
                                p ->
                                        new Discovery(
                                                p,
                                                topics,
                                                settings.version(),
                                                settings.statsIntervalSeconds()));
        backlog = new Backlog(around::outbox, RING);
        connection = new Connection(settings.broker(), topics.available(), this);
        health = new Health(settings.problem(), connection, backlog);
        delivery = new Delivery(topics, backlog, retained, () -> stopping);
        states = new GatewayStates(topics, settings.version(), discovery, around, retained);
        errors = new ErrorReports(topics.gateway());
        commands = new Commands(topics, around, this::allConditions, errors);
        thread = new Thread(this::run, "facegate-mqtt");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes an event; returns at once. */
    void add(RecognitionEvent event) {
        mail.add(event);
    }

    @Override
    public void wake() {
        mail.wake();
    }

    @Override
    public void message(Mailroom.Message message) {
        if (!mail.add(message)) {
            LOG.debug("Too many messages of the broker at once; {} is ignored", message.topic());
        }
    }

    /** Sends what waits, says {@code stopped} and closes; may be called again. */
    void stop() {
        stopping = true;
        mail.wake();
        join(STOP_MILLIS);
        if (thread.isAlive()) {
            connection.abandon();
            thread.interrupt();
            join(500);
        }
    }

    private void join(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How the publisher is, for any thread. */
    Condition condition() {
        return health.condition();
    }

    private List<Condition> allConditions() {
        List<Condition> all = new ArrayList<>(around.otherConditions());
        all.add(condition());
        return all;
    }

    private void run() {
        Optional<String> wrong = settings.problem();
        if (wrong.isPresent()) {
            LOG.error("MQTT: {}.", wrong.get());
        }
        while (!stopping) {
            try {
                if (wrong.isEmpty()) {
                    turn();
                } else {
                    delivery.keep(mail.takeEvents(BATCH));
                }
                mail.await(Math.min(connection.waitMillis(), 250));
            } catch (InterruptedException e) {
                stopping = true;
            } catch (RuntimeException e) {
                unexpected(e);
            }
        }
        finish();
    }

    private void turn() {
        boolean more = true;
        while (more && !stopping) {
            boolean fresh = connection.step();
            try {
                if (fresh) {
                    greet();
                }
                tick();
                takeMessages();
                more = takeEvents();
                if (connection.up()) {
                    delivery.states(connection.link());
                    more |= backlog.size() > 0 && delivery.drain(connection.link());
                }
            } catch (LinkException e) {
                lost(e);
                more = false;
            }
        }
    }

    private void greet() throws LinkException {
        look();
        List<String> filters = new ArrayList<>(commands.filters());
        discovery.ifPresent(d -> filters.add(d.statusTopic()));
        connection.link().subscribe(filters);
        delivery.greet(connection.link());
        connection.greeted();
    }

    /** Once a second: what changed in the gateway. */
    private void tick() throws LinkException {
        long now = System.nanoTime();
        if (now - nextTick < 0) {
            return;
        }
        nextTick = now + TICK_NANOS;
        look();
        health.refused(states.roster().refused());
        health.drops(mail.dropped() + backlog.dropped());
        if (!connection.up()) {
            return;
        }
        for (String payload : errors.changes(allConditions())) {
            connection.link().publish(topics.of("errors"), payload, 1, false);
        }
        if (settings.statsIntervalSeconds() > 0 && now - nextStats >= 0) {
            nextStats = now + settings.statsIntervalSeconds() * 1_000_000_000L;
            StatsJson.Own own =
                    new StatsJson.Own(
                            delivery.published(), mail.size(), backlog.size(), health.dropped());
            connection
                    .link()
                    .publish(
                            topics.of("stats"),
                            StatsJson.of(topics.gateway(), around, own),
                            0,
                            false);
        }
    }

    private void takeMessages() throws LinkException {
        for (Mailroom.Message message : mail.takeMessages()) {
            if (discovery.isPresent() && message.topic().equals(discovery.get().statusTopic())) {
                if (message.payload().strip().equals("online")) {
                    retained.resend(discovery.get().topic());
                }
                continue;
            }
            Optional<Commands.Answer> answer = commands.handle(message);
            look();
            if (answer.isPresent() && connection.up()) {
                connection.link().publish(answer.get().topic(), answer.get().payload(), 1, false);
            }
        }
    }

    /**
     * Sends or keeps the next events.
     *
     * @return whether there may be more
     */
    private boolean takeEvents() throws LinkException {
        List<RecognitionEvent> events = mail.takeEvents(BATCH);
        if (events.isEmpty()) {
            return false;
        }
        boolean live = connection.up() && backlog.size() == 0;
        for (RecognitionEvent event : events) {
            try {
                states.apply(event, EventJson.of(event, topics.gateway(), !live));
            } catch (RuntimeException e) {
                unexpected(e);
            }
        }
        if (live) {
            delivery.send(connection.link(), events);
        } else {
            delivery.keep(events);
        }
        return events.size() == BATCH;
    }

    /** Asks the rest of the gateway; a part that fails when asked must not stop events. */
    private void look() {
        try {
            states.refresh(System.nanoTime());
        } catch (RuntimeException e) {
            unexpected(e);
        }
    }

    private void lost(LinkException e) {
        if (connection.link() != null) {
            connection.lost(String.valueOf(e.getMessage()));
        }
    }

    /** The end: what waits goes to the broker or to disk, then {@code stopped}. */
    private void finish() {
        try {
            while (mail.size() > 0) {
                takeEvents();
            }
            if (connection.up()) {
                delivery.states(connection.link());
                connection.link().publish(topics.available(), "stopped", 1, true);
                connection.link().awaitAcks(1000, () -> true, 1000);
                connection.link().disconnect(500);
            }
        } catch (LinkException e) {
            LOG.debug("Goodbye failed", e);
        } catch (RuntimeException e) {
            unexpected(e);
        } finally {
            delivery.keep(mail.takeEvents(Integer.MAX_VALUE));
            connection.abandon();
        }
        if (backlog.inMemory() > 0) {
            LOG.warn(
                    "MQTT: {} events are lost: the publisher stops while neither the broker nor"
                            + " the outbox takes them.",
                    backlog.inMemory());
        }
    }

    private void unexpected(RuntimeException e) {
        if (!String.valueOf(e).equals(lastProblem)) {
            LOG.error("MQTT: a part of the gateway fails when asked: {}", e, e);
            lastProblem = String.valueOf(e);
        }
    }
}
