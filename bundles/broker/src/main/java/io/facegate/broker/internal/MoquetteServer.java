// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import io.moquette.broker.security.IAuthenticator;
import io.moquette.broker.security.PermitAllAuthorizatorPolicy;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A running Moquette; {@link #close()} takes about a second. */
final class MoquetteServer implements AutoCloseable {
    /** Largest message taken; Moquette's own limit of 8 KB is less than a discovery message. */
    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(MoquetteServer.class);

    private final Server server;

    private final int port;

    private MoquetteServer(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @throws BrokerStartException it cannot listen; nothing is left open
     */
    static MoquetteServer start(BrokerSettings settings) throws BrokerStartException {
        int port = tryPort(settings);
        Server server = new Server();
        try {
            server.startServer(
                    new MemoryConfig(properties(settings, port)),
                    List.of(),
                    () -> null,
                    authenticator(settings),
                    new PermitAllAuthorizatorPolicy());
            return new MoquetteServer(server, port);
        } catch (IOException | RuntimeException e) {
            new MoquetteServer(server, port).close();
            throw new BrokerStartException(String.valueOf(e.getMessage()), e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        hasten();
        server.stopServer();
        try {
            GlobalEventExecutor.INSTANCE.awaitInactivity(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // its thread was never started
        }
    }

    /**
     * Ends netty's threads without their quiet period of two seconds, which Moquette cannot be told
     * to leave out. Without access to them stopping is slower, no more.
     */
    private void hasten() {
        try {
            Object acceptor = read(server, "acceptor");
            for (String group : List.of("workerGroup", "bossGroup")) {
                ((EventLoopGroup) read(acceptor, group))
                        .shutdownGracefully(0, 500, TimeUnit.MILLISECONDS);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("Stopping the broker at netty's own pace", e);
        }
    }

    private static Object read(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    /** Finds a taken port before Moquette does, which would log a stack trace at each attempt. */
    private static int tryPort(BrokerSettings settings) throws BrokerStartException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BrokerStartException(e.getMessage(), e);
        }
    }

    private static Properties properties(BrokerSettings settings, int port) {
        Properties p = new Properties();
        p.put("host", settings.host());
        p.put("port", Integer.toString(port));
        p.put("allow_anonymous", Boolean.toString(settings.user().isEmpty()));
        p.put("allow_zero_byte_client_id", "true");
        p.put("persistence_enabled", "false");
        p.put("telemetry_enabled", "false");
        p.put("netty.mqtt.message_size", Integer.toString(MAX_MESSAGE_BYTES));
        return p;
    }

    private static IAuthenticator authenticator(BrokerSettings settings) {
        if (settings.user().isEmpty()) {
            return (client, user, password) -> true;
        }
        byte[] expected = settings.password().getBytes(StandardCharsets.UTF_8);
        return (client, user, password) ->
                settings.user().equals(user)
                        && password != null
                        && MessageDigest.isEqual(expected, password);
    }
}
