// SPDX-License-Identifier: Apache-2.0
package io.facegate.control.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.command.CommandRunner;
import io.facegate.api.command.CommandSurroundings;
import io.facegate.start.control.Connection;
import io.facegate.start.control.ControlSocket;
import io.facegate.start.control.Frame;
import io.facegate.start.control.FrameType;
import io.facegate.start.control.Request;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** What callers of every kind get from the socket. */
@Timeout(60)
class ControlServerTest {
    private static final Duration GREETING = Duration.ofSeconds(30);

    @TempDir Path data;
    private ControlSocket socket;
    private ControlServer server;
    private volatile Optional<CommandRunner> runner = Optional.empty();

    @BeforeEach
    void listen() throws IOException {
        socket = new ControlSocket(data);
        server = new ControlServer(socket, () -> runner, GREETING);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void commandRunsWithWhatTheCallerSaid() throws Exception {
        List<Object> got = new ArrayList<>();
        runs(
                (words, around) -> {
                    got.addAll(List.of(words, around.folder(), around.terminal()));
                    around.out().print("dätä\n");
                    around.err().println("a message");
                    return 7;
                });
        try (Connection caller = call("people", "show", "Zoë", "")) {
            List<Frame> answer = answer(caller);
            assertThat(text(answer, FrameType.OUT)).isEqualTo("dätä\n");
            assertThat(text(answer, FrameType.ERR)).isEqualTo("a message\n");
            Frame last = answer.get(answer.size() - 1);
            assertThat(last.type()).isEqualTo(FrameType.EXIT);
            assertThat(last.content()).containsExactly(7);
        }
        assertThat(got)
                .containsExactly(List.of("people", "show", "Zoë", ""), Path.of("/work/here"), true);
    }

    @Test
    void standardInputIsFetchedWhenItIsRead() throws Exception {
        runs(
                (words, around) -> {
                    try {
                        around.out().write(around.in().readAllBytes());
                        return 0;
                    } catch (IOException e) {
                        return 1;
                    }
                });
        try (Connection caller = call("people", "import", "-")) {
            List<String> pieces = new ArrayList<>(List.of("one ", "two", ""));
            List<Frame> answer = new ArrayList<>();
            for (Frame f = caller.receive(); f != null; f = caller.receive()) {
                if (f.type() == FrameType.WANTED) {
                    caller.send(FrameType.INPUT, pieces.remove(0));
                }
                answer.add(f);
            }
            assertThat(text(answer, FrameType.OUT)).isEqualTo("one two");
            assertThat(pieces).isEmpty();
        }
    }

    @Test
    void commandIsStoppedWhenItsCallerAsksOrGoesAway() throws Exception {
        for (boolean asks : new boolean[] {true, false}) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch stopped = new CountDownLatch(1);
            runs(
                    (words, around) -> {
                        running.countDown();
                        while (!around.stopped().getAsBoolean()) {
                            Thread.onSpinWait();
                        }
                        stopped.countDown();
                        return 1;
                    });
            try (Connection caller = call("encode")) {
                running.await();
                if (asks) {
                    caller.send(FrameType.STOP, "");
                    stopped.await();
                    assertThat(caller.receive().type()).isEqualTo(FrameType.EXIT);
                }
            }
            stopped.await();
        }
    }

    @Test
    void anotherVersionIsToldWhatToDo() throws Exception {
        try (Connection caller = new Connection(socket.connect())) {
            caller.send(FrameType.HELLO, "facegate-control 2");
            assertThat(caller.receive().text()).contains("another version", "restart the gateway");
        }
    }

    @Test
    void whatIsNoFrameIsRefused() throws Exception {
        byte[][] garbage = {
            "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8),
            {'C', 0x7f, -1, -1, -1},
            {'H', -1, -1, -1, -1},
            {'X', 0, 0, 0, 1, 0},
        };
        for (byte[] bytes : garbage) {
            try (SocketChannel channel = socket.connect()) {
                channel.write(ByteBuffer.wrap(bytes));
                Frame answer = new Connection(channel).receive();
                assertThat(answer.type()).isEqualTo(FrameType.REFUSED);
                assertThat(answer.text()).startsWith("The gateway does not understand");
            }
        }
    }

    @Test
    void missingCommandsAreNamed() throws Exception {
        try (Connection caller = call("status")) {
            assertThat(caller.receive().text()).contains("io.facegate.command");
        }
    }

    @Test
    void commandsBeyondTheMostAreRefused() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(ControlServer.MOST);
        runs(
                (words, around) -> {
                    running.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return 0;
                });
        List<Connection> callers = new ArrayList<>();
        for (int i = 0; i < ControlServer.MOST; i++) {
            callers.add(call("encode"));
        }
        running.await();
        try (Connection oneMore = new Connection(socket.connect())) {
            assertThat(oneMore.receive().text()).contains("try again when one is done");
        }
        end.countDown();
        for (Connection caller : callers) {
            assertThat(caller.receive().type()).isEqualTo(FrameType.EXIT);
            caller.close();
        }
    }

    @Test
    void silentCallerIsNotWaitedForLong() throws Exception {
        server.close();
        server = new ControlServer(socket, () -> runner, Duration.ofMillis(50));
        try (Connection caller = new Connection(socket.connect())) {
            assertThat(caller.receive().text()).startsWith("No command came");
        }
    }

    @Test
    void socketIsTheOwnersAloneAndGoesAtTheEnd() throws Exception {
        assertThat(Files.getPosixFilePermissions(socket.file()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        server.close();
        assertThat(socket.file()).doesNotExist();
    }

    @Test
    void secondServerIsRefusedAndAStaleSocketReplaced() throws Exception {
        assertThatThrownBy(() -> new ControlServer(socket, () -> runner, GREETING))
                .hasMessageContaining("another gateway listens at");
        server.close();
        socket.listen(1).close();
        assertThat(socket.file()).exists();
        server = new ControlServer(socket, () -> runner, GREETING);
        missingCommandsAreNamed();
    }

    @Test
    void longNamesOfDataFoldersAreNoObstacle() throws Exception {
        Path deep = Files.createDirectories(data.resolve("a".repeat(100)).resolve("b".repeat(50)));
        server.close();
        socket = new ControlSocket(deep);
        server = new ControlServer(socket, () -> runner, GREETING);
        missingCommandsAreNamed();
    }

    private interface Body {
        int run(List<String> words, CommandSurroundings around);
    }

    private void runs(Body body) {
        runner = Optional.of(body::run);
    }

    private Connection call(String... words) throws IOException {
        Connection caller = new Connection(socket.connect());
        byte[] command = new Request("/work/here", true, List.of(words)).encode();
        caller.send(FrameType.HELLO, ControlSocket.HELLO);
        caller.send(FrameType.COMMAND, command, 0, command.length);
        return caller;
    }

    private static List<Frame> answer(Connection caller) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = caller.receive(); frame != null; frame = caller.receive()) {
            frames.add(frame);
        }
        return frames;
    }

    private static String text(List<Frame> frames, FrameType type) {
        StringBuilder text = new StringBuilder();
        frames.stream().filter(f -> f.type() == type).forEach(f -> text.append(f.text()));
        return text.toString();
    }
}
