// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.Terminal;
import io.facegate.start.control.Connection;
import io.facegate.start.control.ControlSocket;
import io.facegate.start.control.FrameType;
import io.facegate.start.control.Request;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class SupportCommandTest {
    @TempDir Path temp;
    private final FakeParts parts = new FakeParts();
    private final Terminal terminal = new Terminal(parts);

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(temp.resolve("home/bundle"));
        Files.createDirectories(temp.resolve("data/conf"));
        Files.createDirectories(temp.resolve("data/logs"));
        parts.properties.put("facegate.home", temp.resolve("home").toString());
        parts.data = temp.resolve("data");
        parts.properties.put("facegate.version", "1.2.3");
        Files.writeString(
                temp.resolve("data/conf/io.facegate.camera-door.config"),
                "location=\"rtsp://pi:geheim1@cam/live?token=geheim2\"\n.password=\"geheim3\"\n"
                        + "ffmpegOptions=[ \\\n  \"password=geheim4\", \\\n  ]\n");
        Files.writeString(
                temp.resolve("data/logs/facegate.log"),
                "tried geheim3 at rtsp://pi:geheim1@cam/live\nAnn was added, Annabel not\n"
                        + "Authorization: Basic Z2VoZWltNQ==\n"
                        + "12:00:00.123 door     new     Zoe Unlisted         0.220 (82 %)   [0,1,2,3]\n");
    }

    private int support(Object... words) {
        SupportCommand command =
                new SupportCommand(terminal.session(), new Doctor(List.of(new PowerCheck())));
        return new picocli.CommandLine(command)
                .registerConverter(Path.class, temp::resolve)
                .setExecutionExceptionHandler((failure, line, result) -> 1)
                .execute(Stream.of(words).map(Object::toString).toArray(String[]::new));
    }

    private String unpacked(Path archive) throws Exception {
        Path folder = Files.createTempDirectory(temp, "unpacked");
        Process tar =
                new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString())
                        .inheritIO()
                        .start();
        assertThat(tar.waitFor()).isZero();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file) + ":\n" + read(file))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void nothingSecretIsCollected() throws Exception {
        Path archive = temp.resolve("s.tar.gz");
        assertThat(support("--output", archive)).isZero();
        assertThat(terminal.out()).isEqualTo(archive + "\n");
        assertThat(terminal.err()).contains("Only you may read it", "logs/facegate.log");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");
        assertThat(unpacked(archive))
                .contains(
                        "rtsp://***@cam/live", "README.txt:", "doctor.txt:", "(somebody was seen)")
                .doesNotContain("geheim", "Z2VoZWltNQ", "Zoe");
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Path archive = Files.writeString(temp.resolve("s.tar.gz"), "mine");
        assertThat(support("--output", archive)).isNotZero();
        assertThat(archive).hasContent("mine");
    }

    @Test
    void namesAreHiddenUnlessWanted() {
        Redaction hiding = new Redaction(Set.of(), Set.of("Ann", "Al"), false);
        assertThat(hiding.text("ann met Annabel and Al, all well"))
                .isEqualTo("(a person) met Annabel and (a person), all well");
        Redaction showing = new Redaction(Set.of(), Set.of("Ann"), true);
        assertThat(showing.text("12:00:00.123 door new Ann 0.2 [0,1,2,3]")).contains("Ann");
    }

    @Test
    void theRunningGatewayIsAsked() throws Exception {
        Path data = temp.resolve("data");
        try (ServerSocketChannel server = new ControlSocket(data).listen(2)) {
            Thread gateway =
                    new Thread(
                            () -> {
                                try (Connection connection = new Connection(server.accept())) {
                                    connection.receive();
                                    Request request =
                                            Request.decode(connection.receive().content());
                                    connection.send(
                                            FrameType.OUT,
                                            "{\"said\":\"" + request.words() + "\"}");
                                    connection.send(FrameType.EXIT, new byte[] {0}, 0, 1);
                                } catch (IOException e) {
                                    return; // the test failed
                                }
                            });
            gateway.start();
            assertThat(new RunningGateway(data).askJson("status", "--json"))
                    .hasValueSatisfying(
                            json ->
                                    assertThat(json.get("said").getAsString())
                                            .isEqualTo("[status, --json]"));
            gateway.join();
        }
        assertThat(new RunningGateway(temp.resolve("none")).runs()).isFalse();
        assertThat(new RunningGateway(temp.resolve("none")).ask("status")).isEmpty();
    }
}
