// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static io.facegate.mqtt.internal.Mosquitto.waitFor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.mqtt.internal.fake.Gateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What a real Mosquitto retains of a person who is erased. */
class PersonErasureTest {
    private static final String BASE = "facegate/pi-0001/";
    private static final String TOPICS = BASE + "person/" + Gateway.ALICE;
    private static final Person ALICE = new Person(Gateway.ALICE, "Alice", Instant.EPOCH, 1);
    private static final Person BOB =
            new Person(
                    UUID.fromString("11111111-53a1-4f0c-9c8b-0e2b7f1c9a11"),
                    "Bob",
                    Instant.EPOCH,
                    1);

    @TempDir private Path folder;
    private final Gateway gateway = new Gateway();
    private volatile Gallery gallery = new Gallery(1, List.of(ALICE, BOB), Map.of());
    private Mosquitto broker;
    private PublisherLoop loop;

    @BeforeEach
    void start() throws Exception {
        EncodingStore store =
                (EncodingStore)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {EncodingStore.class},
                                (proxy, method, arguments) -> gallery);
        gateway.store = Optional.of(store);
        gateway.outbox = Optional.of(new Gateway.FakeOutbox());
        broker =
                new Mosquitto(
                                folder,
                                "allow_anonymous true",
                                "user " + System.getProperty("user.name"),
                                "persistence true",
                                "persistence_location " + folder + "/")
                        .start();
        loop = started();
        waitFor(() -> loop.condition().level() == Level.OK);
        loop.add(Gateway.event(Type.NEW, "t1", 1, Gateway.alice(0.4)));
        Subscriber all = broker.subscribe("#");
        waitFor(() -> all.last(TOPICS + "/attributes").contains("Alice"));
        waitFor(() -> all.last(TOPICS + "/state").equals("front"));
        waitFor(() -> all.last(BASE + "front/present").equals("Alice"));
        waitFor(() -> gateway.outbox.get().size() == 0);
    }

    @AfterEach
    void stop() {
        loop.stop();
        broker.close();
    }

    @Test
    void nothingIsRetainedOfAPersonErasedWhileConnected() throws Exception {
        delete();
        assertThat(loop.erase(ALICE))
                .containsExactly(
                        new ErasedPart("queued events", 0, ""),
                        new ErasedPart("retained topics", 3, ""));
        assertNothingRetained();
        Subscriber live = broker.subscribe(BASE + "#");
        loop.add(Gateway.event(Type.END, "t1", 2, Gateway.alice(0.4)));
        waitFor(() -> live.on(BASE + "events").size() == 1);
        JsonObject end = live.on(BASE + "events").get(0).json();
        assertThat(end.get("type").getAsString()).isEqualTo("end");
        assertThat(end.get("name").isJsonNull()).isTrue();
        assertThat(end.get("person_id").isJsonNull()).isTrue();
        assertThat(loop.erase(ALICE).get(1)).isEqualTo(new ErasedPart("retained topics", 0, ""));
        waitFor(() -> !people().contains(Gateway.ALICE.toString()));
        assertThat(people()).contains(BOB.id().toString());
    }

    @Test
    void nothingIsRetainedOrSentOfAPersonErasedWhileTheBrokerIsAway() throws Exception {
        broker.stop();
        assertThat(Files.readString(folder.resolve("mosquitto.db"), StandardCharsets.ISO_8859_1))
                .as("what the broker goes on retaining")
                .contains(Gateway.ALICE.toString());
        waitFor(() -> loop.condition().level() == Level.DEGRADED);
        loop.add(Gateway.event(Type.UPDATE, "t1", 2, Gateway.alice(0.4)));
        loop.add(Gateway.event(Type.NEW, "t2", 3, Gateway.unknown()));
        waitFor(() -> gateway.outbox.get().size() == 2);
        delete();
        List<ErasedPart> parts = loop.erase(ALICE);
        assertThat(parts.get(0)).isEqualTo(new ErasedPart("queued events", 1, ""));
        assertThat(parts.get(1).again()).isTrue();
        assertThat(parts.get(1).left())
                .isEqualTo(
                        "waiting for the broker at " + broker.url() + ": cleared once it is back");

        assertThat(gateway.outbox.get().oldest(10)).hasSize(1);
        assertThat(gateway.outbox.get().oldest(1).get(0).payload()).contains("\"seq\":3,");

        broker.start();
        waitFor(() -> loop.condition().level() == Level.OK);
        waitFor(() -> gateway.outbox.get().size() == 0);
        assertThat(loop.erase(ALICE).get(1)).isEqualTo(new ErasedPart("retained topics", 3, ""));
        assertNothingRetained();
    }

    @Test
    void nothingIsRetainedOfAPersonDeletedWhileTheGatewayWasDown() throws Exception {
        loop.stop();
        assertThat(people()).contains(Gateway.ALICE.toString());
        Files.writeString(folder.resolve("mqtt.people"), people() + "+1234-torn");
        delete();
        loop = started();
        waitFor(() -> loop.condition().level() == Level.OK);
        waitFor(() -> !people().contains(Gateway.ALICE.toString()));
        assertNothingRetained();
        assertThat(loop.erase(ALICE).get(1)).isEqualTo(new ErasedPart("retained topics", 3, ""));
    }

    @Test
    void aPersonOfWhomNothingWasNotedIsErasedToo() throws Exception {
        loop.stop();
        Files.delete(folder.resolve("mqtt.people"));
        delete();
        loop = started();
        waitFor(() -> loop.condition().level() == Level.OK);
        assertThat(loop.erase(ALICE).get(1).left()).isEmpty();
        assertNothingRetained();
    }

    @Test
    void nothingWaitsForABrokerThatNeverHadAnything() throws Exception {
        loop.stop();
        broker.stop();
        Files.delete(folder.resolve("mqtt.people"));
        loop = started();
        waitFor(() -> loop.condition().level() == Level.DEGRADED);
        loop.add(Gateway.event(Type.NEW, "t2", 3, Gateway.alice(0.4)));
        waitFor(() -> gateway.outbox.get().size() == 1);
        delete();
        assertThat(loop.erase(ALICE))
                .containsExactly(
                        new ErasedPart("queued events", 1, ""),
                        new ErasedPart("retained topics", 0, ""));
        assertThat(people()).as("nothing was retained so far").isEmpty();
    }

    @Test
    void whoIsWaitedForIsRememberedOverARestart() throws Exception {
        loop.stop();
        broker.stop();
        delete();
        loop = started();
        assertThat(loop.erase(ALICE).get(1).again()).isTrue();
        AtomicInteger resumed = new AtomicInteger();
        gateway.eraser = Optional.of(new Resumed(resumed));
        broker.start();
        waitFor(() -> resumed.get() > 0);
        assertThat(loop.erase(ALICE).get(1)).isEqualTo(new ErasedPart("retained topics", 3, ""));
        assertNothingRetained();
    }

    @Test
    void whoIsRestoredIsShownAgain() throws Exception {
        delete();
        loop.erase(ALICE);
        gallery = new Gallery(gallery.revision() + 1, List.of(BOB, ALICE), Map.of());
        Subscriber all = broker.subscribe(BASE + "#");
        waitFor(() -> all.last(TOPICS + "/state").equals("away"));
        loop.add(Gateway.event(Type.NEW, "t9", 9, Gateway.alice(0.4)));
        waitFor(() -> all.last(BASE + "events").contains("\"name\":\"Alice\""));
        assertThat(people()).contains(Gateway.ALICE.toString());
    }

    /** Counts how often it is told to go on. */
    private record Resumed(AtomicInteger count) implements Eraser {
        @Override
        public List<ErasureReceipt> erase(List<String> names) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resume() {
            count.incrementAndGet();
        }
    }

    private void delete() {
        gallery = new Gallery(gallery.revision() + 1, List.of(BOB), Map.of());
    }

    private void assertNothingRetained() throws Exception {
        Subscriber late = broker.subscribe("#");
        waitFor(() -> late.last(BASE + "person/" + BOB.id() + "/state").equals("away"));
        waitFor(() -> !late.last("homeassistant/device/facegate-pi-0001/config").isEmpty());
        assertThat(late.all())
                .noneMatch(m -> m.payload().contains("Alice"))
                .noneMatch(m -> (m.topic() + m.payload()).contains(Gateway.ALICE.toString()));
    }

    private String people() {
        try {
            return Files.readString(folder.resolve("mqtt.people"));
        } catch (IOException e) {
            return "";
        }
    }

    private PublisherLoop started() {
        MqttSettings s = TestSettings.of(broker.url());
        PublisherLoop made =
                new PublisherLoop(
                        new MqttSettings(
                                s.broker(),
                                s.topics(),
                                s.version(),
                                s.discoveryPrefix(),
                                s.limits(),
                                Optional.of(folder.resolve("mqtt.people")),
                                Optional.empty()),
                        gateway);
        made.start();
        return made;
    }
}
