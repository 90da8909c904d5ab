// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.FrameListener;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

@Timeout(60)
class CaptureLoopTest {
    private final FrameSources sources = new FrameSources("");
    private final List<Frame> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<FrameListener> listeners = new ArrayList<>(List.of(seen::add));
    private CaptureLoop loop;
    @TempDir Path temp;

    @AfterEach
    void stop() {
        if (loop != null) {
            loop.stop();
        }
        sources.stop();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().startsWith("facegate-") && t.isAlive());
    }

    private void start(String location, boolean repeat, boolean realTime) {
        SourceSettings settings = new SourceSettings(0, 0, 0, 0, 1000, false);
        loop =
                new CaptureLoop(
                        "front",
                        location,
                        i -> sources.open(SourceAddress.of(location), settings, "front", i),
                        new CaptureLoop.Play(repeat, realTime, 100),
                        () -> listeners,
                        true);
        loop.start();
    }

    @Test
    void filePlayedOnceEnds() throws Exception {
        start(TestVideo.mp4(temp.resolve("a.mp4"), 30).toString(), false, false);
        until(() -> loop.status().state() == CameraState.ENDED);
        assertThat(seen).hasSize(30);
        assertThat(seen.get(29).sequence()).isEqualTo(29);
        assertThat(seen.get(29).sourceId()).isEqualTo("front");
        assertThat(loop.status().frames()).isEqualTo(30);
        assertThat(loop.status().message()).isNotEmpty();
    }

    @Test
    void recordingOfAServerStartsOver() throws Exception {
        byte[] video = Files.readAllBytes(TestVideo.mp4(temp.resolve("a.mp4"), 5));
        try (TestCamera server =
                new TestCamera(
                        (request, out) -> {
                            TestCamera.write(out, "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n");
                            TestCamera.write(out, "Content-Length: " + video.length + "\r\n\r\n");
                            out.write(video);
                        })) {
            start(server.url("/a.mp4"), false, true);
            until(() -> seen.size() >= 15);
            assertThat(loop.status().state()).isEqualTo(CameraState.ONLINE);
        }
    }

    @Test
    void filePlaysAtItsOwnRate() throws Exception {
        start(TestVideo.mp4(temp.resolve("a.mp4"), 50).toString(), false, true);
        until(() -> !seen.isEmpty());
        long start = System.nanoTime();
        until(() -> loop.status().state() == CameraState.ENDED);
        // 2 s of film; read as fast as it goes it takes a tenth, and a busy machine notices late
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                .isBetween(1000L, 10_000L);
    }

    @Test
    void loopingFileGoesOnCounting() throws Exception {
        start(TestVideo.mp4(temp.resolve("a.mp4"), 10).toString(), true, false);
        until(() -> seen.size() > 95);
        for (int i = 0; i < 90; i++) {
            assertThat(seen.get(i).sequence()).isEqualTo(i);
        }
        assertThat(loop.status().state()).isEqualTo(CameraState.ONLINE);
        assertThat(loop.status().framesPerSecond()).isPositive();
        assertThat(loop.status().width()).isEqualTo(TestVideo.WIDTH);
    }

    @Test
    void missingFileIsTriedAgainUntilItIsThere() throws Exception {
        Path file = temp.resolve("late.mp4");
        start(file.toString(), false, false);
        until(() -> loop.status().state() == CameraState.OFFLINE);
        assertThat(loop.status().message()).contains("late.mp4 is not there");
        Files.move(TestVideo.mp4(temp.resolve("a.mp4"), 5), file);
        until(() -> loop.status().state() == CameraState.ENDED);
        assertThat(seen).hasSize(5);
    }

    @Test
    void failingReceiverStopsNothing() throws Exception {
        listeners.add(
                0,
                f -> {
                    throw new IllegalStateException("broken");
                });
        start(TestVideo.mp4(temp.resolve("a.mp4"), 20).toString(), false, false);
        until(() -> seen.size() == 20);
    }

    @Test
    void switchedOffCameraReleasesItsSourceAndComesBack() throws Exception {
        start(TestVideo.mp4(temp.resolve("a.mp4"), 50).toString(), true, true);
        until(() -> seen.size() > 3);
        loop.setEnabled(false);
        until(() -> loop.status().state() == CameraState.DISABLED);
        int then = seen.size();
        assertThat(seen).hasSize(then);
        loop.setEnabled(true);
        until(() -> seen.size() > then + 3);
    }

    @Test
    void streamThatDiesComesBack() throws Exception {
        byte[] jpegs = Files.readAllBytes(TestVideo.mjpeg(temp.resolve("a.mjpeg"), 60));
        HttpServer first = server(0, jpegs);
        int port = first.getAddress().getPort();
        start("http://127.0.0.1:" + port + "/live", false, true);
        until(() -> loop.status().state() == CameraState.ONLINE);
        first.stop(0);
        until(() -> loop.status().state() == CameraState.OFFLINE);
        assertThat(loop.status().message()).isNotEmpty();
        int then = seen.size();
        HttpServer second = server(port, jpegs);
        until(() -> loop.status().state() == CameraState.ONLINE && seen.size() > then);
        loop.stop();
        second.stop(0);
    }

    @Test
    void stoppingABlockedCameraTakesLessThanThreeSeconds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            start("rtsp://127.0.0.1:" + silent.getLocalPort() + "/x", false, true);
            silent.accept();
            long start = System.nanoTime();
            loop.stop();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(3000);
        }
    }

    @Test
    void unforeseenFailureIsALossLikeAnyOther() {
        AtomicReference<RuntimeException> fault =
                new AtomicReference<>(new IllegalStateException("odd"));
        loop =
                new CaptureLoop(
                        "front",
                        "x",
                        i -> {
                            RuntimeException once = fault.get();
                            if (once != null) {
                                throw once;
                            }
                            throw new FrameSourceException("not there");
                        },
                        new CaptureLoop.Play(false, true, 100),
                        () -> listeners,
                        true);
        loop.start();
        until(() -> loop.status().message().contains("odd"));
        fault.set(null);
        until(() -> loop.status().message().equals("not there"));
    }

    private static HttpServer server(int port, byte[] jpegs) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(
                Executors.newCachedThreadPool(
                        r -> {
                            Thread t = new Thread(r, "test-server");
                            t.setDaemon(true);
                            return t;
                        }));
        server.createContext(
                "/live",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    while (true) {
                        exchange.getResponseBody().write(jpegs);
                        exchange.getResponseBody().flush();
                    }
                });
        server.start();
        return server;
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }
}
