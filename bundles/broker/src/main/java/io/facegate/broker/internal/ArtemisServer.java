// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

import java.beans.Introspector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

/**
 * A running Apache Artemis that speaks MQTT 5, 3.1.1 and 3.1 and nothing else. It keeps messages in
 * memory; what waits for absent subscribers beyond {@link #MEMORY_BYTES} goes to files that are
 * deleted with it.
 */
final class ArtemisServer implements AutoCloseable {
    /** Messages that wait for one subscription; then the oldest go. */
    private static final long MAX_WAITING = 10_000;

    private static final long MEMORY_BYTES = 16L << 20;
    private static final int PAGE_BYTES = 1 << 20;
    private static final long PAGED_BYTES_OF_A_TOPIC = 64L << 20;

    private static final long SCAN_MILLIS = 5000;

    private final ActiveMQServer server;
    private final Path waiting;
    private final Ports ports;
    private final Sessions sessions;

    /**
     * Ports listened on.
     *
     * @param tls 0 without TLS
     */
    record Ports(int plain, int tls) {}

    private ArtemisServer(ActiveMQServer server, Path waiting, Ports ports) {
        this.server = server;
        this.waiting = waiting;
        this.ports = ports;
        sessions = new Sessions(server);
    }

    /** Starts it with the user of the settings alone, and without TLS. */
    static ArtemisServer start(BrokerSettings settings, Path waiting) throws BrokerStartException {
        AccessFiles none = new AccessFiles(Optional.empty());
        return start(
                settings,
                new BrokerSecurity(settings, none),
                Optional.empty(),
                waiting,
                Stores.in(Optional.empty(), ""));
    }

    /**
     * Starts it.
     *
     * @param tls with which TLS is offered; empty for none
     * @param waiting folder for messages that do not fit into memory; what it holds is deleted
     * @param stores of what is there from the beginning
     * @throws BrokerStartException it cannot listen; nothing is left open
     */
    static ArtemisServer start(
            BrokerSettings settings,
            BrokerSecurity security,
            Optional<SSLContext> tls,
            Path waiting,
            Stores stores)
            throws BrokerStartException {
        Ports ports =
                new Ports(
                        tryPort(settings.listening(), settings.port()),
                        tls.isEmpty()
                                ? 0
                                : tryPort(settings.listeningTls(), settings.tls().port()));
        try {
            delete(waiting);
            ConfigurationImpl configuration = configuration(waiting);
            configuration.addAcceptorConfiguration(
                    Acceptors.plain(settings.listening(), ports.plain()));
            tls.ifPresent(
                    context ->
                            configuration.addAcceptorConfiguration(
                                    Acceptors.tls(settings.listeningTls(), ports.tls(), context)));
            ActiveMQServer server = new ActiveMQServerImpl(configuration, null, security);
            server.addProtocolManagerFactory(new OrderedProtocol());
            ArtemisServer started = new ArtemisServer(server, waiting, ports);
            boolean up = false;
            try {
                server.start();
                started.restore(stores);
                started.listen(Acceptors.PLAIN);
                if (tls.isPresent()) {
                    started.listen(Acceptors.TLS);
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

    private void restore(Stores stores) throws Exception {
        RetainedQueues retained = new RetainedQueues(server);
        retained.write(stores.retained().read());
        SessionStore.Content kept = stores.sessions().read();
        sessions.restore(kept.sessions(), System.currentTimeMillis());
        retained.write(kept.lastGiven().stream().toList());
    }

    private void listen(String acceptor) throws Exception {
        server.getRemotingService().getAcceptor(acceptor).start();
        if (!server.getRemotingService().getAcceptor(acceptor).isStarted()) {
            throw new IOException("the port was taken just now");
        }
    }

    int port() {
        return ports.plain();
    }

    Ports ports() {
        return ports;
    }

    /** All that is retained, by topic. */
    List<RetainedMessage> retained() {
        return new RetainedQueues(server).read();
    }

    /** Sessions that outlive their connections; those that expired are let go. */
    SessionStore.Content sessions(String marks) {
        try {
            sessions.expire(System.currentTimeMillis());
            return new SessionStore.Content(
                    new RetainedQueues(server).topic(marks).orElse(""), sessions.read());
        } catch (Exception e) {
            throw new IllegalStateException("sessions cannot be read: " + e.getMessage(), e);
        }
    }

    /** Ends the connections of those whose log-in or rights are not what they were. */
    void endStale(AccessFiles.Content before, AccessFiles.Content now) {
        for (RemotingConnection connection : server.getRemotingService().getConnections()) {
            if (BrokerSecurity.stale(connection.getSubject(), before, now)) {
                connection.fail(new ActiveMQDisconnectedException("users or roles were changed"));
            }
        }
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
    private static int tryPort(String host, int port) throws BrokerStartException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BrokerStartException(e.getMessage(), e);
        }
    }

    private static ConfigurationImpl configuration(Path waiting) {
        ConfigurationImpl c = new OwnConfiguration();
        c.setName("facegate");
        c.setPersistenceEnabled(false);
        c.setResolveProtocols(false);
        c.setJMXManagementEnabled(false);
        c.setCriticalAnalyzer(false);
        c.setSecurityEnabled(true);
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
