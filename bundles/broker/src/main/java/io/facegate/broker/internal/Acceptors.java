// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;

import java.util.HashMap;
import java.util.Map;

import javax.net.ssl.SSLContext;

/** Where Artemis listens, and for what: MQTT, with TLS or without. */
final class Acceptors {
    static final String PLAIN = "mqtt";
    static final String TLS = "mqtts";

    /** Largest packet taken. */
    private static final int MAX_PACKET_BYTES = 4 * 1024 * 1024;

    private static final int TOPIC_ALIASES = 20;

    /** How long an MQTT 3.1.1 client that wants its session kept may be away. */
    private static final int SESSION_SECONDS = 7 * 24 * 3600;

    private Acceptors() {}

    static TransportConfiguration plain(String host, int port) {
        return acceptor(PLAIN, transport(host, port));
    }

    static TransportConfiguration tls(String host, int port, SSLContext context) {
        Map<String, Object> transport = transport(host, port);
        transport.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        transport.put(TransportConstants.SSL_CONTEXT_PROP_NAME, context);
        transport.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.2,TLSv1.3");
        return acceptor(TLS, transport);
    }

    private static Map<String, Object> transport(String host, int port) {
        Map<String, Object> transport = new HashMap<>();
        transport.put(TransportConstants.HOST_PROP_NAME, host);
        transport.put(TransportConstants.PORT_PROP_NAME, port);
        transport.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
        transport.put(TransportConstants.USE_EPOLL_PROP_NAME, false);
        transport.put(TransportConstants.USE_KQUEUE_PROP_NAME, false);
        transport.put(TransportConstants.REMOTING_THREADS_PROPNAME, 2);
        transport.put(TransportConstants.QUIET_PERIOD, 0);
        transport.put(TransportConstants.SHUTDOWN_TIMEOUT, 1);
        transport.put(TransportConstants.AUTO_START, false);
        return transport;
    }

    private static TransportConfiguration acceptor(String name, Map<String, Object> transport) {
        Map<String, Object> mqtt =
                Map.of(
                        "maximumPacketSize",
                        MAX_PACKET_BYTES,
                        "topicAliasMaximum",
                        TOPIC_ALIASES,
                        "serverKeepAlive",
                        -1,
                        "closeMqttConnectionOnPublishAuthorizationFailure",
                        false,
                        "defaultMqttSessionExpiryInterval",
                        SESSION_SECONDS);
        return new TransportConfiguration(
                NettyAcceptorFactory.class.getName(), transport, name, mqtt);
    }
}
