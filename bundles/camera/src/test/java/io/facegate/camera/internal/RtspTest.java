// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

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

    @Test
    void wrongLoginIsNamedWithoutThePassword() {
        assertThatThrownBy(() -> sources.open(server.url("me:wr0ng@"), "x"))
                .isInstanceOf(FrameSourceException.class)
                .hasMessageContaining("check user and password")
                .message()
                .doesNotContain("wr0ng");
    }

    @Test
    void streamThatFallsSilentIsNoticedWithinTenSeconds() throws Exception {
        try (FrameSource source = sources.open(server.url("me:s3cret@"), "x")) {
            assertThat(source.next()).isPresent();
            server.silent = true;
            long start = System.nanoTime();
            assertThatThrownBy(() -> readOn(source))
                    .isInstanceOf(FrameSourceException.class)
                    .message()
                    .doesNotContain("s3cret");
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(10);
        }
    }

    private static void readOn(FrameSource source) throws FrameSourceException {
        for (Optional<Frame> f = source.next(); f.isPresent(); f = source.next()) {
            assertThat(f.get().width()).isPositive();
        }
        throw new FrameSourceException("ended");
    }
}
