// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.message.MessageListener;
import io.facegate.api.message.Replies;
import io.facegate.mqtt.internal.fake.Gateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where answers go. */
class AnswersTest {
    private static final String BASE = "facegate/pi-0001/";
    private static final String ECHO = BASE + "cmd/echo";

    @TempDir Path folder;
    private final Gateway gateway = new Gateway();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private PublisherLoop loop;

    @AfterEach
    void stop() {
        if (loop != null) {
            loop.stop();
        }
    }

    @Test
    void answersGoWhereAClientOfMqtt5WantsThem() throws Exception {
        try (Mosquitto broker = started()) {
            Process rr =
                    new ProcessBuilder(rr(broker, "clients/a/answers", "hello"))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String answer =
                    new String(rr.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(rr.waitFor()).isZero();
            assertThat(answer).isEqualTo("clients/a/answers q echo hello");
        }
    }

    @Test
    void answersOfOtherClientsGoToTheTopicOfReplies() throws Exception {
        try (Mosquitto broker = started()) {
            Subscriber all = broker.subscribe("facegate/#");
            broker.publish(ECHO, "hello", "-V", "mqttv311");
            Mosquitto.waitFor(() -> all.last(BASE + "reply/1").equals("echo hello"));
        }
    }

    @Test
    void nobodyHasTheGatewaySpeakForItself() throws Exception {
        try (Mosquitto broker = started()) {
            Subscriber all = broker.subscribe("facegate/#");
            for (String topic :
                    List.of(
                            "facegate/other/cmd/erase",
                            BASE + "available",
                            "homeassistant/status",
                            "$SYS/broker")) {
                int before = all.on(BASE + "errors").size();
                ask(broker, topic);
                Mosquitto.waitFor(() -> all.on(BASE + "errors").size() > before);
                assertThat(all.last(BASE + "errors")).contains("\"bad_request\"", topic);
            }
            ask(broker, BASE + "reply/mine");
            Mosquitto.waitFor(() -> all.last(BASE + "reply/mine").equals("echo x"));
            assertThat(told).containsExactly("x");
        }
    }

    @Test
    void retainedOrdersAreNotObeyed() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            broker.publish(ECHO, "of yesterday", "-r");
            listen(broker);
            Subscriber all = broker.subscribe("facegate/#");
            Mosquitto.waitFor(() -> all.last(BASE + "available").equals("online"));
            broker.publish(ECHO, "of today");
            Mosquitto.waitFor(() -> all.last(BASE + "reply/1").equals("echo of today"));
            assertThat(told).containsExactly("of today");
        }
    }

    private static void ask(Mosquitto broker, String topic)
            throws IOException, InterruptedException {
        broker.publish(ECHO, "x", "-V", "mqttv5", "-D", "publish", "response-topic", topic);
    }

    private static List<String> rr(Mosquitto broker, String answers, String payload) {
        List<String> command = new ArrayList<>(List.of("mosquitto_rr", "-V", "mqttv5", "-h"));
        command.addAll(List.of("127.0.0.1", "-p", Integer.toString(broker.port()), "-t", ECHO));
        command.addAll(List.of("-e", answers, "-m", payload, "-q", "1", "-W", "15"));
        command.addAll(List.of("-D", "publish", "correlation-data", "q"));
        command.addAll(List.of("-F", "%t %D %p"));
        return command;
    }

    private Mosquitto started() throws IOException {
        Mosquitto broker = new Mosquitto(folder).start();
        listen(broker);
        Subscriber all = broker.subscribe("facegate/#");
        Mosquitto.waitFor(() -> all.last(BASE + "available").equals("online"));
        return broker;
    }

    private void listen(Mosquitto broker) {
        gateway.listeners.add(
                new MessageListener() {
                    @Override
                    public List<String> filters() {
                        return List.of("cmd/+");
                    }

                    @Override
                    public void onMessage(String topic, String payload, Replies replies) {
                        told.add(payload);
                        replies.answer("reply/1", "echo " + payload);
                    }
                });
        loop = new PublisherLoop(TestSettings.of(broker.url()), gateway);
        loop.start();
    }
}
