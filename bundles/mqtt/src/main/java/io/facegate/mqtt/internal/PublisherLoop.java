// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.status.Condition;
import io.facegate.api.store.Person;
import io.facegate.mqtt.internal.delivery.Availability;
import io.facegate.mqtt.internal.delivery.Backlog;
import io.facegate.mqtt.internal.delivery.Delivery;
import io.facegate.mqtt.internal.delivery.Repeats;
import io.facegate.mqtt.internal.delivery.RetainedStates;
import io.facegate.mqtt.internal.delivery.Translations;
import io.facegate.mqtt.internal.delivery.Unsent;
import io.facegate.mqtt.internal.discovery.Announcer;
import io.facegate.mqtt.internal.gateway.Surroundings;
import io.facegate.mqtt.internal.link.Connection;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.Message;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.internal.report.ErrorReports;
import io.facegate.mqtt.internal.report.Reports;
import io.facegate.mqtt.internal.report.StatsJson;
import io.facegate.mqtt.internal.state.GatewayStates;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The publisher's thread: everything that is sent to the broker is sent here, in order. */
final class PublisherLoop implements MqttLink.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(PublisherLoop.class);
    private static final int RING = 10_000;
    private static final long TICK_NANOS = 1_000_000_000L;
    private static final long STOP_MILLIS = 3000;

    private final MqttSettings settings;
    private final Topics topics;
    private final Surroundings around;
    private final Unsent unsent;
    private final Mailroom mail;
    private final RetainedStates retained = new RetainedStates();
    private final Backlog backlog;
    private final Repeats repeats;
    private final Connection connection;
    private final Health health;
    private final Delivery delivery;
    private final Availability availability;
    private final Greeting greeting;
    private final GatewayStates states;
    private final EventFlow events;
    private final Reports reports;
    private final Answers answers;
    private final Inbox inbox;
    private final PersonErasures erasures;
    private final Thread thread;
    private volatile boolean stopping;
    private long nextTick = System.nanoTime();
    private String lastProblem = "";

    PublisherLoop(MqttSettings settings, Surroundings around) {
        this.settings = settings;
        this.around = around;
        topics = settings.topics();
        unsent = new Unsent(settings.people().map(p -> p.resolveSibling(Unsent.NAME)));
        mail = new Mailroom(settings.limits().queueSize(), unsent);
        GatewayStates.Before old = settings.before();
        Optional<Announcer> announcer = settings.announcer(old, retained);
        repeats = settings.repeats();
        backlog = new Backlog(around::outbox, RING, unsent, repeats);
        connection = new Connection(settings.broker(), topics.available(), this);
        health = new Health(settings.problem(), connection, backlog);
        Translations others = new Translations(topics, around::translators);
        delivery =
                new Delivery(topics, backlog, retained, settings.rules(), others, () -> stopping);
        states = new GatewayStates(topics, settings.version(), announcer, around, retained, old);
        events = new EventFlow(topics, around, mail, states, delivery);
        ErrorReports errors = new ErrorReports(topics.gateway());
        reports = new Reports(topics, around, errors, settings.limits().statsSeconds());
        answers = new Answers(topics, errors, mail::wake);
        availability = new Availability(topics);
        inbox = new Inbox(topics, announcer, around::listeners, answers, availability, repeats);
        greeting = new Greeting(around, inbox, states, delivery, availability, repeats);
        erasures = new PersonErasures(states, backlog);
        thread = new Thread(this::run, "facegate-mqtt");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes an event; returns at once. */
    void add(RecognitionEvent event) {
        events.add(event);
    }

    /** Removes what is kept and published of a person; waits for the publisher's thread. */
    List<ErasedPart> erase(Person person) throws IOException {
        return erasures.ask(person, mail::wake);
    }

    @Override
    public void wake() {
        mail.wake();
    }

    @Override
    public void message(Message message) {
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

    private void run() {
        Optional<String> wrong = settings.problem();
        wrong.ifPresent(what -> LOG.error("MQTT: {}.", what));
        while (!stopping) {
            try {
                if (wrong.isEmpty()) {
                    turn();
                } else {
                    events.keepNext();
                    erasures.begin();
                    erasures.end(wrong.get());
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
            if (connection.step()) {
                greeting.connected(connection.broker());
            }
            if (connection.up() && greeting.waits()) {
                erasures.begin();
                erasures.end("the gateway is starting: cleared once it has");
                return;
            }
            try {
                if (connection.up() && greeting.due()) {
                    look();
                    greeting.say(connection.link());
                    connection.greeted();
                    around.eraser().ifPresent(Eraser::resume);
                }
                tick();
                takeMessages();
                erasures.begin();
                more = events.next(connection, this::unexpected);
                if (connection.up()) {
                    states.send(delivery, connection.link());
                    more |= delivery.waits() && delivery.drain(connection.link());
                    repeats.mark(connection.link());
                }
            } catch (LinkException e) {
                connection.lost(String.valueOf(e.getMessage()));
                more = false;
            }
            erasures.end(
                    "waiting for the broker at "
                            + settings.broker().shown()
                            + ": cleared once it is back");
        }
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
        health.namesake(availability.namesake());
        health.drops(mail.dropped() + backlog.dropped());
        if (!connection.up()) {
            return;
        }
        StatsJson.Own own =
                new StatsJson.Own(
                        delivery.published(), mail.size(), backlog.size(), health.dropped());
        reports.publish(connection.link(), health.among(around.otherConditions()), own, now);
    }

    private void takeMessages() throws LinkException {
        inbox.take(mail, this::look);
        if (connection.up()) {
            inbox.follow(connection.link());
            availability.mend(connection.link());
            answers.send(connection.link());
        } else {
            answers.forget();
        }
    }

    /** Asks the rest of the gateway; a part that fails when asked must not stop events. */
    private void look() {
        try {
            states.refresh(System.nanoTime());
        } catch (RuntimeException e) {
            unexpected(e);
        }
    }

    /** The end: what waits goes to the broker or to disk, then {@code stopped}. */
    private void finish() {
        try {
            while (mail.size() > 0) {
                events.next(connection, this::unexpected);
            }
            if (connection.up()) {
                states.send(delivery, connection.link());
                repeats.markNow(connection.link());
                availability.stopped(connection.link());
                connection.link().awaitAcks(1000, () -> true, 1000);
                connection.link().disconnect(500);
            }
        } catch (LinkException e) {
            LOG.debug("Goodbye failed", e);
        } catch (RuntimeException e) {
            unexpected(e);
        } finally {
            events.keepAll();
            unsent.close();
            repeats.close();
            erasures.stop();
            connection.abandon();
        }
        backlog.end();
    }

    private void unexpected(RuntimeException e) {
        if (!String.valueOf(e).equals(lastProblem)) {
            LOG.error("MQTT: a part of the gateway fails when asked: {}", e, e);
            lastProblem = String.valueOf(e);
        }
    }
}
