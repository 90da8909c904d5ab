// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.testing.Distribution;
import io.facegate.testing.Machine;
import io.facegate.testing.Program;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Commands beside a running gateway: it runs them itself. */
class ControlIT {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int SIGTERM = 143;

    @TempDir Path folder;
    private Path data;
    private Program gateway;

    @BeforeEach
    void startGateway() throws Exception {
        data = folder.resolve("demo");
        gateway = start();
    }

    @AfterEach
    void stopGateway() throws Exception {
        gateway.close();
    }

    private Program start() throws Exception {
        Program started =
                Gateway.run(
                        folder,
                        "--port",
                        Integer.toString(Machine.freePort()),
                        "--broker-port",
                        Integer.toString(Machine.freePort()));
        started.awaitErr(line -> line.contains("is running"), DEADLINE);
        return started;
    }

    @Test
    void itsPeopleAreChangedAtOnceAndItIsStillThere() throws Exception {
        assertThat(Files.getPosixFilePermissions(data.resolve("control.sock")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        done(0, "people", "rename", "John Salley", "Jonny");
        assertThat(done(0, "people", "list").out())
                .anyMatch(line -> line.startsWith("Jonny "))
                .noneMatch(line -> line.contains("John Salley"));
        assertThat(done(1, "people", "rename", "John Salley", "x").err())
                .anyMatch(line -> line.contains("nobody is called"));
        done(0, "people", "delete", "Jonny");
        assertThat(done(0, "status").out())
                .anyMatch(line -> line.contains("control") && line.contains("takes commands"))
                .anyMatch(line -> line.contains("store") && line.contains("3 people"));
        assertThat(done(0, "camera", "list").out()).anyMatch(line -> line.contains("online"));
        done(2, "people", "frobnicate");
    }

    @Test
    void filesAreThoseOfTheCallersFolderAndStandardInputIsRead() throws Exception {
        Path work = Files.createDirectories(folder.resolve("work/people/Neu"));
        Files.copy(
                SharedData.file("photos/dlib/faces/Tom_Cruise_avp_2014_4.jpg"),
                work.resolve("1.jpg"));
        Program encode = shell("cd \"$WORK\" && \"$FACEGATE\" encode --dataset people");
        assertThat(encode.awaitExit(DEADLINE)).as(encode.transcript()).isZero();
        assertThat(done(0, "people", "list").out()).anyMatch(line -> line.startsWith("Neu "));
        Program piped =
                shell(
                        "\"$FACEGATE\" people export - --format json >\"$WORK/all.json\" &&"
                                + " \"$FACEGATE\" people delete Neu &&"
                                + " \"$FACEGATE\" people import - <\"$WORK/all.json\"");
        assertThat(piped.awaitExit(DEADLINE)).as(piped.transcript()).isZero();
        assertThat(done(0, "people", "list").out()).anyMatch(line -> line.startsWith("Neu "));
    }

    @Test
    void interruptedCommandEndsAndTheGatewayGoesOn() throws Exception {
        Path many = Files.createDirectories(folder.resolve("many/Somebody"));
        Path picture = SharedData.file("photos/dlib/faces/Tom_Cruise_avp_2014_4.jpg");
        byte[] bytes = Files.readAllBytes(picture);
        for (int i = 0; i < 200; i++) {
            // another file each: what follows the end of a JPEG is ignored
            byte[] other = java.util.Arrays.copyOf(bytes, bytes.length + 2);
            other[bytes.length] = (byte) i;
            Files.write(many.resolve(i + ".jpg"), other);
        }
        Program encode = Gateway.start(data, "encode", "--dataset", many.getParent().toString());
        encode.awaitErr(line -> line.contains("Somebody/"), DEADLINE);
        encode.terminate();
        assertThat(encode.awaitExit(DEADLINE)).as(encode.transcript()).isEqualTo(SIGTERM);
        assertThat(done(0, "status").out()).anyMatch(line -> line.contains("takes commands"));
    }

    @Test
    void garbageIsRefusedAndHarmsNobody() throws Exception {
        for (String garbage : List.of("GET / HTTP/1.1\r\n\r\n", "H\0\0\0\4nono", "C\177\377\0\0")) {
            try (SocketChannel caller = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                caller.connect(UnixDomainSocketAddress.of(data.resolve("control.sock")));
                caller.write(ByteBuffer.wrap(garbage.getBytes(StandardCharsets.ISO_8859_1)));
                ByteBuffer answer = ByteBuffer.allocate(4096);
                readToTheEnd(caller, answer);
                assertThat(answer.array()[0]).as(garbage).isEqualTo((byte) 'R');
            }
        }
        done(0, "people", "list");
    }

    @Test
    void killedGatewayLeavesNothingInTheWay() throws Exception {
        gateway.kill();
        gateway.awaitExit(DEADLINE);
        assertThat(data.resolve("control.sock")).exists();
        assertThat(done(1, "status").err()).anyMatch(line -> line.contains("no gateway runs"));
        done(0, "people", "list");
        gateway.close();
        gateway = start();
        assertThat(done(0, "status").out()).anyMatch(line -> line.contains("takes commands"));
    }

    @Test
    void anotherUserIsRefused() throws Exception {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "only root can act as another user");
        // the folder keeps others out already: opened here to see that the socket does too
        for (Path open = data; open.startsWith(folder); open = open.getParent()) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(
                data.resolve("control.sock"), PosixFilePermissions.fromString("rw-rw-rw-"));
        Path jar =
                Files.copy(
                        Distribution.folder().resolve("bin/start.jar"),
                        Path.of(folder + "/start.jar"));
        Program stranger =
                Program.start(
                        Map.of(),
                        List.of(
                                "setpriv",
                                "--reuid=65534",
                                "--clear-groups",
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                jar.toString(),
                                "io.facegate.start.Client",
                                data.toString(),
                                "false",
                                "people",
                                "list"));
        assertThat(stranger.awaitExit(DEADLINE)).as(stranger.transcript()).isEqualTo(1);
        assertThat(stranger.out()).isEmpty();
        assertThat(stranger.err()).anyMatch(line -> line.contains("takes no commands from"));
    }

    /** Hanging up with something unread resets the connection: an end as well. */
    private static void readToTheEnd(SocketChannel caller, ByteBuffer answer) throws IOException {
        try {
            while (caller.read(answer) >= 0) {
                // up to the end, which comes
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private Program done(int code, String... words) throws Exception {
        Program program = Gateway.command(data, DEADLINE, words);
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isEqualTo(code);
        return program;
    }

    private Program shell(String script) throws IOException {
        return Program.start(
                Map.of(
                        "FACEGATE",
                        Distribution.program(),
                        "FACEGATE_DATA",
                        data.toString(),
                        "WORK",
                        folder.resolve("work").toString()),
                List.of("sh", "-c", script));
    }
}
