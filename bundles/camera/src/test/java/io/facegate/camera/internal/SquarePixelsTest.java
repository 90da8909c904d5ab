// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.PixelAspect;
import io.facegate.api.frame.Frame;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

/** Frames of 64x96 pixels that are no squares. */
class SquarePixelsTest {
    private final FrameSources sources = new FrameSources("");
    @TempDir Path temp;

    @AfterEach
    void stop() {
        sources.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "wide.mp4, auto, 128, 96", "wide.ts, auto, 128, 96", "silent.avi, auto, 64, 96",
        "high.mp4, auto, 64, 192", "turned.mp4, auto, 96, 128", "silent.avi, 2:1, 128, 96",
        "silent.avi, 1:2, 64, 192", "silent.avi, 200:199, 64, 96", "wide.mp4, 1:1, 64, 96",
        "high.mp4, 16:11, 93, 96"
    })
    void becomeSquareByWhatTheVideoOrTheUserSays(String name, String aspect, int width, int height)
            throws Exception {
        Path file = TestVideo.resource(temp, name);
        try (FrameSource source = sources.open(file.toString(), "x", PixelAspect.parse(aspect))) {
            assertSize(source.next().orElseThrow(), width, height);
        }
    }

    @Test
    void areSquareBeforeTheFrameIsFittedAndTurned() throws Exception {
        SourceAddress file = SourceAddress.of(TestVideo.resource(temp, "wide.mp4").toString());
        SourceSettings settings = new SourceSettings(64, 64, 0, 90, 1000, true);
        try (FrameSource source = sources.open(file, settings, "x", new Interrupt())) {
            assertSize(source.next().orElseThrow(), 48, 64);
        }
    }

    @Test
    void ofStreamsAreSquareToo() throws Exception {
        byte[] stream = Files.readAllBytes(TestVideo.resource(temp, "wide.ts"));
        HttpServer server = HttpServer.create(FrameSourcesTest.local(), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", "video/mp2t");
                    exchange.sendResponseHeaders(200, 0);
                    try (var out = exchange.getResponseBody()) {
                        out.write(stream);
                    }
                });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/live.ts";
        try (FrameSource source = sources.open(url, "x")) {
            assertSize(source.next().orElseThrow(), 128, 96);
        }
        try (FrameSource source = sources.open(url, "x", new PixelAspect(1, 1))) {
            assertSize(source.next().orElseThrow(), 64, 96);
        } finally {
            server.stop(0);
        }
    }

    /** H.264 as cameras send it, of which the codec alone says so, and a TS of MPEG-2. */
    @ParameterizedTest
    @ValueSource(strings = {"wide.h264", "wide.ts"})
    void ofCamerasAreSquareToo(String name) throws Exception {
        byte[] stream = Files.readAllBytes(TestVideo.resource(temp, name));
        try (RtspServer camera =
                name.endsWith(".ts") ? new RtspServer(stream) : RtspServer.h264(stream)) {
            String url = camera.url("me:s3cret@");
            try (FrameSource source = sources.open(url, "x")) {
                assertSize(source.next().orElseThrow(), 128, 96);
                assertSize(source.next().orElseThrow(), 128, 96);
            }
            try (FrameSource source = sources.open(url, "x", new PixelAspect(1, 1))) {
                assertSize(source.next().orElseThrow(), 64, 96);
            }
        }
    }

    private static void assertSize(Frame frame, int width, int height) {
        assertThat(frame.width()).isEqualTo(width);
        assertThat(frame.height()).isEqualTo(height);
    }
}
