// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;

import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolHandler;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Artemis' MQTT, with one retained message or subscription at a time. Artemis hands a message on
 * before it retains it: who subscribes in between is given it neither way. Wills are not waited
 * for.
 */
final class OrderedProtocol extends MQTTProtocolManagerFactory {
    private final ReentrantLock order = new ReentrantLock(true);

    @Override
    @SuppressWarnings("rawtypes")
    public ProtocolManager<?, ?> createProtocolManager(
            ActiveMQServer server,
            Map<String, Object> parameters,
            List<BaseInterceptor> incoming,
            List<BaseInterceptor> outgoing)
            throws Exception {
        ProtocolManager<?, ?> manager =
                super.createProtocolManager(server, parameters, incoming, outgoing);
        // its constructors are not for others
        InvocationHandler calls =
                (self, method, args) -> {
                    Object answer = called(manager, method, args);
                    if (method.getName().equals("addChannelHandlers")) {
                        Handler own = new Handler(server, (MQTTProtocolManager) manager);
                        ((ChannelPipeline) args[0]).replace(MQTTProtocolHandler.class, null, own);
                    }
                    return answer;
                };
        return (ProtocolManager<?, ?>)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {ProtocolManager.class}, calls);
    }

    private static Object called(Object on, Method method, Object... args) throws Throwable {
        try {
            return method.invoke(on, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Of one connection. */
    private final class Handler extends MQTTProtocolHandler {
        private final RetainedQueues retained;

        Handler(ActiveMQServer server, MQTTProtocolManager manager) {
            super(server, manager);
            retained = new RetainedQueues(server);
        }

        @Override
        public void act(MqttMessage message) {
            boolean subscribes = message.fixedHeader().messageType() == MqttMessageType.SUBSCRIBE;
            if (!subscribes && !message.fixedHeader().isRetain()) {
                super.act(message);
                return;
            }
            order.lock();
            try {
                if (subscribes) {
                    retained.settle();
                }
                super.act(message);
            } finally {
                order.unlock();
            }
        }
    }
}
