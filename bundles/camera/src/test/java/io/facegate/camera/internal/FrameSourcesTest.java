// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.net.httpserver.HttpServer;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;

import org.bytedeco.javacpp.Pointer;
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
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(60)
class FrameSourcesTest {
    private final FrameSources sources = new FrameSources("");
    @TempDir Path temp;

    @AfterEach
    void stop() {
        sources.stop();
    }

    @Test
    void readsAFileToItsEnd() throws Exception {
        Path file = TestVideo.mp4(temp.resolve("a b\u00e9:c.mp4"), 50);
        try (FrameSource source = sources.open(file.toString(), "x")) {
            assertThat(source.frameCount()).isEqualTo(50);
            assertThat(source.framesPerSecond()).isEqualTo(25);
            Frame first = source.next().orElseThrow();
            assertThat(first.width()).isEqualTo(TestVideo.WIDTH);
            assertThat(first.sourceId()).isEqualTo("x");
            assertThat(first.pixels()[3 * 4] & 0xFF).isGreaterThan(240);
            assertThat(count(source)).isEqualTo(49);
            assertThat(source.positionMillis()).isBetween(1900L, 2000L);
            assertThat(source.next()).isEmpty();
        }
    }

    @Test
    void framesKeepTheirPixelsWhenTheNextIsRead() throws Exception {
        Path file = TestVideo.mp4(temp.resolve("a.mp4"), 50);
        try (FrameSource source = sources.open(file.toString(), "x")) {
            Frame first = source.next().orElseThrow();
            byte[] copy = first.pixels().clone();
            for (int i = 0; i < 20; i++) {
                assertThat(source.next().orElseThrow().pixels()).isNotEqualTo(copy);
            }
            assertThat(first.pixels()).isEqualTo(copy);
        }
    }

    @Test
    void rotatesAndScalesDown() throws Exception {
        SourceAddress file = SourceAddress.of(TestVideo.mp4(temp.resolve("a.mp4"), 5).toString());
        for (int degrees : new int[] {90, 180, 270}) {
            SourceSettings settings = new SourceSettings(80, 80, 0, degrees, 1000, true);
            try (FrameSource source = sources.open(file, settings, "x", new Interrupt())) {
                Frame f = source.next().orElseThrow();
                assertThat(f.width()).isEqualTo(degrees == 180 ? 80 : 48);
                assertThat(f.height()).isEqualTo(degrees == 180 ? 48 : 80);
                int white =
                        switch (degrees) {
                            case 90 -> 3 * 24;
                            case 180 -> 3 * (24 * 80 + 78);
                            default -> 3 * (78 * 48 + 24);
                        };
                assertThat(f.pixels()[white] & 0xFF).as("%d", degrees).isGreaterThan(220);
            }
        }
    }

    @Test
    void badFilesGiveOneClearMessageEach() throws Exception {
        byte[] good = Files.readAllBytes(TestVideo.mp4(temp.resolve("good.mp4"), 250));
        Path headless = temp.resolve("headless.mp4");
        Files.write(headless, Arrays.copyOfRange(good, good.length / 2, good.length));
        Path text = Files.writeString(temp.resolve("text.mp4"), "no video".repeat(200));
        assertRefused(headless.toString(), "damaged or truncated");
        assertRefused(text.toString(), "is no video");
        assertRefused(temp.resolve("absent.mp4").toString(), "is not there");
        Path cut = temp.resolve("cut.mp4");
        Files.write(cut, Arrays.copyOf(good, good.length * 2 / 3));
        try (FrameSource source = sources.open(cut.toString(), "x")) {
            assertThatThrownBy(() -> count(source))
                    .isInstanceOf(FrameSourceException.class)
                    .hasMessageContaining("cut.mp4")
                    .hasMessageContaining("truncated");
        }
    }

    @Test
    void missingDevicesAreNamed() {
        assumeFalse(Files.exists(Path.of("/dev/video97")), "there is a /dev/video97");
        assertRefused("97", "/dev/video97 is not there: plug the camera in");
    }

    @Test
    void readsFromHttp() throws Exception {
        byte[] file = Files.readAllBytes(TestVideo.mp4(temp.resolve("a.mp4"), 30));
        HttpServer server = HttpServer.create(local(), 0);
        server.createContext(
                "/a.mp4",
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", "video/mp4");
                    exchange.sendResponseHeaders(200, file.length);
                    try (var out = exchange.getResponseBody()) {
                        out.write(file);
                    } catch (IOException e) {
                        // The client closes when it has seen enough.
                    }
                });
        server.start();
        String host = "http://me:s3cret@127.0.0.1:" + server.getAddress().getPort();
        try (FrameSource source = sources.open(host + "/a.mp4", "x")) {
            assertThat(count(source)).isEqualTo(30);
            assertThat(source.frameCount()).isEqualTo(30);
        }
        assertRefused(host + "/b.mp4", "has no such picture or stream");
        server.stop(0);
        assertRefused(host + "/a.mp4", "cannot be reached");
    }

    @Test
    @Timeout(30)
    void silentServerIsNoticed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            assertRefused("rtsp://127.0.0.1:" + silent.getLocalPort() + "/x", "");
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                    .isBetween(5L, 10L);
        }
    }

    @Test
    void stoppingEndsABlockedOpen() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread reader =
                    new Thread(
                            () -> {
                                try {
                                    sources.open(
                                            "http://127.0.0.1:" + silent.getLocalPort() + "/x",
                                            "x");
                                } catch (FrameSourceException e) {
                                    failure.complete(e);
                                }
                            });
            reader.start();
            silent.accept();
            long start = System.nanoTime();
            sources.stop();
            assertThat(failure.get(3, TimeUnit.SECONDS)).hasMessageContaining("closed");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(3000);
        }
    }

    @Test
    void closingEndsABlockedNext() throws Exception {
        byte[] jpegs = Files.readAllBytes(TestVideo.mjpeg(temp.resolve("a.mjpeg"), 100));
        AtomicBoolean silent = new AtomicBoolean();
        HttpServer server = HttpServer.create(local(), 0);
        server.createContext(
                "/live",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    while (!silent.get()) {
                        exchange.getResponseBody().write(jpegs);
                        exchange.getResponseBody().flush();
                    }
                });
        server.start();
        FrameSource source =
                sources.open("http://127.0.0.1:" + server.getAddress().getPort() + "/live", "x");
        assertThat(source.next()).isPresent();
        assertThat(source.frameCount()).isZero();
        silent.set(true);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread reader =
                new Thread(
                        () -> {
                            try {
                                count(source);
                                failure.complete(null);
                            } catch (FrameSourceException e) {
                                failure.complete(e);
                            }
                        });
        reader.start();
        waitUntilBlocked(source, failure);
        long start = System.nanoTime();
        source.close();
        assertThat(failure.get(3, TimeUnit.SECONDS)).hasMessageContaining("closed");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(3000);
        server.stop(0);
        assertThatThrownBy(source::next).isInstanceOf(FrameSourceException.class);
    }

    @Test
    void manyOpenAndCloseLeaveNoNativeMemory() throws Exception {
        String file = TestVideo.mp4(temp.resolve("a.mp4"), 20).toString();
        String bad = Files.writeString(temp.resolve("bad.mp4"), "x".repeat(5000)).toString();
        for (int i = 0; i < 20; i++) {
            readSome(file, bad);
        }
        System.gc();
        long bytes = Pointer.totalBytes();
        long physical = Pointer.physicalBytes();
        for (int i = 0; i < 60; i++) {
            readSome(file, bad);
        }
        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(bytes);
        assertThat(Pointer.physicalBytes() - physical).isLessThan(40_000_000);
    }

    @Test
    void stoppingAndStartingAgainManyTimesWorks() throws Exception {
        String file = TestVideo.mp4(temp.resolve("a.mp4"), 5).toString();
        for (int i = 0; i < 25; i++) {
            FrameSources again = new FrameSources("");
            try (FrameSource source = again.open(file, "x")) {
                assertThat(count(source)).isEqualTo(5);
            }
            again.stop();
        }
    }

    /** Until no frame comes any more. */
    private static void waitUntilBlocked(FrameSource source, CompletableFuture<?> failure) {
        long seen = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(500)) {
            if (source.positionMillis() != seen) {
                seen = source.positionMillis();
                since = System.nanoTime();
            }
            assertThat(failure).isNotDone();
        }
    }

    private void readSome(String file, String bad) throws FrameSourceException {
        try (FrameSource source = sources.open(file, "x")) {
            source.next();
            source.next();
        }
        assertRefused(bad, "no video");
    }

    private void assertRefused(String location, String words) {
        assertThatThrownBy(() -> sources.open(location, "x"))
                .isInstanceOf(FrameSourceException.class)
                .hasMessageContaining(words)
                .message()
                .doesNotContain("s3cret");
    }

    static InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static int count(FrameSource source) throws FrameSourceException {
        int frames = 0;
        for (Optional<Frame> f = source.next(); f.isPresent(); f = source.next()) {
            frames++;
        }
        return frames;
    }
}
