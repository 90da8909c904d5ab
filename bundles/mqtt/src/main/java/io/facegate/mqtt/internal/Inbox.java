// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.message.MessageListener;
import io.facegate.api.message.Replies;
import io.facegate.mqtt.internal.delivery.Availability;
import io.facegate.mqtt.internal.delivery.Repeats;
import io.facegate.mqtt.internal.discovery.Announcer;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.Message;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.link.ReplyAddress;
import io.facegate.mqtt.internal.message.TopicFilter;
import io.facegate.mqtt.internal.message.Topics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The broker's messages: what is subscribed to, and who is told of them. Listeners come and go
 * while the connection stays. For one thread.
 */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final Topics topics;
    private final Optional<Announcer> announcer;
    private final Supplier<List<MessageListener>> listeners;
    private final Answers replies;
    private final Availability availability;
    private final Repeats repeats;
    private final Set<String> refused = new HashSet<>();
    private Set<String> subscribed = Set.of();

    Inbox(
            Topics topics,
            Optional<Announcer> announcer,
            Supplier<List<MessageListener>> listeners,
            Answers replies,
            Availability availability,
            Repeats repeats) {
        this.topics = topics;
        this.announcer = announcer;
        this.listeners = listeners;
        this.replies = replies;
        this.availability = availability;
        this.repeats = repeats;
    }

    /** A new connection: nothing is subscribed to yet. */
    void greet(MqttLink link) throws LinkException {
        subscribed = Set.of();
        availability.connected();
        follow(link);
    }

    /** Subscribes to what the listeners of now want, and to nothing else. */
    void follow(MqttLink link) throws LinkException {
        Set<String> wanted = filters();
        if (wanted.equals(subscribed)) {
            return;
        }
        List<String> more = wanted.stream().filter(f -> !subscribed.contains(f)).toList();
        List<String> less = subscribed.stream().filter(f -> !wanted.contains(f)).toList();
        if (!more.isEmpty()) {
            link.subscribe(more);
        }
        if (!less.isEmpty()) {
            link.unsubscribe(less);
        }
        subscribed = wanted;
    }

    private Set<String> filters() {
        Set<String> filters = new TreeSet<>();
        for (MessageListener listener : listeners.get()) {
            filters(listener).forEach(filter -> filters.add(topics.of(filter)));
        }
        filters.add(topics.available());
        repeats.topic().ifPresent(filters::add);
        announcer.ifPresent(a -> filters.add(a.statusTopic()));
        return filters;
    }

    /** Those of a listener that a broker takes; it would end the connection for the others. */
    private List<String> filters(MessageListener listener) {
        try {
            List<String> filters = listener.filters();
            for (String filter : filters) {
                if (!TopicFilter.valid(filter) && refused.add(filter)) {
                    LOG.error("MQTT: {} of {} is no filter of topics", filter, listener);
                }
            }
            return filters.stream().filter(TopicFilter::valid).toList();
        } catch (RuntimeException e) {
            LOG.debug("A listener that is going", e);
            return List.of();
        }
    }

    /**
     * Passes on the messages that came.
     *
     * @param obeyed called after each that may have changed the gateway
     */
    void take(Mailroom mail, Runnable obeyed) {
        int lost = mail.takeRefused();
        if (lost > 0) {
            replies.error(
                    "too_many",
                    lost
                            + " messages came faster than they are obeyed and were left out: send"
                            + " them again, with time in between");
        }
        for (Message message : mail.takeMessages()) {
            if (message.topic().equals(topics.available())) {
                availability.heard(message.payload(), message.retained());
            }
            if (repeats.topic().filter(message.topic()::equals).isPresent()) {
                repeats.heard(message.payload(), message.retained());
            } else if (announcer.isPresent()
                    && message.topic().equals(announcer.get().statusTopic())) {
                if (message.payload().strip().equals("online")) {
                    announcer.get().online(System.nanoTime());
                }
            } else if (!message.retained()) {
                topics.below(message.topic()).ifPresent(topic -> pass(topic, message));
                obeyed.run();
            }
        }
    }

    private void pass(String topic, Message message) {
        Optional<ReplyAddress> replyTo = message.replyTo();
        if (replyTo.isPresent() && !allowed(replyTo.get().topic())) {
            replies.error(
                    "bad_request",
                    "a message on "
                            + topic
                            + " is not obeyed: answers go to topics of whoever asks, not to those"
                            + " of gateways, Home Assistant or the broker, as the response topic "
                            + replyTo.get().topic());
            return;
        }
        Replies to = replies.to(replyTo);
        for (MessageListener listener : listeners.get()) {
            if (filters(listener).stream().anyMatch(f -> TopicFilter.matches(f, topic))) {
                try {
                    listener.onMessage(topic, message.payload(), to);
                } catch (RuntimeException e) {
                    LOG.error("MQTT: what is told of {} fails: {}", topic, e, e);
                }
            }
        }
    }

    /** Nobody may have the gateway say for them what they may not publish themselves. */
    private boolean allowed(String topic) {
        String replies = topics.of("reply/");
        return Topics.names(topic)
                && !topic.startsWith("$")
                && (topic.startsWith(replies) || !topic.startsWith(topics.prefix() + "/"))
                && announcer.stream().noneMatch(a -> topic.startsWith(folder(a.statusTopic())));
    }

    private static String folder(String topic) {
        return topic.substring(0, topic.lastIndexOf('/') + 1);
    }
}
