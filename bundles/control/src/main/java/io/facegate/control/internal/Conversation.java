// SPDX-License-Identifier: Apache-2.0
package io.facegate.control.internal;

import io.facegate.api.command.CommandRunner;
import io.facegate.api.command.CommandSurroundings;
import io.facegate.start.control.Connection;
import io.facegate.start.control.ControlSocket;
import io.facegate.start.control.Frame;
import io.facegate.start.control.FrameType;
import io.facegate.start.control.ProtocolException;
import io.facegate.start.control.Request;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One caller and its command. One thread listens to the caller, another runs the command; when the
 * caller goes away the command is told to stop.
 */
final class Conversation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final int BUFFER = 8192;
    private static final int REFUSED = 1;

    private final Connection connection;
    private final Supplier<Optional<CommandRunner>> runner;
    private final Consumer<Conversation> over;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final RemoteInput input;
    private final Thread listener;
    private final Thread command;
    private Duration patience = Duration.ZERO;
    private volatile Request request;
    private volatile boolean stopped;

    /**
     * @param over told once everything has ended
     */
    Conversation(
            Connection connection,
            int number,
            Supplier<Optional<CommandRunner>> runner,
            Consumer<Conversation> over) {
        this.connection = connection;
        this.runner = runner;
        this.over = over;
        this.input = new RemoteInput(connection);
        this.listener = new Thread(this::listen, "facegate-control-" + number);
        this.command = new Thread(this::run, "facegate-control-command-" + number);
        listener.setDaemon(true);
        command.setDaemon(true);
    }

    /**
     * Listens to the caller.
     *
     * @param greeting how long it may take to say what it wants
     */
    void start(Duration greeting) {
        patience = greeting;
        command.start();
        listener.start();
    }

    /** Says why nothing is done, and closes. */
    void refuse(String reason) {
        try {
            connection.send(FrameType.REFUSED, reason);
        } catch (IOException e) {
            LOG.debug("A refused caller did not listen", e);
        }
        close();
    }

    private void listen() {
        try {
            greet();
            for (Frame frame = next(); frame != null; frame = next()) {
                switch (frame.type()) {
                    case INPUT -> input.supply(frame.content());
                    case STOP -> stopped = true;
                    default -> throw new ProtocolException("this is not for a gateway");
                }
            }
        } catch (ProtocolException e) {
            LOG.info("A caller was refused: {}", e.getMessage());
            refuse("The gateway does not understand: " + e.getMessage() + ".");
        } catch (IOException e) {
            LOG.debug("A caller is gone", e);
        } finally {
            close();
        }
    }

    private Frame next() throws IOException {
        return connection.receive();
    }

    private void greet() throws IOException {
        Frame hello = next();
        if (hello == null) {
            return;
        }
        if (hello.type() != FrameType.HELLO) {
            throw new ProtocolException("it was not greeted");
        }
        if (!hello.text().equals(ControlSocket.HELLO)) {
            refuse(
                    "The gateway is of another version than this command; use the command of the"
                            + " same installation, or restart the gateway.");
            return;
        }
        Frame wanted = next();
        if (wanted == null) {
            return;
        }
        if (wanted.type() != FrameType.COMMAND) {
            throw new ProtocolException("a command was expected");
        }
        request = Request.decode(wanted.content());
        asked.countDown();
    }

    private void run() {
        try {
            if (!asked.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                refuse("No command came within " + patience.toSeconds() + " s.");
            }
            Request wanted = request;
            if (wanted != null && !stopped) {
                run(wanted);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            over.accept(this);
        }
    }

    private void run(Request wanted) {
        Optional<CommandRunner> now = runner.get();
        if (now.isEmpty()) {
            refuse("The gateway's commands are not there; is io.facegate.command running?");
            return;
        }
        PrintStream out = stream(FrameType.OUT, false);
        PrintStream err = stream(FrameType.ERR, true);
        int code;
        try {
            Path folder = Path.of(wanted.folder());
            code =
                    now.get()
                            .run(
                                    wanted.words(),
                                    new CommandSurroundings(
                                            folder,
                                            input,
                                            out,
                                            err,
                                            wanted.terminal(),
                                            () -> stopped));
        } catch (InvalidPathException e) {
            err.println("The gateway does not understand the folder " + wanted.folder() + ".");
            code = REFUSED;
        } catch (RuntimeException e) {
            LOG.error("A command failed", e);
            err.println("This should not have happened: " + e);
            code = REFUSED;
        }
        out.flush();
        err.flush();
        try {
            connection.send(FrameType.EXIT, new byte[] {(byte) code}, 0, 1);
        } catch (IOException e) {
            LOG.debug("The caller is gone", e);
        }
    }

    private PrintStream stream(FrameType type, boolean autoFlush) {
        RemoteOutput bytes = new RemoteOutput(connection, type, () -> stopped = true);
        return new PrintStream(
                new BufferedOutputStream(bytes, BUFFER), autoFlush, StandardCharsets.UTF_8);
    }

    /** Tells the command to stop and hangs up; may be called again, from any thread. */
    @Override
    public void close() {
        stopped = true;
        asked.countDown();
        input.end();
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("Closing failed", e);
        }
    }

    /** Waits for the command's end. */
    void join(long millis) throws InterruptedException {
        command.join(millis);
    }
}
