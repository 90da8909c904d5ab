// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;

import org.apache.activemq.artemis.api.core.FilterConstants;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTSessionState;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Artemis' sessions that outlive their connections, in and out. Artemis itself keeps them with its
 * journal only. For the broker's thread.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final ActiveMQServer server;
    private final WildcardConfiguration wildcards;

    /** Those whose clients did not come back yet: of these Artemis knows the subscriptions only. */
    private final Map<String, KeptSession> restored = new HashMap<>();

    Sessions(ActiveMQServer server) {
        this.server = server;
        wildcards = server.getConfiguration().getWildcardConfiguration();
    }

    /** All there are, by client. */
    List<KeptSession> read() throws Exception {
        List<KeptSession> all = new ArrayList<>();
        for (MQTTSessionState state : states().getSessionStates().values()) {
            if (state.getSession() == null) {
                KeptSession kept = restored.get(state.getClientId());
                if (kept != null) {
                    all.add(kept);
                }
            } else {
                restored.remove(state.getClientId());
                if (state.getClientSessionExpiryInterval() != 0 && durable(state)) {
                    all.add(kept(state));
                }
            }
        }
        all.sort(Comparator.comparing(KeptSession::client));
        return all;
    }

    private MQTTStateManager states() throws Exception {
        return MQTTStateManager.getInstance(server);
    }

    /** Those of clean sessions of MQTT 3.1.1 are not, though they have a time to expire. */
    private boolean durable(MQTTSessionState state) {
        return state.getSubscriptions().stream()
                .map(s -> server.locateQueue(queue(state.getClientId(), s.topicFilter())))
                .anyMatch(queue -> queue != null && queue.isDurable());
    }

    private static KeptSession kept(MQTTSessionState state) {
        List<KeptSession.Subscription> subscriptions =
                state.getSubscriptionsPlusID().values().stream()
                        .map(Sessions::kept)
                        .sorted(Comparator.comparing(KeptSession.Subscription::filter))
                        .toList();
        return new KeptSession(
                state.getClientId(),
                state.isAttached() ? 0 : state.getDisconnectedTime(),
                state.getClientSessionExpiryInterval(),
                subscriptions);
    }

    private static KeptSession.Subscription kept(MQTTSessionState.SubscriptionItem item) {
        MqttTopicSubscription subscription = item.getSubscription();
        MqttSubscriptionOption option = subscription.option();
        return new KeptSession.Subscription(
                subscription.topicFilter(),
                option.qos().value(),
                option.isNoLocal(),
                option.isRetainAsPublished(),
                option.retainHandling().value(),
                item.getId() == null ? 0 : item.getId());
    }

    /** Makes sessions whose clients are away, with queues in which messages wait for them. */
    void restore(List<KeptSession> sessions, long now) throws Exception {
        for (KeptSession each : sessions) {
            KeptSession session = each.awaySince(now);
            if (session.expired(now)) {
                continue;
            }
            MQTTSessionState state = states().getSessionState(session.client());
            state.setDisconnectedTime(session.away());
            // forgotten here: Artemis cannot forget one whose client never came
            state.setClientSessionExpiryInterval(0);
            for (KeptSession.Subscription subscription : session.subscriptions()) {
                createQueue(session.client(), subscription.filter());
                state.addSubscription(
                        subscription(subscription),
                        wildcards,
                        subscription.id() == 0 ? null : subscription.id());
            }
            restored.put(session.client(), session);
        }
    }

    private static MqttTopicSubscription subscription(KeptSession.Subscription kept) {
        return new MqttTopicSubscription(
                kept.filter(),
                new MqttSubscriptionOption(
                        MqttQoS.valueOf(kept.qos()),
                        kept.noLocal(),
                        kept.retainAsPublished(),
                        RetainedHandlingPolicy.valueOf(kept.retainHandling())));
    }

    /** As Artemis makes it when a client subscribes, which finds this one then. */
    private void createQueue(String client, String filter) throws Exception {
        String queue = queue(client, filter);
        if (server.locateQueue(queue) != null) {
            return;
        }
        String topics = MQTTUtil.decomposeSharedSubscriptionTopicFilter(filter).getB();
        String address = MQTTUtil.getCoreAddressFromMqttTopic(topics, wildcards);
        server.createQueue(
                QueueConfiguration.of(queue)
                        .setAddress(address)
                        .setRoutingType(RoutingType.MULTICAST)
                        .setFilterString(ofOthers(topics))
                        .setDurable(true)
                        .setAutoCreateAddress(true));
    }

    /** Leaves out Artemis' own messages, and for wildcards topics with a dollar (MQTT-4.7.2-1). */
    private String ofOthers(String topics) {
        String address = FilterConstants.ACTIVEMQ_ADDRESS.toString();
        boolean wild = topics.startsWith("+") || topics.startsWith("#");
        return "NOT (("
                + address
                + " = '"
                + server.getConfiguration().getManagementAddress()
                + "') OR ("
                + address
                + " = '"
                + server.getConfiguration().getManagementNotificationAddress()
                + "')"
                + (wild ? " OR (" + address + " LIKE '$%')" : "")
                + ")";
    }

    private String queue(String client, String filter) {
        return MQTTUtil.getCoreQueueFromMqttTopic(filter, client, wildcards);
    }

    /** Forgets restored sessions whose clients stayed away for too long. */
    void expire(long now) throws Exception {
        for (Iterator<KeptSession> i = restored.values().iterator(); i.hasNext(); ) {
            KeptSession session = i.next();
            MQTTSessionState state = states().getSessionStates().get(session.client());
            if (state == null || state.getSession() != null) {
                i.remove();
            } else if (session.expired(now)) {
                i.remove();
                states().removeSessionState(session.client());
                for (KeptSession.Subscription each : session.subscriptions()) {
                    Queue queue = server.locateQueue(queue(session.client(), each.filter()));
                    if (queue != null && queue.getConsumerCount() == 0) {
                        queue.deleteQueue();
                    }
                }
                LOG.debug("The session of {} expired", session.client());
            }
        }
    }
}
