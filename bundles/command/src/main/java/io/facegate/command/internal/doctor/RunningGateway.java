// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.facegate.start.control.Connection;
import io.facegate.start.control.ControlSocket;
import io.facegate.start.control.Frame;
import io.facegate.start.control.FrameType;
import io.facegate.start.control.Request;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks the gateway that runs with a data folder, through its control socket. */
public class RunningGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ControlSocket socket;

    public RunningGateway(Path data) {
        this.socket = new ControlSocket(data);
    }

    /** Whether one answers; also when it refuses to talk to this user. */
    public boolean runs() {
        try {
            socket.connect().close();
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /**
     * Has a command run.
     *
     * @return what it printed; empty when no gateway answers in time, or it refuses
     */
    public Optional<String> ask(String... words) {
        try (Connection connection = new Connection(socket.connect())) {
            CountDownLatch over = new CountDownLatch(1);
            Thread patience = new Thread(() -> endLate(over, connection), "facegate-patience");
            patience.setDaemon(true);
            patience.start();
            try {
                byte[] command = new Request("/", false, List.of(words)).encode();
                connection.send(FrameType.HELLO, ControlSocket.HELLO);
                connection.send(FrameType.COMMAND, command, 0, command.length);
                return output(connection);
            } finally {
                over.countDown();
            }
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The same for a command that prints one JSON object. */
    public Optional<JsonObject> askJson(String... words) {
        try {
            return ask(words).map(text -> JsonParser.parseString(text).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            return Optional.empty(); // a gateway of another version
        }
    }

    private static void endLate(CountDownLatch over, Connection connection) {
        try {
            if (!over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                connection.close();
            }
        } catch (InterruptedException | IOException e) {
            return; // closed already
        }
    }

    private static Optional<String> output(Connection connection) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            Frame frame = connection.receive();
            if (frame == null || frame.type() == FrameType.REFUSED) {
                return Optional.empty();
            }
            if (frame.type() == FrameType.OUT) {
                out.write(frame.content());
            } else if (frame.type() == FrameType.WANTED) {
                connection.send(FrameType.INPUT, new byte[0], 0, 0);
            } else if (frame.type() == FrameType.EXIT) {
                return Optional.of(out.toString(StandardCharsets.UTF_8));
            }
        }
    }
}
