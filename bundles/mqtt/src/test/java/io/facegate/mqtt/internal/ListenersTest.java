// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static io.facegate.mqtt.internal.Mosquitto.waitFor;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.message.MessageListener;
import io.facegate.api.message.Replies;
import io.facegate.api.message.TopicMessage;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.mqtt.internal.fake.Gateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Who is told of the broker's messages. */
class ListenersTest {
    private static final String BASE = "facegate/pi-0001/";

    @TempDir Path folder;
    private final Gateway gateway = new Gateway();
    private PublisherLoop loop;

    @AfterEach
    void stop() {
        if (loop != null) {
            loop.stop();
        }
    }

    @Test
    void listenersComeAndGoWhileTheConnectionStays() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Subscriber all = broker.subscribe("facegate/#");
            Subscriber discovery = broker.subscribe("homeassistant/device/#");
            Switch enabled = new Switch(gateway.front);
            gateway.listeners.add(enabled);
            loop = started(broker);
            waitFor(() -> all.last(BASE + "front/enabled/state").equals("ON"));
            broker.publish(BASE + "front/enabled/set", "OFF");
            waitFor(() -> all.last(BASE + "reply/1").equals("OFF is done"));
            waitFor(() -> all.last(BASE + "front/enabled/state").equals("OFF"));
            assertThat(all.last(BASE + "front/status/capture")).isEqualTo("disabled");

            gateway.listeners.clear();
            waitFor(() -> !told(broker, discovery, enabled));
            gateway.listeners.add(enabled);
            waitFor(() -> told(broker, discovery, enabled));
            waitFor(() -> all.last(BASE + "front/enabled/state").equals("ON"));
            assertThat(all.all().stream().filter(m -> m.topic().equals(BASE + "available")))
                    .hasSize(1);
        }
    }

    @Test
    void eventsAreToldInOtherShapesOnTopicsOfOthers() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Subscriber all = broker.subscribe("#");
            gateway.translators.add(
                    (event, gateway) -> {
                        throw new IllegalStateException("on purpose");
                    });
            gateway.translators.add(
                    (event, gateway) ->
                            List.of(
                                    new TopicMessage(BASE + "available", "gone"),
                                    new TopicMessage("other/+", "wild"),
                                    new TopicMessage("other/" + gateway, event.id())));
            loop = started(broker);
            waitFor(() -> all.last(BASE + "available").equals("online"));
            loop.add(Gateway.event(RecognitionEvent.Type.NEW, "t1", 1, Gateway.alice(0.4)));
            waitFor(() -> all.last("other/pi-0001").equals("t1"));
            assertThat(all.on(BASE + "events")).hasSize(1);
            assertThat(all.last(BASE + "available")).isEqualTo("online");
            assertThat(all.on("other/pi-0001")).noneMatch(Subscriber.Received::retained);
        }
    }

    @Test
    void aListenerThatFailsStopsNobodyElse() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            Subscriber all = broker.subscribe("facegate/#");
            gateway.listeners.add(
                    new Switch(gateway.front) {
                        @Override
                        public List<String> filters() {
                            return List.of("+/enabled/set", "no#filter");
                        }

                        @Override
                        public void onMessage(String topic, String payload, Replies replies) {
                            replies.send("no/+/topic", "");
                        }
                    });
            gateway.listeners.add(new Switch(gateway.front));
            loop = started(broker);
            waitFor(() -> all.last(BASE + "front/enabled/state").equals("ON"));
            broker.publish(BASE + "front/enabled/set", "perhaps");
            waitFor(() -> all.last(BASE + "errors").contains("\"message\":\"takes ON or OFF\""));
        }
    }

    private PublisherLoop started(Mosquitto broker) {
        PublisherLoop started = new PublisherLoop(TestSettings.of(broker.url()), gateway);
        started.start();
        return started;
    }

    /** Whether a message reaches a listener; one after it tells when it must have. */
    private static boolean told(Mosquitto broker, Subscriber discovery, Switch listener) {
        try {
            int before = listener.told.get();
            int seen = discovery.all().size();
            broker.publish(BASE + "front/enabled/set", "ON");
            broker.publish("homeassistant/status", "online");
            waitFor(() -> discovery.all().size() > seen);
            return listener.told.get() > before;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Switches the camera and says so. */
    private static class Switch implements MessageListener {
        private final Gateway.FakeCamera camera;
        final AtomicInteger told = new AtomicInteger();

        Switch(Gateway.FakeCamera camera) {
            this.camera = camera;
        }

        @Override
        public List<String> filters() {
            return List.of("+/enabled/set");
        }

        @Override
        public void onMessage(String topic, String payload, Replies replies) {
            told.incrementAndGet();
            if (!payload.equals("ON") && !payload.equals("OFF")) {
                replies.error("bad_request", "takes ON or OFF");
                return;
            }
            camera.setEnabled(payload.equals("ON"));
            replies.send("reply/" + told, payload + " is done");
        }
    }
}
