// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import io.facegate.api.message.EventTranslator;
import io.facegate.api.message.TopicMessage;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.message.Topics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Sends what others say of events on topics of their own. For one thread. */
public final class Translations {
    private static final Logger LOG = LoggerFactory.getLogger(Translations.class);

    private final Topics topics;
    private final Supplier<List<EventTranslator>> translators;
    private final Set<String> told = new HashSet<>();

    public Translations(Topics topics, Supplier<List<EventTranslator>> translators) {
        this.topics = topics;
        this.translators = translators;
    }

    void send(MqttLink link, RecognitionEvent event) throws LinkException {
        for (EventTranslator translator : translators.get()) {
            for (TopicMessage message : messages(translator, event)) {
                if (allowed(message.topic())) {
                    link.publish(message.topic(), message.payload(), 1, false);
                } else if (told.add(translator.getClass().getName())) {
                    LOG.error("MQTT: {} may not send on {}", translator, message.topic());
                }
            }
        }
    }

    private List<TopicMessage> messages(EventTranslator translator, RecognitionEvent event) {
        try {
            return translator.messages(event, topics.gateway());
        } catch (RuntimeException e) {
            if (told.add(translator.getClass().getName())) {
                LOG.error("MQTT: what translates events fails: {}", e, e);
            }
            return List.of();
        }
    }

    /** Nobody speaks for a gateway or the broker. */
    private boolean allowed(String topic) {
        return Topics.names(topic)
                && !topic.startsWith("$")
                && !topic.startsWith(topics.prefix() + "/");
    }
}
