// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.Await;
import io.facegate.testing.Distribution;
import io.facegate.testing.Machine;
import io.facegate.testing.Program;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A gateway's memory stays where it is: after thousands of frames as fast as they come, and, when
 * asked with {@code facegate.soak.minutes}, over minutes of a stream in real time.
 */
class SoakIT {
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration FRAMES = Duration.ofSeconds(900);
    private static final long MEGABYTE = 1 << 20;

    /** What a gateway may take with HOG and the default encoder. */
    private static final long LARGEST = 350 * MEGABYTE;

    /** Warm caches differ by a few megabytes; a leak of 20 kB for each frame is 30 MB. */
    private static final long SWING = 16 * MEGABYTE;

    private static final int WARM_FRAMES = 500;
    private static final int FRAMES_UNDER_TEST = 1500;

    @TempDir Path data;
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void framesAsFastAsTheyComeLeaveNoMemoryBehind() throws Exception {
        try (Running gateway =
                new Running("realTime=B\"false\"\nwidth=I\"320\"\nheight=I\"180\"\n")) {
            gateway.awaitFrames(WARM_FRAMES);
            long before = gateway.residentAfterCollection();
            gateway.awaitFrames(WARM_FRAMES + FRAMES_UNDER_TEST);
            Await.until(
                    "memory as before: " + before / MEGABYTE + " MB resident",
                    Duration.ofSeconds(30),
                    () -> gateway.residentAfterCollection() <= before + SWING);
            assertThat(gateway.resident()).isLessThan(LARGEST);
        }
    }

    @Test
    void memoryIsFlatOverMinutes() throws Exception {
        int minutes = Integer.getInteger("facegate.soak.minutes", 0);
        Assumptions.assumeTrue(minutes > 0, "skipped: runs with './facegate test soak [MINUTES]'");
        try (Running gateway = new Running("")) {
            gateway.awaitFrames(1);
            List<Long> curve = gateway.curve(Duration.ofMinutes(minutes));
            int third = curve.size() / 3;
            long middle = median(curve.subList(third, 2 * third));
            long end = median(curve.subList(2 * third, curve.size()));
            assertThat(end).as("median of the last third, bytes").isLessThan(middle + SWING);
            assertThat(curve).allMatch(resident -> resident < LARGEST);
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    /** A gateway that plays the sample footage over and over. */
    private final class Running implements AutoCloseable {
        private final URI metrics;
        private final Program gateway;

        Running(String camera) throws IOException {
            int port = Machine.freePort();
            metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
            Path demo = Distribution.folder().resolve("demo/demo.mp4");
            Files.createDirectories(data.resolve("conf"));
            Files.writeString(
                    data.resolve("conf/io.facegate.camera-cam.config"),
                    "camera.id=\"cam\"\nlocation=\"%s\"\nloop=B\"true\"\n%s"
                            .formatted(demo.toString().replace("=", "\\="), camera));
            gateway =
                    Gateway.run(
                            data,
                            "--port",
                            Integer.toString(port),
                            "--broker-port",
                            Integer.toString(Machine.freePort()));
        }

        void awaitFrames(int count) throws Exception {
            Await.until(count + " frames", START.plus(FRAMES), () -> frames() >= count);
        }

        /** Frames that went through recognition. */
        private long frames() throws InterruptedException {
            try {
                return client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("facegate_frames_accepted_total{"))
                        .mapToLong(SoakIT::value)
                        .sum();
            } catch (IOException e) {
                assertThat(gateway.isAlive()).as(gateway.transcript()).isTrue();
                return 0; // the console is not up yet
            }
        }

        long resident() throws IOException {
            return 1024
                    * Files.readAllLines(Path.of("/proc/" + gateway.pid() + "/status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElseThrow();
        }

        long residentAfterCollection() throws Exception {
            String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            Program collection = Program.start(jcmd, Long.toString(gateway.pid()), "GC.run");
            assertThat(collection.awaitExit(START)).as(collection.transcript()).isZero();
            return resident();
        }

        /** Resident memory every ten seconds, told as it goes. */
        List<Long> curve(Duration duration) throws Exception {
            List<Long> curve = new ArrayList<>();
            long start = System.nanoTime();
            while (System.nanoTime() - start < duration.toNanos()) {
                TimeUnit.SECONDS.sleep(10); // the interval of the curve, not a wait for something
                curve.add(resident());
                System.out.printf(
                        "%4d s  %4d MB resident  %d frames%n",
                        (System.nanoTime() - start) / 1_000_000_000,
                        resident() / MEGABYTE,
                        frames());
            }
            return curve;
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    private static long value(String sample) {
        return (long) Double.parseDouble(sample.substring(sample.lastIndexOf(' ') + 1));
    }
}
