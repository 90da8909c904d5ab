// SPDX-License-Identifier: Apache-2.0
package io.facegate.start;

import io.facegate.start.control.Connection;
import io.facegate.start.control.ControlSocket;
import io.facegate.start.control.Frame;
import io.facegate.start.control.FrameType;
import io.facegate.start.control.Request;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has a command run by the running gateway and prints what it prints. Without a framework, so that
 * it answers at once; its classes are few on purpose.
 */
public final class Client {
    private static final int REFUSED = 1;
    private static final int INTERRUPTED = 130;
    private static final long CONNECT_NANOS = 20_000_000_000L;
    private static final long RETRY_MILLIS = 50;
    private static final long STOP_SECONDS = 10;

    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;

    Client(InputStream in, OutputStream out, OutputStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the data folder, and {@code true} when standard error is a terminal; the words
     *     are in the environment ({@link Command#WORDS})
     */
    public static void main(String[] args) {
        Client client =
                new Client(
                        new FileInputStream(FileDescriptor.in),
                        new FileOutputStream(FileDescriptor.out),
                        new FileOutputStream(FileDescriptor.err));
        Request request =
                new Request(
                        Path.of("").toAbsolutePath().toString(),
                        args[1].equals("true"),
                        words(System.getenv(Command.WORDS)));
        System.exit(client.run(new ControlSocket(Path.of(args[0])), request, CONNECT_NANOS));
    }

    /** The words of a command; an empty one counts, what is behind the last end does not. */
    static List<String> words(String joined) {
        if (joined == null || joined.isEmpty()) {
            return List.of();
        }
        List<String> words = Arrays.asList(joined.split("\u001f", -1));
        return words.subList(0, words.size() - 1);
    }

    /**
     * Runs a command; blocks until it is done.
     *
     * @param patience how long a gateway that is starting is waited for, in nanoseconds
     * @return the exit code
     */
    int run(ControlSocket socket, Request request, long patience) {
        byte[] command = request.encode();
        if (command.length > FrameType.COMMAND.limit()) {
            return say("The command line is too long.");
        }
        SocketChannel channel;
        try {
            channel = connect(socket, patience);
        } catch (IOException e) {
            return say(
                    "The gateway of "
                            + socket.file().getParent()
                            + " does not answer ("
                            + e.getMessage()
                            + "); it may be starting or stopping.");
        }
        try (Connection connection = new Connection(channel)) {
            Interruption interruption = new Interruption(connection);
            Runtime.getRuntime().addShutdownHook(interruption);
            ask(connection, command);
            int code = follow(connection);
            return interruption.over() ? INTERRUPTED : code;
        } catch (IOException e) {
            return REFUSED; // nobody reads what the command prints
        }
    }

    private static void ask(Connection connection, byte[] command) {
        try {
            connection.send(FrameType.HELLO, ControlSocket.HELLO);
            connection.send(FrameType.COMMAND, command, 0, command.length);
        } catch (IOException e) {
            return; // refused already, which is received next
        }
    }

    private static SocketChannel connect(ControlSocket socket, long patience) throws IOException {
        long end = System.nanoTime() + patience;
        while (true) {
            try {
                return socket.connect();
            } catch (IOException e) {
                boolean starting = e instanceof ConnectException || !Files.exists(socket.file());
                if (!starting || System.nanoTime() - end >= 0) {
                    throw e;
                }
            }
            try {
                Thread.sleep(RETRY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private int follow(Connection connection) throws IOException {
        StandardInput input = null;
        while (true) {
            Frame frame;
            try {
                frame = connection.receive();
            } catch (IOException e) {
                return say("The gateway ended before the command did (" + e.getMessage() + ").");
            }
            if (frame == null) {
                return say("The gateway ended before the command did.");
            }
            switch (frame.type()) {
                case OUT -> out.write(frame.content());
                case ERR -> err.write(frame.content());
                case WANTED -> {
                    if (input == null) {
                        input = new StandardInput(in, connection);
                    }
                    input.wanted();
                }
                case EXIT -> {
                    return frame.content()[0] & 0xff;
                }
                case REFUSED -> {
                    return say(frame.text());
                }
                default -> {
                    return say("The gateway answers what this command does not understand.");
                }
            }
        }
    }

    private int say(String message) {
        try {
            err.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return REFUSED; // nobody listens
        }
        return REFUSED;
    }

    /** Ctrl-C: tells the gateway, and lets the command print its last words. */
    private static final class Interruption extends Thread {
        private final Connection connection;
        private final CountDownLatch followed = new CountDownLatch(1);
        private volatile boolean begun;

        Interruption(Connection connection) {
            super("facegate-interruption");
            this.connection = connection;
        }

        @Override
        public void run() {
            begun = true;
            if (followed.getCount() == 0) {
                return;
            }
            try {
                connection.send(FrameType.STOP, new byte[0], 0, 0);
                if (!followed.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                    connection.close();
                }
            } catch (IOException | InterruptedException e) {
                return; // the command is gone already
            }
        }

        /** Nothing is left to interrupt; returns whether it was. */
        boolean over() {
            followed.countDown();
            return begun;
        }
    }

    /** Reads standard input when the command does, on a thread of its own. */
    private static final class StandardInput extends Thread {
        private final InputStream in;
        private final Connection connection;
        private boolean wanted;

        StandardInput(InputStream in, Connection connection) {
            super("facegate-input");
            this.in = in;
            this.connection = connection;
            setDaemon(true);
            start();
        }

        synchronized void wanted() {
            wanted = true;
            notifyAll();
        }

        private synchronized void awaitWanted() throws InterruptedException {
            while (!wanted) {
                wait();
            }
            wanted = false;
        }

        @Override
        public void run() {
            byte[] chunk = new byte[Frame.CHUNK];
            try {
                while (true) {
                    awaitWanted();
                    int length = in.read(chunk);
                    connection.send(FrameType.INPUT, chunk, 0, Math.max(length, 0));
                }
            } catch (IOException | InterruptedException e) {
                return; // the command does not need it any more
            }
        }
    }
}
