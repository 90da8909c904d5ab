// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;

import java.beans.Introspector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A running Apache Artemis that speaks MQTT 5, 3.1.1 and 3.1 and nothing else. It keeps messages in
 * memory; what waits for absent subscribers beyond {@link #MEMORY_BYTES} goes to files that are
 * deleted with it.
 */
final class ArtemisServer implements AutoCloseable {
    /** Largest packet taken. */
    private static final int MAX_PACKET_BYTES = 4 * 1024 * 1024;

    /** Messages that wait for one subscription; then the oldest go. */
    private static final long MAX_WAITING = 10_000;

    private static final long MEMORY_BYTES = 16L << 20;
    private static final int PAGE_BYTES = 1 << 20;
    private static final long PAGED_BYTES_OF_A_TOPIC = 64L << 20;

    /** How long an MQTT 3.1.1 client that wants its session kept may be away. */
    private static final int SESSION_SECONDS = 7 * 24 * 3600;

    private static final long SCAN_MILLIS = 5000;

    private final ActiveMQServer server;
    private final Path waiting;
    private final int port;

    private ArtemisServer(ActiveMQServer server, Path waiting, int port) {
        this.server = server;
        this.waiting = waiting;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param waiting folder for messages that do not fit into memory; what it holds is deleted
     * @throws BrokerStartException it cannot listen; nothing is left open
     */
    static ArtemisServer start(BrokerSettings settings, Path waiting) throws BrokerStartException {
        int port = tryPort(settings);
        try {
            delete(waiting);
            ActiveMQServer server =
                    new ActiveMQServerImpl(
                            configuration(settings, port, waiting), null, new OneUser(settings));
            ArtemisServer started = new ArtemisServer(server, waiting, port);
            boolean up = false;
            try {
                server.start();
                if (!server.getRemotingService().getAcceptor("mqtt").isStarted()) {
                    throw new IOException("the port was taken just now");
                }
                up = true;
                return started;
            } finally {
                if (!up) {
                    started.close();
                }
            }
        } catch (Exception e) {
            throw new BrokerStartException(String.valueOf(e.getMessage()), e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            server.stop();
            // Artemis sets its properties by reflection; Java remembers the classes
            Introspector.flushCaches();
            delete(waiting);
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop: " + e.getMessage(), e);
        }
    }

    /** Finds a taken port first: Artemis starts without its acceptor, with a stack trace. */
    private static int tryPort(BrokerSettings settings) throws BrokerStartException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(
                            InetAddress.getByName(settings.listening()), settings.port()));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BrokerStartException(e.getMessage(), e);
        }
    }

    private static Configuration configuration(BrokerSettings settings, int port, Path waiting) {
        ConfigurationImpl c = new OwnConfiguration();
        c.setName("facegate");
        c.setPersistenceEnabled(false);
        c.setJMXManagementEnabled(false);
        c.setCriticalAnalyzer(false);
        c.setSecurityEnabled(!settings.user().isEmpty());
        c.setAuthenticationCacheSize(0);
        c.setAuthorizationCacheSize(0);
        c.setThreadPoolMaxSize(4);
        c.setScheduledThreadPoolMaxSize(1);
        c.setAddressQueueScanPeriod(SCAN_MILLIS);
        c.setMqttSessionScanInterval(SCAN_MILLIS);
        c.setGracefulShutdownEnabled(false);
        c.setPagingDirectory(waiting.toString());
        c.setGlobalMaxSize(MEMORY_BYTES);
        c.setMaxDiskUsage(-1);
        c.addAddressSetting("#", queues());
        c.addAcceptorConfiguration(acceptor(settings.listening(), port));
        return c;
    }

    private static AddressSettings queues() {
        AddressSettings s = new AddressSettings();
        s.setDefaultAddressRoutingType(RoutingType.MULTICAST);
        s.setDefaultRingSize(MAX_WAITING);
        s.setMaxSizeBytes(-1);
        s.setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
        s.setPageSizeBytes(PAGE_BYTES);
        s.setMaxReadPageBytes(2 * PAGE_BYTES);
        s.setPageLimitBytes(PAGED_BYTES_OF_A_TOPIC);
        s.setPageFullMessagePolicy(PageFullMessagePolicy.DROP);
        return s;
    }

    private static TransportConfiguration acceptor(String host, int port) {
        Map<String, Object> transport =
                Map.of(
                        TransportConstants.HOST_PROP_NAME,
                        host,
                        TransportConstants.PORT_PROP_NAME,
                        port,
                        TransportConstants.PROTOCOLS_PROP_NAME,
                        "MQTT",
                        TransportConstants.USE_EPOLL_PROP_NAME,
                        false,
                        TransportConstants.USE_KQUEUE_PROP_NAME,
                        false,
                        TransportConstants.REMOTING_THREADS_PROPNAME,
                        2,
                        TransportConstants.QUIET_PERIOD,
                        0,
                        TransportConstants.SHUTDOWN_TIMEOUT,
                        1);
        Map<String, Object> mqtt =
                Map.of(
                        "maximumPacketSize",
                        MAX_PACKET_BYTES,
                        "topicAliasMaximum",
                        20,
                        "serverKeepAlive",
                        -1,
                        "defaultMqttSessionExpiryInterval",
                        SESSION_SECONDS);
        return new TransportConfiguration(
                NettyAcceptorFactory.class.getName(), transport, "mqtt", mqtt);
    }

    /** Takes nothing from system properties or files. */
    private static final class OwnConfiguration extends ConfigurationImpl {
        private static final long serialVersionUID = 1L;

        @Override
        public Configuration parseProperties(String paths) {
            return this;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> found;
        try (Stream<Path> files = Files.walk(folder)) {
            found = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : found) {
            Files.deleteIfExists(path);
        }
    }
}
