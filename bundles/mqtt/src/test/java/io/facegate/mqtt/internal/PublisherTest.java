// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static io.facegate.mqtt.internal.Mosquitto.waitFor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;

import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.internal.fake.Gateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The publisher against a real Mosquitto, seen by a real mosquitto_sub. */
class PublisherTest {
    private static final String BASE = "facegate/pi-0001/";

    @TempDir private Path folder;
    private final Gateway gateway = new Gateway();
    private final List<PublisherLoop> loops = new ArrayList<>();

    @Test
    void publishesEverythingAboutAGatewayAndItsEvents() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Subscriber all = broker.subscribe("#");
            PublisherLoop loop = started(broker);
            waitFor(() -> loop.condition().level() == Level.OK);
            loop.add(Gateway.event(Type.NEW, "t1", 1, Gateway.alice(0.4)));
            loop.add(Gateway.event(Type.NEW, "t2", 2, Gateway.unknown()));
            waitFor(() -> all.on(BASE + "events").size() == 2);
            waitFor(() -> all.last(BASE + "front/unknown").equals("1"));
            assertThat(all.last(BASE + "available")).isEqualTo("online");
            assertThat(all.last(BASE + "front/present")).isEqualTo("Alice");
            assertThat(all.last(BASE + "front/person")).isEqualTo("1");
            assertThat(all.last(BASE + "front/occupancy")).isEqualTo("ON");
            assertThat(all.last(BASE + "person/" + Gateway.ALICE + "/state")).isEqualTo("front");
            assertThat(all.last(BASE + "person/" + Gateway.ALICE + "/attributes"))
                    .contains("\"name\":\"Alice\"");
            assertThat(all.on(BASE + "front/event").get(0).json().get("event_type").getAsString())
                    .isEqualTo("recognized");
            JsonObject event = all.on(BASE + "events").get(1).json();
            assertThat(event.get("buffered").getAsBoolean()).isFalse();
            assertThat(event.get("seq").getAsLong()).isEqualTo(2);
            for (String stage : List.of("capture", "detect", "encode", "match")) {
                assertThat(all.last(BASE + "front/status/" + stage)).isEqualTo("online");
            }
            JsonObject info = all.on(BASE + "info").get(0).json();
            assertThat(info.getAsJsonObject("model").get("id").getAsString())
                    .isEqualTo("dlib-resnet-v1");
            assertThat(info.getAsJsonArray("cameras").size()).isEqualTo(1);
            waitFor(() -> !all.on(BASE + "stats").isEmpty());

            loop.add(Gateway.event(Type.END, "t1", 3, Gateway.alice(0.4)));
            loop.add(Gateway.event(Type.END, "t2", 4, Gateway.unknown()));
            waitFor(() -> all.last(BASE + "front/present").equals("nobody"));
            waitFor(() -> all.last(BASE + "front/occupancy").equals("OFF"));
            waitFor(() -> all.last(BASE + "person/" + Gateway.ALICE + "/state").equals("away"));
            long start = System.nanoTime();
            loop.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(4));
            waitFor(() -> all.last(BASE + "available").equals("stopped"));
            assertThat(ownThreads()).isEmpty();
        }
    }

    @Test
    void retainsStatesAndNotEvents() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            PublisherLoop loop = started(broker);
            Subscriber first = broker.subscribe("#");
            loop.add(Gateway.event(Type.NEW, "t1", 1, Gateway.alice(0.4)));
            waitFor(() -> first.last(BASE + "front/present").equals("Alice"));
            loop.stop();
            Subscriber late = broker.subscribe("#");
            waitFor(() -> late.last(BASE + "available").equals("stopped"));
            waitFor(() -> !late.last("homeassistant/device/facegate-pi-0001/config").isEmpty());
            waitFor(() -> late.last(BASE + "front/present").equals("Alice"));
            assertThat(late.on(BASE + "events")).isEmpty();
            assertThat(late.on(BASE + "front/event")).isEmpty();
            assertThat(late.all()).allMatch(Subscriber.Received::retained);
        }
    }

    @Test
    void deliversEverythingInOrderAfterTheBrokerDiedAndRestoresItsStates() throws Exception {
        gateway.outbox = Optional.of(new Gateway.FakeOutbox());
        losesNothing();
        assertThat(gateway.outbox.get().size()).isZero();
    }

    @Test
    void deliversEverythingInOrderWithoutAnOutboxToo() throws Exception {
        losesNothing();
    }

    private void losesNothing() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Subscriber before = broker.subscribe(BASE + "events");
            Subscriber stats = broker.subscribe(BASE + "stats");
            PublisherLoop loop = started(broker);
            waitFor(() -> loop.condition().level() == Level.OK);
            LongStream.rangeClosed(1, 20)
                    .forEach(i -> loop.add(Gateway.event(Type.NEW, "a" + i, i, Gateway.alice(.4))));
            waitFor(() -> before.on(BASE + "events").size() == 20);
            // what the broker did not acknowledge would come again, and rightly so
            waitFor(
                    () ->
                            !stats.on(BASE + "stats").isEmpty()
                                    && stats.last(BASE + "stats").contains("\"published\":20,"));
            broker.kill();
            waitFor(() -> loop.condition().level() == Level.DEGRADED);
            LongStream.rangeClosed(21, 170)
                    .forEach(i -> loop.add(Gateway.event(Type.NEW, "b" + i, i, Gateway.alice(.4))));
            broker.start();
            Subscriber after = broker.subscribe("#");
            waitFor(() -> after.on(BASE + "events").size() >= 150);
            waitFor(() -> loop.condition().level() == Level.OK);
            loop.add(Gateway.event(Type.NEW, "c", 171, Gateway.alice(.4)));
            waitFor(() -> after.last(BASE + "events").contains("\"seq\":171,"));
            List<JsonObject> events =
                    after.on(BASE + "events").stream().map(Subscriber.Received::json).toList();
            assertThat(events.stream().map(e -> e.get("seq").getAsLong()).toList())
                    .isEqualTo(LongStream.rangeClosed(21, 171).boxed().toList());
            assertThat(events.subList(0, 150)).allMatch(e -> e.get("buffered").getAsBoolean());
            assertThat(events.get(150).get("buffered").getAsBoolean()).isFalse();
            assertThat(events.get(0).get("timestamp").getAsString())
                    .isEqualTo("2026-11-23T20:00:01.623Z");
            List<String> order = after.all().stream().map(Subscriber.Received::topic).toList();
            assertThat(order.indexOf(BASE + "info"))
                    .isNotNegative()
                    .isLessThan(order.indexOf("homeassistant/device/facegate-pi-0001/config"));
            assertThat(order.indexOf(BASE + "available"))
                    .isGreaterThan(order.indexOf(BASE + "front/present"))
                    .isLessThan(order.indexOf(BASE + "events"));
            loop.stop();
            assertThat(ownThreads()).isEmpty();
        }
    }

    @Test
    void saysWhatToDoOnAWrongPassword() throws Exception {
        Path passwords = folder.resolve("passwords");
        Process hash =
                new ProcessBuilder(
                                "mosquitto_passwd", "-c", "-b", passwords.toString(), "anna", "x")
                        .inheritIO()
                        .start();
        assertThat(hash.waitFor()).isZero();
        passwords.toFile().setReadable(true, false);
        folder.toFile().setExecutable(true, false);
        try (Mosquitto broker =
                new Mosquitto(folder, "allow_anonymous false", "password_file " + passwords)
                        .start()) {
            PublisherLoop wrong =
                    new PublisherLoop(TestSettings.of(broker.url(), "anna", "y"), gateway);
            wrong.start();
            waitFor(() -> wrong.condition().level() == Level.FAILED);
            assertThat(wrong.condition().message())
                    .contains("refuses user anna", "check user and .password")
                    .doesNotContain("\"y\"");
            wrong.stop();
            PublisherLoop right =
                    new PublisherLoop(TestSettings.of(broker.url(), "anna", "x"), gateway);
            right.start();
            waitFor(() -> right.condition().level() == Level.OK);
            right.stop();
        }
    }

    @Test
    void saysWhatToDoWhenThereIsNoBroker() throws Exception {
        assertThat(trouble("tcp://127.0.0.1:" + Mosquitto.freePort())).contains("nothing listens");
        assertThat(trouble("tcp://no-such-host.invalid:1883")).contains("is not known");
        assertThat(trouble("http://127.0.0.1"))
                .contains("begins with tcp://, ssl://, ws:// or wss://");
        assertThat(trouble("tcp://me:secret@127.0.0.1"))
                .contains("user, .password")
                .doesNotContain("secret");
        try (Mosquitto plain = new Mosquitto(folder).start()) {
            assertThat(trouble("ssl://127.0.0.1:" + plain.port())).contains("TLS");
        }
        try (ServerSocket mute = new ServerSocket(0)) {
            assertThat(trouble("ssl://127.0.0.1:" + mute.getLocalPort()))
                    .contains("does not answer");
            assertThat(trouble("tcp://127.0.0.1:" + mute.getLocalPort()))
                    .contains("does not speak MQTT");
        }
    }

    @Test
    void leavesNoThreadBehindAtAServerThatHangsUpAtOnce() throws Exception {
        try (ServerSocket rude = new ServerSocket(0)) {
            Thread server =
                    new Thread(
                            () -> {
                                try {
                                    while (true) {
                                        rude.accept().close();
                                    }
                                } catch (IOException e) {
                                    // closed at the end of the test
                                }
                            });
            server.setDaemon(true);
            server.start();
            assertThat(trouble("tcp://127.0.0.1:" + rude.getLocalPort()))
                    .contains("closes the connection at once");
            assertThat(ownThreads()).isEmpty();
        }
    }

    @Test
    void stopsAtAnyMomentOfConnectingWithoutLeavingAThread() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            for (int millis = 0; millis < 600; millis += 40) {
                PublisherLoop loop = started(broker);
                Thread.sleep(millis);
                loop.stop();
                assertThat(ownThreads()).as("after %s ms", millis).isEmpty();
            }
        }
    }

    private String trouble(String url) {
        PublisherLoop loop = new PublisherLoop(TestSettings.of(url), gateway);
        loop.start();
        waitFor(() -> !loop.condition().message().startsWith("connecting"));
        long start = System.nanoTime();
        loop.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        return loop.condition().message();
    }

    @Test
    void keepsWhatWaitsInTheOutboxWhenItStopsWithoutABroker() throws Exception {
        Gateway.FakeOutbox outbox = new Gateway.FakeOutbox();
        gateway.outbox = Optional.of(outbox);
        PublisherLoop loop =
                new PublisherLoop(
                        TestSettings.of("tcp://127.0.0.1:" + Mosquitto.freePort()), gateway);
        loop.start();
        IntStream.range(0, 500)
                .forEach(i -> loop.add(Gateway.event(Type.NEW, "t" + i, i, Gateway.unknown())));
        loop.stop();
        assertThat(outbox.size()).isEqualTo(500);
        assertThat(outbox.oldest(1).get(0).topic()).isEqualTo("pi-0001/events");
        assertThat(outbox.oldest(1).get(0).payload()).contains("\"seq\":0,", "\"buffered\":true");
    }

    @Test
    void reportsEachChangeOfAConditionOnce() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Subscriber all = broker.subscribe(BASE + "errors");
            PublisherLoop loop = started(broker);
            waitFor(() -> loop.condition().level() == Level.OK);
            gateway.conditions.add(new Condition("camera/front", Level.FAILED, "lost 1"));
            waitFor(() -> all.on(BASE + "errors").size() == 1);
            gateway.conditions.set(0, new Condition("camera/front", Level.FAILED, "lost 2"));
            gateway.conditions.add(new Condition("store", Level.DEGRADED, "disk nearly full"));
            waitFor(() -> all.last(BASE + "errors").contains("\"stage\":\"store\""));
            assertThat(all.on(BASE + "errors")).hasSize(2);
            assertThat(all.on(BASE + "errors").get(0).payload())
                    .startsWith("{\"code\":\"failed\",\"stage\":\"camera/front\",\"message\":");
            loop.stop();
        }
    }

    @Test
    void whatHappensNowPassesWhatWaitsButNotOnItsOwnTrack() throws Exception {
        gateway.outbox = Optional.of(new Gateway.FakeOutbox());
        try (Mosquitto broker = new Mosquitto(folder)) {
            MqttSettings s = TestSettings.of(broker.url());
            MqttSettings.Limits slow = new MqttSettings.Limits(1, 1000, 10, 0, 0);
            PublisherLoop loop =
                    new PublisherLoop(
                            new MqttSettings(
                                    s.broker(),
                                    s.topics(),
                                    s.version(),
                                    s.discoveryPrefix(),
                                    slow,
                                    s.people(),
                                    Optional.empty()),
                            gateway);
            loops.add(loop);
            loop.start();
            for (int i = 1; i <= 20; i++) {
                loop.add(Gateway.event(Type.NEW, "old" + i, i, Gateway.alice(0.4)));
            }
            waitFor(() -> gateway.outbox.get().size() == 20);
            broker.start();
            Subscriber events = broker.subscribe(BASE + "events");
            waitFor(() -> !events.on(BASE + "events").isEmpty());
            loop.add(Gateway.event(Type.END, "old20", 21, Gateway.alice(0.4)));
            loop.add(Gateway.event(Type.NEW, "new", 22, Gateway.alice(0.4)));
            waitFor(() -> events.on(BASE + "events").size() == 22);
            List<Long> order =
                    events.on(BASE + "events").stream()
                            .map(r -> r.json().get("seq").getAsLong())
                            .toList();
            assertThat(order.indexOf(22L)).as("order %s", order).isLessThan(order.indexOf(20L));
            assertThat(order.stream().filter(seq -> seq != 22).toList())
                    .isEqualTo(LongStream.rangeClosed(1, 21).boxed().toList());
            assertThat(events.on(BASE + "events"))
                    .allMatch(
                            r ->
                                    r.json().get("buffered").getAsBoolean()
                                            != (r.json().get("seq").getAsLong() == 22));
        }
    }

    @Test
    void whatABrokerLostIsSentAgainAndNothingElse() throws Exception {
        gateway.outbox = Optional.of(new Gateway.FakeOutbox());
        String mark = BASE + "events/mark";
        try (Mosquitto broker =
                new Mosquitto(
                                folder,
                                "allow_anonymous true",
                                "persistence true",
                                "persistence_location " + folder + "/",
                                "user " + System.getProperty("user.name"))
                        .start()) {
            MqttSettings s = TestSettings.of(broker.url());
            PublisherLoop loop =
                    new PublisherLoop(
                            new MqttSettings(
                                    s.broker(),
                                    s.topics(),
                                    s.version(),
                                    s.discoveryPrefix(),
                                    new MqttSettings.Limits(1, 1000, 0, 0, 2400),
                                    Optional.of(folder.resolve("mqtt.people")),
                                    Optional.empty()),
                            gateway);
            loops.add(loop);
            loop.start();
            Subscriber before = broker.subscribe(BASE + "#");
            loop.add(Gateway.event(Type.NEW, "a", 1, Gateway.alice(0.4)));
            waitFor(() -> !before.on(mark).isEmpty());
            String first = before.last(mark);
            broker.stop();
            broker.start();
            Subscriber saved = broker.subscribe(BASE + "#");
            waitFor(() -> loop.condition().level() == Level.OK);
            loop.add(Gateway.event(Type.NEW, "b", 2, Gateway.alice(0.4)));
            waitFor(() -> !saved.last(mark).isEmpty() && !saved.last(mark).equals(first));
            assertThat(saved.on(BASE + "events")).as("nothing was lost").hasSize(1);
            broker.kill();
            broker.start();
            Subscriber after = broker.subscribe(BASE + "#");
            waitFor(() -> !after.on(BASE + "events").isEmpty());
            loop.add(Gateway.event(Type.END, "b", 3, Gateway.alice(0.4)));
            waitFor(() -> after.on(BASE + "events").size() == 2);
            assertThat(after.on(BASE + "events").get(0).json().get("seq").getAsLong()).isEqualTo(2);
            assertThat(after.on(BASE + "events"))
                    .extracting(r -> r.json().get("repeated").getAsBoolean())
                    .containsExactly(true, false);
            assertThat(after.on(BASE + "events").get(0).json().get("buffered").getAsBoolean())
                    .isTrue();
            waitFor(() -> after.on(BASE + "front/event").size() == 1);
            assertThat(after.last(BASE + "front/event")).contains("\"seq\":3");
        }
    }

    @Test
    void saysThatItIsThereAfterEverythingElse() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Subscriber all = broker.subscribe("#");
            gateway.started = false;
            PublisherLoop loop = started(broker);
            waitFor(() -> loop.condition().message().startsWith("connecting"));
            loop.add(Gateway.event(Type.NEW, "t1", 1, Gateway.alice(0.4)));
            gateway.started = true;
            waitFor(() -> all.last(BASE + "available").equals("online"));
            waitFor(() -> !all.on(BASE + "events").isEmpty());
            List<String> topics = all.all().stream().map(Subscriber.Received::topic).toList();
            List<String> before = topics.subList(0, topics.indexOf(BASE + "available"));
            assertThat(before)
                    .contains(
                            BASE + "info",
                            BASE + "model/state",
                            BASE + "front/present",
                            BASE + "front/occupancy",
                            BASE + "front/status/capture",
                            BASE + "person/" + Gateway.ALICE + "/state",
                            "homeassistant/device/facegate-pi-0001/config")
                    .doesNotContain(BASE + "events");
        }
    }

    @Test
    void saysThatItIsThereAgainWhenAnOldWillLands() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            broker.publish(BASE + "available", "offline", "-r");
            Subscriber available = broker.subscribe(BASE + "available");
            PublisherLoop loop = started(broker);
            waitFor(() -> available.last(BASE + "available").equals("online"));
            broker.publish(BASE + "available", "offline", "-r");
            waitFor(() -> available.on(BASE + "available").size() == 4);
            loop.stop();
            waitFor(() -> available.last(BASE + "available").equals("stopped"));
            assertThat(available.on(BASE + "available"))
                    .extracting(Subscriber.Received::payload)
                    .containsExactly("offline", "online", "offline", "online", "stopped");
        }
    }

    @Test
    void announcesItselfAgainWhenHomeAssistantStarts() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            String topic = "homeassistant/device/facegate-pi-0001/config";
            Subscriber all = broker.subscribe("homeassistant/#");
            PublisherLoop loop = started(broker);
            waitFor(() -> loop.condition().level() == Level.OK);
            int before = all.on(topic).size();
            broker.publish("homeassistant/status", "online");
            waitFor(() -> all.on(topic).size() > before);
            JsonObject config = all.on(topic).get(0).json();
            JsonObject components = config.getAsJsonObject("components");
            assertThat(components.keySet())
                    .containsExactlyInAnyOrder(
                            "connection",
                            "front_connection",
                            "front_event",
                            "front_occupancy",
                            "problem",
                            "waiting",
                            "front_present",
                            "front_person",
                            "front_unknown",
                            "front_enabled",
                            "front_recognize",
                            "front_fps",
                            "front_latency",
                            "memory");
            for (String id : components.keySet()) {
                JsonObject component = components.getAsJsonObject(id);
                assertThat(component.has("platform")).isTrue();
                assertThat(component.has("unique_id")).isTrue();
                assertThat(component.has("state_topic")).isTrue();
            }
            assertThat(config.has("device")).isTrue();
            assertThat(config.has("origin")).isTrue();
            assertThat(config.toString()).contains("value == 'online'");
            JsonObject latency = components.getAsJsonObject("front_latency");
            assertThat(latency.get("state_topic").getAsString()).isEqualTo(BASE + "stats");
            assertThat(latency.get("entity_category").getAsString()).isEqualTo("diagnostic");
            assertThat(latency.get("expire_after").getAsInt()).isGreaterThan(3);
            loop.stop();
        }
    }

    @Test
    void saysOfflineByTheWillWhenTheProcessIsKilled() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Subscriber all = broker.subscribe(BASE + "available");
            Process child =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    KilledPublisher.class.getName(),
                                    broker.url())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("child.txt").toFile())
                            .start();
            try {
                waitFor(() -> all.last(BASE + "available").equals("online"));
            } finally {
                child.destroyForcibly().waitFor();
            }
            waitFor(() -> all.last(BASE + "available").equals("offline"));
            Subscriber late = broker.subscribe(BASE + "available");
            waitFor(() -> late.last(BASE + "available").equals("offline"));
            assertThat(Files.readString(folder.resolve("child.txt"))).doesNotContain("Exception");
        }
    }

    @Test
    void leavesNoThreadAfterTenRestartsUnderEvents() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Subscriber all = broker.subscribe(BASE + "events");
            gateway.outbox = Optional.of(new Gateway.FakeOutbox());
            long sequence = 0;
            for (int i = 0; i < 10; i++) {
                PublisherLoop loop = started(broker);
                for (int j = 0; j < 30; j++) {
                    sequence++;
                    loop.add(Gateway.event(Type.NEW, "t" + sequence, sequence, Gateway.alice(0.4)));
                }
                if (i % 2 == 0) {
                    waitFor(() -> loop.condition().level() == Level.OK);
                }
                loop.stop();
                waitFor(() -> ownThreads().isEmpty());
            }
            PublisherLoop last = started(broker);
            waitFor(() -> last.condition().level() == Level.OK);
            waitFor(() -> gateway.outbox.get().size() == 0);
            last.stop();
            long expected = sequence;
            waitFor(() -> all.on(BASE + "events").size() >= expected);
            assertThat(
                            all.on(BASE + "events").stream()
                                    .map(r -> r.json().get("seq").getAsLong())
                                    .toList())
                    .isEqualTo(LongStream.rangeClosed(1, sequence).boxed().toList());
        }
    }

    private PublisherLoop started(Mosquitto broker) {
        PublisherLoop loop = new PublisherLoop(TestSettings.of(broker.url()), gateway);
        loops.add(loop);
        loop.start();
        return loop;
    }

    /** A test that fails leaves no thread for the next one to find. */
    @AfterEach
    void stopAll() {
        loops.forEach(PublisherLoop::stop);
    }

    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("MQTT ") || name.startsWith("facegate-mqtt"))
                .toList();
    }
}
