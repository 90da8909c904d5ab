// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.Camera;
import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.frame.Frame;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.testing.Await;
import io.facegate.testing.Machine;
import io.facegate.testing.Mosquitto;
import io.facegate.testing.Program;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every bundle but the api is updated and restarted ten times while the clip plays in a loop: the
 * stream goes on, the counters add up, nothing is logged as an error, and no thread and no native
 * memory is left.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HotSwapIT {
    private static final int TIMES = 10;

    /**
     * Resident memory swings by some 35 MB as the heap grows and shrinks; the smallest model that
     * is loaded natively, left over in each of 16 loads, would be 140 MB.
     */
    private static final long LEAK_KILOBYTES = 80_000;

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir static Path folder;
    private static GatewayFramework gateway;
    private static Frames frames;
    private static Mosquitto mosquitto;
    private static int brokerPort;

    @BeforeAll
    static void play() throws Exception {
        Path clip = SharedData.file("photos/peer/examples/short_hamilton_clip.mp4");
        mosquitto = new Mosquitto(folder);
        gateway = new GatewayFramework(folder.resolve("data"));
        frames = new Frames(gateway);
        gateway.configure("io.facegate.mqtt", Map.of("brokerUrl", mosquitto.url()));
        brokerPort = Machine.freePort();
        gateway.configure(
                "io.facegate.broker",
                Map.of("port", brokerPort, "user", "anna", ".password", "secret"));
        gateway.configure("io.facegate.display", Map.of("output", "headless"));
        gateway.configure(
                "io.facegate.camera~swap",
                Map.of("camera.id", "swap", "location", clip.toString(), "loop", true));
        frames.await();
    }

    @AfterAll
    static void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
            mosquitto.close();
        }
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(
            strings = {
                "io.facegate.camera",
                "io.facegate.video",
                "io.facegate.picture",
                "io.facegate.detector",
                "io.facegate.encoder",
                "io.facegate.tracker",
                "io.facegate.store",
                "io.facegate.outbox",
                "io.facegate.exchange",
                "io.facegate.deploy",
                "io.facegate.backup",
                "io.facegate.erasure",
                "io.facegate.matcher",
                "io.facegate.quality",
                "io.facegate.sightings",
                "io.facegate.pipeline",
                "io.facegate.display",
                "io.facegate.console",
                "io.facegate.command",
                "io.facegate.control",
                "io.facegate.guard",
                "io.facegate.shell",
                "io.facegate.watchdog",
                "io.facegate.mqtt",
                "io.facegate.mqtt.commands",
                "io.facegate.mqtt.compat",
                "io.facegate.broker",
                "io.facegate.model",
                "io.facegate.model.dlib-resnet",
                "io.facegate.model.dlib-landmarks5",
                "io.facegate.model.dlib-mmod",
                "io.facegate.onnx",
                "io.facegate.model.onnx-resnet",
                "io.facegate.model.onnx-mmod",
                "io.facegate.dlib"
            })
    void theStreamGoesOnAfterTenUpdatesOf(String symbolicName) throws Exception {
        Bundle bundle = gateway.bundle(symbolicName);
        for (int i = 0; i < 2; i++) {
            cycle(bundle);
            frames.await();
        }
        Resources before = Resources.measure(gateway);
        for (int i = 2; i < TIMES; i++) {
            cycle(bundle);
            frames.await();
        }
        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(frames.failed()).as("frames that failed").isZero();
        before.assertNothingLeft(gateway);
        assertThat(gateway.errors()).isEmpty();
        assertThat(gateway.complaints()).isEmpty();
    }

    private static void cycle(Bundle bundle) throws Exception {
        gateway.update(bundle);
        bundle.stop();
        bundle.start();
    }

    @Test
    @Order(2)
    void theEmbeddedBrokerLetsItsUserInWithMqtt5() throws Exception {
        Await.until("the broker", DEADLINE, () -> publishOverMqtt5("secret") == 0);
        assertThat(publishOverMqtt5("wrong")).isNotZero();
    }

    private static int publishOverMqtt5(String password) throws Exception {
        try (Program client =
                Program.start(
                        Machine.program("mosquitto_pub"),
                        "-V",
                        "5",
                        "-p",
                        Integer.toString(brokerPort),
                        "-u",
                        "anna",
                        "-P",
                        password,
                        "-q",
                        "1",
                        "-t",
                        "t",
                        "-m",
                        "m")) {
            return client.awaitExit(DEADLINE);
        }
    }

    @Test
    @Order(2)
    void commandsGoAndComeWhileTheConnectionStays() throws Exception {
        Bundle commands = gateway.bundle("io.facegate.mqtt.commands");
        try (Program heard = mosquitto.subscribe("#")) {
            String online = heard.awaitOut(line -> line.endsWith("/available online"), DEADLINE);
            String topic = online.substring(0, online.indexOf("/available"));
            awaitTold(heard, topic, true);
            commands.stop();
            awaitTold(heard, topic, false);
            commands.start();
            awaitTold(heard, topic, true);
            gateway.update(commands);
            awaitTold(heard, topic, true);
            assertThat(heard.out().stream().filter(line -> line.contains("/available ")))
                    .containsExactly(online);
        }
    }

    /** Asks until a command is answered, or until one is not that came before a later message. */
    private static void awaitTold(Program heard, String topic, boolean answered) throws Exception {
        Await.until(
                answered ? "answer" : "command without an answer",
                DEADLINE,
                () -> {
                    String id = "r" + heard.out().size();
                    long discoveries = discoveries(heard);
                    mosquitto.publish(topic + "/cmd/status", "{\"request_id\":\"" + id + "\"}");
                    mosquitto.publish("homeassistant/status", "online");
                    Await.until(
                            "discovery sent again",
                            DEADLINE,
                            () -> discoveries(heard) > discoveries);
                    boolean reply =
                            heard.out().stream().anyMatch(l -> l.contains("/reply/" + id + " "));
                    return reply == answered;
                });
    }

    private static long discoveries(Program heard) {
        return heard.out().stream()
                .filter(line -> line.startsWith("homeassistant/device/"))
                .count();
    }

    /** Recognition is started anew, without the stage that does not come back; nothing else is. */
    @Test
    @Order(2)
    void aStageThatHangsIsLeftToItself() throws Exception {
        Camera camera = gateway.service(Camera.class);
        long before = camera.status().frames();
        gateway.configure("io.facegate.watchdog", Map.of("frameSeconds", 2));
        HangingDetector detector = new HangingDetector();
        ServiceRegistration<FaceDetector> registration =
                gateway.context()
                        .registerService(
                                FaceDetector.class,
                                detector,
                                FrameworkUtil.asDictionary(
                                        Map.of(
                                                FaceDetector.METHOD,
                                                "hog",
                                                Constants.SERVICE_RANKING,
                                                1000)));
        try {
            Await.until("a frame that hangs", DEADLINE, () -> detector.hanging() > 0);
            registration.unregister();
            Await.until("news of the watchdog", DEADLINE, () -> watchdog().contains("anew"));
            frames.await();
            assertThat(gateway.service(Camera.class)).isSameAs(camera);
            assertThat(camera.status().frames()).isGreaterThan(before);
        } finally {
            detector.goOn();
        }
    }

    private static String watchdog() throws Exception {
        return gateway.context().getServiceReferences(ConditionSource.class, null).stream()
                .flatMap(ref -> gateway.context().getService(ref).conditions().stream())
                .filter(condition -> condition.part().equals("watchdog"))
                .map(Condition::message)
                .findFirst()
                .orElse("");
    }

    /** Does not come back from a frame until it is told to. */
    private static final class HangingDetector implements FaceDetector {
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger hanging = new AtomicInteger();

        int hanging() {
            return hanging.get();
        }

        void goOn() {
            end.countDown();
        }

        @Override
        public String method() {
            return "hog";
        }

        @Override
        public List<FaceDetection> detect(Frame frame, DetectionOptions options) {
            hanging.incrementAndGet();
            while (true) {
                try {
                    end.await();
                    return List.of();
                } catch (InterruptedException e) {
                    // as native code, which does not heed it
                }
            }
        }
    }

    @Test
    @Order(3)
    void everyBundleIsActiveAtTheEnd() {
        for (Bundle bundle : gateway.context().getBundles()) {
            assertThat(bundle.getState())
                    .as(bundle.toString())
                    .isEqualTo(
                            GatewayFramework.isFragment(bundle) ? Bundle.RESOLVED : Bundle.ACTIVE);
        }
    }

    /** Threads and native memory at one moment. */
    private record Resources(Map<String, Long> threads, long nativeBytes, long residentKilobytes) {
        static Resources measure(GatewayFramework gateway) throws Exception {
            System.gc();
            return new Resources(liveThreads(), nativeBytes(gateway), resident());
        }

        void assertNothingLeft(GatewayFramework gateway) throws Exception {
            Await.until(
                    "end of threads: " + threads + " before, " + liveThreads() + " now",
                    Duration.ofSeconds(15),
                    () -> liveThreads().equals(threads) ? Boolean.TRUE : null);
            Await.until(
                    "end of native memory: " + nativeBytes + " bytes before",
                    Duration.ofSeconds(15),
                    () -> {
                        System.gc();
                        return nativeBytes(gateway) <= nativeBytes + 8_000_000 ? true : null;
                    });
            Await.until(
                    "resident memory outside the heap as before: " + residentKilobytes + " kB",
                    Duration.ofSeconds(15),
                    () -> {
                        System.gc();
                        return resident() < residentKilobytes + LEAK_KILOBYTES ? true : null;
                    });
        }

        /**
         * Number of live threads by name, those of this project only, numbers in names left out.
         * The pool of the one MQTT link counts as one while it has no more than its 7 threads,
         * which Paho renames as they work.
         */
        private static Map<String, Long> liveThreads() {
            List<String> names =
                    Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
            long link = names.stream().filter(Resources::isOfLink).count();
            return Stream.concat(
                            names.stream().filter(name -> !isOfLink(name)),
                            Stream.generate(() -> "facegate-mqtt-link").limit((link + 6) / 7))
                    .filter(name -> name.startsWith("facegate-"))
                    .collect(
                            Collectors.groupingBy(
                                    name -> name.replaceAll("[0-9]+", "N"),
                                    TreeMap::new,
                                    Collectors.counting()));
        }

        private static boolean isOfLink(String name) {
            return name.startsWith("facegate-mqtt-link") || name.startsWith("MQTT ");
        }

        private static long nativeBytes(GatewayFramework gateway) throws Exception {
            return (long)
                    gateway.bundle("io.facegate.bytedeco")
                            .loadClass("org.bytedeco.javacpp.Pointer")
                            .getMethod("totalBytes")
                            .invoke(null);
        }

        /** Resident memory outside the Java heap, in kB. */
        private static long resident() throws Exception {
            List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
            return -Runtime.getRuntime().totalMemory() / 1024
                    + lines.stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElseThrow();
        }
    }
}
