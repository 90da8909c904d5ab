// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static io.facegate.mqtt.internal.Mosquitto.waitFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.internal.fake.Gateway;
import io.facegate.mqtt.internal.link.BrokerAccess;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.tls.TlsFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** TLS to a Mosquitto whose certificate only the given authority signed. */
class TlsTest {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @TempDir private Path folder;

    @Test
    void trustsTheGivenAuthorityAndNobodyElse() throws Exception {
        assumeTrue(Files.isExecutable(OPENSSL), OPENSSL + " is not installed");
        Path cert = certificate("IP:127.0.0.1");
        try (Mosquitto broker = broker(cert)) {
            assertThat(settled(broker, cert.toString())).isEqualTo(Level.OK);
            assertThat(settled(broker, "")).isEqualTo(Level.FAILED);
            Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
            assertThat(settled(broker, nonsense.toString())).isEqualTo(Level.FAILED);
        }
    }

    @Test
    void refusesACertificateOfAnotherHost() throws Exception {
        assumeTrue(Files.isExecutable(OPENSSL), OPENSSL + " is not installed");
        Path cert = certificate("DNS:elsewhere.example");
        try (Mosquitto broker = broker(cert)) {
            assertThat(settled(broker, cert.toString())).isEqualTo(Level.FAILED);
        }
    }

    private Level settled(Mosquitto broker, String caFile) {
        MqttSettings settings =
                new MqttSettings(
                        new BrokerAccess(
                                "mqtts://127.0.0.1:" + broker.port(),
                                "tls",
                                "",
                                "",
                                5,
                                new TlsFiles("", "", "", caFile)),
                        new Topics("facegate", "pi-0001"),
                        "1.0.0",
                        Optional.empty(),
                        new MqttSettings.Limits(0, 100, 0, 0, 0),
                        Optional.empty(),
                        Optional.empty());
        PublisherLoop loop = new PublisherLoop(settings, new Gateway());
        loop.start();
        waitFor(() -> loop.condition().level() != Level.DEGRADED);
        Level level = loop.condition().level();
        if (level == Level.FAILED) {
            assertThat(loop.condition().message()).containsIgnoringCase("caFile");
        }
        loop.stop();
        return level;
    }

    private Mosquitto broker(Path cert) throws Exception {
        folder.toFile().setExecutable(true, false);
        return new Mosquitto(
                        folder,
                        "allow_anonymous true",
                        "certfile " + cert,
                        "keyfile " + folder.resolve("key.pem"))
                .start();
    }

    private Path certificate(String name) throws Exception {
        Path cert = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        Process openssl =
                new ProcessBuilder(
                                List.of(
                                        OPENSSL.toString(),
                                        "req",
                                        "-x509",
                                        "-newkey",
                                        "rsa:2048",
                                        "-nodes",
                                        "-days",
                                        "2",
                                        "-subj",
                                        "/CN=broker",
                                        "-addext",
                                        "subjectAltName=" + name,
                                        "-keyout",
                                        key.toString(),
                                        "-out",
                                        cert.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("openssl.txt").toFile())
                        .start();
        assertThat(openssl.waitFor()).isZero();
        key.toFile().setReadable(true, false);
        return cert;
    }
}
