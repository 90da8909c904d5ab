// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.PixelAspect;
import io.facegate.api.frame.Frame;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

@Timeout(60)
class RtspTest {
    private final FrameSources sources = new FrameSources("");
    private RtspServer server;
    @TempDir Path temp;

    @BeforeEach
    void start() throws Exception {
        server =
                new RtspServer(
                        Files.readAllBytes(TestVideo.transportStream(temp.resolve("a.ts"), 250)));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        sources.stop();
    }

    @Test
    void framesComeWithALoginOfItsOwn() throws Exception {
        SourceAddress address = SourceAddress.of(server.url("")).withCredentials("me", "s3cret");
        try (LiveSource source =
                sources.open(address, SourceSettings.PLAIN, "x", new Interrupt())) {
            assertThat(source.live()).isTrue();
            for (int i = 0; i < 60; i++) {
                assertThat(source.next().orElseThrow().width()).isEqualTo(TestVideo.WIDTH);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "udp"})
    void cameraThatSpeaksUdpOnlyIsHeard(String transport) throws Exception {
        server.onlyUdp = true;
        try (LiveSource source = open(network(5000, transport))) {
            assertThat(source.next().orElseThrow().width()).isEqualTo(TestVideo.WIDTH);
        }
    }

    @Test
    void chosenTransportIsTheOnlyOne() {
        server.onlyUdp = true;
        assertThatThrownBy(() -> open(network(5000, "tcp")))
                .isInstanceOf(FrameSourceException.class)
                .hasMessageContaining("by another transport: set rtspTransport to auto or udp");
    }

    private static SourceSettings network(int silence, String transport) {
        return new SourceSettings(
                0,
                0,
                0,
                0,
                1000,
                true,
                PixelAspect.AUTO,
                new SourceSettings.Network(silence, true, transport, Map.of()),
                BoardSettings.DEFAULT);
    }

    private LiveSource open(SourceSettings settings) throws FrameSourceException {
        return sources.open(
                SourceAddress.of(server.url("me:s3cret@")), settings, "x", new Interrupt());
    }

    @Test
    void wrongLoginIsNamedWithoutThePassword() {
        assertThatThrownBy(() -> sources.open(server.url("me:wr0ng@"), "x"))
                .isInstanceOf(FrameSourceException.class)
                .hasMessageContaining("check user and password")
                .message()
                .doesNotContain("wr0ng");
    }

    @Test
    void streamThatFallsSilentIsNoticed() throws Exception {
        try (FrameSource source = open(network(1500, ""))) {
            assertThat(source.next()).isPresent();
            server.silent = true;
            assertThatThrownBy(() -> readOn(source))
                    .isInstanceOf(FrameSourceException.class)
                    .hasMessageContaining("has sent nothing for 1 s")
                    .message()
                    .doesNotContain("s3cret");
        }
    }

    private static void readOn(FrameSource source) throws FrameSourceException {
        for (Optional<Frame> f = source.next(); f.isPresent(); f = source.next()) {
            assertThat(f.get().width()).isPositive();
        }
        throw new FrameSourceException("ended");
    }
}
