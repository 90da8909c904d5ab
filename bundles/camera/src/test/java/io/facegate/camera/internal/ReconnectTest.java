// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static io.facegate.camera.internal.TestCamera.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.PixelAspect;
import io.facegate.testing.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Each kind of stream is lost and opened again as a camera's thread does it, and leaves nothing
 * behind: a few times, or as often as {@code facegate.reconnects} says ({@code ./facegate test
 * reconnects}), then with a look at memory.
 */
class ReconnectTest {
    private static final int TIMES = Integer.getInteger("facegate.reconnects", 3);

    /** From so many on a leak of 160 kB each is more than warm caches differ by. */
    private static final int FOR_MEMORY = 100;

    private static final int WARM = TIMES < FOR_MEMORY ? 2 : 150;
    private static final long SWING_KB = 16_384;
    private static final int FRAMES_BEFORE_LOSS = 3;
    private static final int SILENCE_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(300L + 4L * TIMES);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n";

    private final FrameSources sources = new FrameSources("");
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger sinceOpened = new AtomicInteger();
    @TempDir Path temp;

    /** What a server does when a camera's frames have come. */
    private interface Loss {
        void happen() throws IOException;
    }

    @AfterEach
    void stop() {
        sources.stop();
    }

    @Test
    void fileThatStartsOver() throws Exception {
        Path file = TestVideo.mp4(temp.resolve("a.mp4"), FRAMES_BEFORE_LOSS);
        reconnect("file", file.toString(), network(SILENCE_MILLIS, ""), () -> {});
    }

    @Test
    void motionJpeg() throws Exception {
        byte[] jpeg = TestPictures.jpeg(100);
        try (TestCamera camera =
                new TestCamera(
                        (request, out) -> {
                            write(out, OK.formatted("multipart/x-mixed-replace;boundary=x"));
                            for (int i = 0; i < FRAMES_BEFORE_LOSS; i++) {
                                write(out, "--x\r\n\r\n");
                                out.write(jpeg);
                            }
                        })) {
            reconnect("MJPEG", camera.url("/"), network(SILENCE_MILLIS, ""), () -> {});
        }
    }

    @Test
    void snapshots() throws Exception {
        sources.pictures = new TestPictures();
        byte[] jpeg = TestPictures.jpeg(100);
        try (TestCamera camera =
                new TestCamera(
                        false,
                        (request, out) -> {
                            if (sinceOpened.get() < FRAMES_BEFORE_LOSS) {
                                write(out, "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n");
                                write(out, "Content-Length: " + jpeg.length + "\r\n\r\n");
                                out.write(jpeg);
                            } else {
                                write(out, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
                            }
                        })) {
            reconnect("snapshots", camera.url("/"), network(SILENCE_MILLIS / 3, ""), () -> {});
        }
    }

    @Test
    void streamByHttp() throws Exception {
        byte[] stream = transportStream();
        try (TestCamera camera =
                new TestCamera(
                        (request, out) -> {
                            write(out, OK.formatted("video/mp2t"));
                            out.write(stream);
                        })) {
            reconnect("TS by HTTP", camera.url("/"), network(SILENCE_MILLIS, ""), () -> {});
        }
    }

    @Test
    void streamByTcp() throws Exception {
        byte[] stream = transportStream();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread camera = new Thread(() -> sendToAll(server, stream));
            camera.setDaemon(true);
            camera.start();
            reconnect(
                    "TS by TCP",
                    "tcp://127.0.0.1:" + server.getLocalPort(),
                    network(SILENCE_MILLIS, ""),
                    () -> {});
        }
    }

    private static void sendToAll(ServerSocket server, byte[] stream) {
        while (!server.isClosed()) {
            try (Socket player = server.accept()) {
                player.getOutputStream().write(stream);
            } catch (IOException e) {
                // The player, or the server, is closed.
            }
        }
    }

    @Test
    void rtspByTcp() throws Exception {
        try (RtspServer server = new RtspServer(transportStream())) {
            reconnect(
                    "RTSP by TCP",
                    server.url("me:s3cret@"),
                    network(SILENCE_MILLIS, "tcp"),
                    server::hangUp);
        }
    }

    @Test
    void rtspByUdp() throws Exception {
        try (RtspServer server = new RtspServer(transportStream())) {
            reconnect(
                    "RTSP by UDP",
                    server.url("me:s3cret@"),
                    network(SILENCE_MILLIS, "udp"),
                    server::hangUp);
        }
    }

    private byte[] transportStream() throws Exception {
        return Files.readAllBytes(TestVideo.transportStream(temp.resolve("a.ts"), 100));
    }

    private static SourceSettings network(int silenceMillis, String transport) {
        return new SourceSettings(
                0,
                0,
                100,
                0,
                1000,
                false,
                PixelAspect.AUTO,
                new SourceSettings.Network(silenceMillis, true, transport, Map.of()),
                BoardSettings.DEFAULT);
    }

    private void reconnect(String kind, String location, SourceSettings settings, Loss loss)
            throws Exception {
        CaptureLoop loop =
                new CaptureLoop(
                        "front",
                        location,
                        interrupt -> {
                            opened.incrementAndGet();
                            sinceOpened.set(0);
                            return sources.open(
                                    SourceAddress.of(location), settings, "front", interrupt);
                        },
                        new CaptureLoop.Play(true, false, 1),
                        () -> List.of(frame -> lose(loss)),
                        true);
        loop.start();
        try {
            Await.until(kind + " opened", PATIENCE, () -> opened.get() > WARM);
            Use before = Use.now();
            Await.until(kind + " opened again", PATIENCE, () -> opened.get() > WARM + TIMES);
            Use after = Use.now();
            System.out.printf("%4d reconnects, %-11s  %s; %s%n", TIMES, kind, before, after);
            assertThat(after.files).as(kind).isLessThanOrEqualTo(before.files + Use.AT_WORK);
            assertThat(after.threads).as(kind).isLessThanOrEqualTo(before.threads + Use.AT_WORK);
            if (TIMES >= FOR_MEMORY) {
                assertThat(after.residentKb).as(kind).isLessThan(before.residentKb + SWING_KB);
            }
        } finally {
            loop.stop();
        }
        assertThat(loop.status().frames()).isGreaterThan(TIMES);
    }

    private void lose(Loss loss) {
        if (sinceOpened.incrementAndGet() == FRAMES_BEFORE_LOSS) {
            try {
                loss.happen();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What the process holds. */
    private record Use(long files, long threads, long residentKb) {
        /** What one connection takes at either end, as it is looked at in the middle of one. */
        static final long AT_WORK = 8;

        static Use now() throws IOException {
            if (TIMES >= FOR_MEMORY) {
                fillYoungGeneration();
            }
            System.gc();
            try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
                return new Use(files.count(), status("Threads"), status("VmRSS"));
            }
        }

        /** Or its pages become resident one by one, for the first thousand connections. */
        private static void fillYoungGeneration() {
            long before = collections();
            for (long kept = 0; collections() == before; kept += new byte[1 << 16].length) {
                assertThat(kept).isLessThan(Runtime.getRuntime().maxMemory());
            }
        }

        private static long collections() {
            return ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                    .sum();
        }

        private static long status(String what) throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(what + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public String toString() {
            return files + " files, " + threads + " threads, " + residentKb / 1024 + " MB";
        }
    }
}
