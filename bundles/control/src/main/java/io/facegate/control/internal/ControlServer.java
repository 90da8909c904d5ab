// SPDX-License-Identifier: Apache-2.0
package io.facegate.control.internal;

import io.facegate.api.command.CommandRunner;
import io.facegate.start.control.Connection;
import io.facegate.start.control.ControlSocket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Accepts commands at a data folder's socket. A few at a time; more are refused at once, so that
 * nobody can fill the gateway's memory.
 */
final class ControlServer implements AutoCloseable {
    /** Commands at the same time. */
    static final int MOST = 8;

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final long CLOSE_MILLIS = 2000;

    private final ControlSocket socket;
    private final ServerSocketChannel channel;
    private final Access access;
    private final Supplier<Optional<CommandRunner>> runner;
    private final Duration greeting;
    private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();
    private final Thread acceptor;

    /**
     * Listens at once.
     *
     * @param greeting how long a caller may take to say what it wants
     * @throws IOException another gateway listens there, or the socket cannot be made
     */
    ControlServer(ControlSocket socket, Supplier<Optional<CommandRunner>> runner, Duration greeting)
            throws IOException {
        this.socket = socket;
        this.runner = runner;
        this.greeting = greeting;
        removeStale();
        channel = socket.listen(MOST);
        access = owner();
        acceptor = new Thread(this::accept, "facegate-control");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private Access owner() throws IOException {
        try {
            return Access.ofOwner(socket.file());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** A gateway that was killed leaves its socket behind. */
    private void removeStale() throws IOException {
        if (!Files.exists(socket.file())) {
            return;
        }
        try {
            socket.connect().close();
        } catch (ConnectException e) {
            Files.delete(socket.file());
            return;
        }
        throw new IOException("another gateway listens at " + socket.file());
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                converse(channel.accept());
            } catch (IOException e) {
                if (channel.isOpen()) {
                    LOG.warn("A command was not accepted: {}", e.getMessage());
                }
            }
        }
    }

    private void converse(SocketChannel caller) throws IOException {
        Conversation conversation =
                new Conversation(
                        new Connection(caller),
                        number.incrementAndGet(),
                        runner,
                        conversations::remove);
        Optional<String> refusal = access.refusal(caller);
        if (refusal.isEmpty() && conversations.size() >= MOST) {
            refusal =
                    Optional.of(
                            "The gateway runs "
                                    + MOST
                                    + " commands already; try again when one is done.");
        }
        if (refusal.isPresent()) {
            conversation.refuse(refusal.get());
        } else {
            conversations.add(conversation);
            conversation.start(greeting);
        }
    }

    /** Ends every command and takes the socket away. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(socket.file());
        } catch (IOException e) {
            LOG.warn("{} was not removed: {}", socket.file(), e.getMessage());
        }
        conversations.forEach(Conversation::close);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        try {
            for (Conversation conversation : conversations) {
                conversation.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
            acceptor.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
