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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What Artemis retains, in and out. It has a queue for each topic, of which the last message
 * counts.
 */
record RetainedQueues(ActiveMQServer server) {
    private static final WildcardConfiguration CORE = new WildcardConfiguration();

    /** All that is retained, by topic. */
    List<RetainedMessage> read() {
        List<RetainedMessage> all = new ArrayList<>();
        server.getPostOffice()
                .getAllBindings()
                .map(binding -> server.locateQueue(binding.getUniqueName()))
                .filter(queue -> queue != null && retains(queue))
                .forEach(queue -> last(queue, all));
        all.sort(Comparator.comparing(RetainedMessage::topic));
        return all;
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
            String topic = MQTTUtil.getMqttTopicFromCoreAddress(queue.getName().toString(), CORE);
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
