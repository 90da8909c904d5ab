// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Artemis retains, in and out. It has a queue for each topic, of which the last message
 * counts.
 */
record RetainedQueues(ActiveMQServer server) {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedQueues.class);
    private static final WildcardConfiguration CORE = new WildcardConfiguration();

    /** Ids of messages are above it. */
    private static final long NO_MESSAGE = -1;

    /** All that is retained, by topic. */
    List<RetainedMessage> read() {
        settle();
        List<RetainedMessage> all = new ArrayList<>();
        queues().forEach(queue -> last(queue, all));
        all.sort(Comparator.comparing(RetainedMessage::topic));
        return all;
    }

    /**
     * Puts messages that were retained just now where those who look for them find them: Artemis
     * leaves that to another thread. It does so itself before it deletes a message, so that it is
     * asked to delete one that is not there.
     */
    void settle() {
        queues().forEach(RetainedQueues::settle);
    }

    private static void settle(Queue queue) {
        try {
            queue.deleteReference(NO_MESSAGE);
        } catch (Exception e) {
            LOG.debug("Not settled: {}", queue.getName(), e);
        }
    }

    /** The topic with such an end that was retained, if there is one. */
    Optional<String> topic(String end) {
        return queues().map(RetainedQueues::topic).filter(t -> t.endsWith(end)).findFirst();
    }

    private static String topic(Queue queue) {
        return MQTTUtil.getMqttTopicFromCoreAddress(queue.getName().toString(), CORE);
    }

    private Stream<Queue> queues() {
        return server.getPostOffice()
                .getAllBindings()
                .map(binding -> server.locateQueue(binding.getUniqueName()))
                .filter(queue -> queue != null && retains(queue));
    }

    private static boolean retains(Queue queue) {
        return queue.getName().toString().startsWith(MQTTUtil.MQTT_RETAIN_ADDRESS_PREFIX);
    }

    private static void last(Queue queue, List<RetainedMessage> all) {
        Message last = null;
        try (LinkedListIterator<MessageReference> messages = queue.browserIterator()) {
            while (messages.hasNext()) {
                last = messages.next().getMessage();
            }
        }
        if (last != null) {
            String topic = topic(queue);
            ActiveMQBuffer body = last.toCore().getReadOnlyBodyBuffer();
            byte[] payload = new byte[body.readableBytes()];
            body.readBytes(payload);
            int qos =
                    last.containsProperty(MQTTUtil.MQTT_QOS_LEVEL_KEY)
                            ? last.getIntProperty(MQTTUtil.MQTT_QOS_LEVEL_KEY)
                            : 0;
            all.add(new RetainedMessage(topic, qos, last.getExpiration(), payload));
        }
    }

    /** Retains messages as if they had been published. */
    void write(List<RetainedMessage> messages) throws Exception {
        for (RetainedMessage message : messages) {
            String name = MQTTUtil.getCoreRetainAddressFromMqttTopic(message.topic(), CORE);
            Queue queue = server.locateQueue(name);
            if (queue == null) {
                queue = server.createQueue(QueueConfiguration.of(name).setAutoCreated(true));
            }
            long id = server.getStorageManager().generateID();
            ICoreMessage core = new CoreMessage(id, message.payload().length + 100);
            core.setAddress(MQTTUtil.getCoreAddressFromMqttTopic(message.topic(), CORE));
            core.putBooleanProperty(MQTTUtil.MQTT_MESSAGE_RETAIN_KEY, true);
            core.putIntProperty(MQTTUtil.MQTT_QOS_LEVEL_KEY, message.qos());
            core.setType(Message.BYTES_TYPE);
            core.setExpiration(message.expires());
            core.getBodyBuffer().writeBytes(message.payload());
            MQTTUtil.sendMessageDirectlyToQueue(
                    server.getStorageManager(), server.getPostOffice(), core, queue, null);
        }
    }
}
