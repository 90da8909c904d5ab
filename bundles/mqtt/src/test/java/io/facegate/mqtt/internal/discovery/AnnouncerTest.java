// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.mqtt.internal.delivery.RetainedStates;
import io.facegate.mqtt.internal.delivery.RetainedStatesView;
import io.facegate.mqtt.internal.discovery.Told.Named;
import io.facegate.mqtt.internal.gateway.HomeSettings;
import io.facegate.mqtt.internal.gateway.HomeSettings.Pictures;
import io.facegate.mqtt.internal.message.Topics;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

class AnnouncerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String DEVICE = "homeassistant/device/facegate-pi-1/config";
    private static final Named ALICE =
            new Named(UUID.fromString("0b5e7d64-53a1-4f0c-9c8b-0e2b7f1c9a11"), "Alice");

    @TempDir Path folder;
    private Path file;
    private RetainedStates retained;
    private Announcer announcer;
    private long now;

    @BeforeEach
    void start() {
        file = folder.resolve("mqtt.announced");
        retained = new RetainedStates();
        announcer =
                new Announcer(
                        new Discovery("homeassistant", new Topics("facegate", "pi-1"), "1", 0),
                        new Announced(Optional.of(file)),
                        retained);
    }

    @Test
    void whatIsGoneIsRemovedByItsPlatform() {
        say(told(Set.of("front", "back")));
        later(1);
        say(told(Set.of("front")));
        assertThat(component("back_event").keySet()).containsExactly("platform");
        assertThat(component("front_event").has("state_topic")).isTrue();
    }

    @Test
    void messagesAreASecondApart() {
        say(told(Set.of("front")));
        String first = RetainedStatesView.get(retained, DEVICE);
        say(told(Set.of("front", "back")));
        assertThat(RetainedStatesView.get(retained, DEVICE)).isEqualTo(first);
        later(1);
        say(told(Set.of("front", "back")));
        assertThat(components().has("back_event")).isTrue();
    }

    @Test
    void whatWentWhileTheGatewayWasAwayIsAnnouncedOnceMoreAndThenRemoved() {
        say(told(Set.of("front", "back"), ALICE));
        start();
        say(told(Set.of("front")));
        assertThat(component("back_event").get("unique_id").getAsString())
                .isEqualTo("facegate_pi-1_back_event");
        assertThat(component("back_event").has("event_types")).isTrue();
        assertThat(RetainedStatesView.get(retained, DEVICE))
                .doesNotContain("Alice", ALICE.id().toString());
        later(1);
        say(told(Set.of("front")));
        assertThat(component("back_event").keySet()).containsExactly("platform");
    }

    @Test
    void whatIsGoneIsForgottenOnceHomeAssistantWasThere() throws Exception {
        say(told(Set.of("front", "back")));
        later(1);
        say(told(Set.of("front")));
        later(5);
        say(told(Set.of("front")));
        assertThat(Files.readString(file)).contains("event back_event");
        announcer.online(now);
        say(told(Set.of("front")));
        assertThat(component("back_event").keySet()).as("not at once").hasSize(1);
        later(1);
        say(told(Set.of("front")));
        assertThat(component("back_event").has("state_topic")).as("once more").isTrue();
        later(1);
        say(told(Set.of("front")));
        assertThat(component("back_event").keySet()).as("and gone").hasSize(1);
        later(1);
        say(told(Set.of("front")));
        later(1);
        say(told(Set.of("front")));
        assertThat(components().has("back_event")).isFalse();
        assertThat(Files.readString(file)).doesNotContain("back_event").contains("front_event");
    }

    @Test
    void whatGoesMeanwhileIsNotForgottenBeforeItWasRemoved() {
        say(told(Set.of("front", "back", "shed")));
        later(1);
        say(told(Set.of("front", "shed")));
        announcer.online(now);
        for (int i = 0; i < 2; i++) {
            later(1);
            say(told(Set.of("front", "shed")));
        }
        for (int i = 0; i < 2; i++) {
            later(1);
            say(told(Set.of("front")));
        }
        assertThat(components().has("back_event")).isFalse();
        assertThat(component("shed_event").keySet()).containsExactly("platform");
    }

    @Test
    void homeAssistantIsToldAgainLaterWhatChangedWhileItStarted() {
        say(told(Set.of("front")));
        later(5);
        announcer.online(now);
        later(1);
        say(told(Set.of("front")));
        RetainedStatesView.allSent(retained);
        later(1);
        say(told(Set.of("front", "back")));
        RetainedStatesView.allSent(retained);
        later(60);
        say(told(Set.of("front", "back")));
        assertThat(RetainedStatesView.isUnsent(retained, DEVICE)).isTrue();
        RetainedStatesView.allSent(retained);
        later(60);
        say(told(Set.of("front", "back")));
        assertThat(RetainedStatesView.isUnsent(retained, DEVICE)).isFalse();
    }

    @Test
    void namesOfErasedPeopleAreNotSaidAnyLonger() {
        say(told(Set.of("front"), ALICE));
        assertThat(RetainedStatesView.get(retained, DEVICE)).contains("Alice");
        announcer.tellAtOnce(told(Set.of("front")));
        announcer.sending(now);
        assertThat(RetainedStatesView.get(retained, DEVICE))
                .doesNotContain("Alice", ALICE.id().toString());
    }

    @Test
    void peopleStayWhileTheGalleryIsNotKnown() {
        say(told(Set.of("front"), ALICE));
        start();
        Told unknown =
                new Told(
                        Set.of("front"),
                        Optional.empty(),
                        Set.of(),
                        false,
                        "",
                        HomeSettings.DEFAULT);
        say(unknown);
        later(1);
        say(unknown);
        assertThat(components().keySet()).noneMatch(id -> id.startsWith("person_"));
    }

    @Test
    void eachEntityHasItsOwnMessageWhereThatIsWanted() {
        say(told(Set.of("front", "back")));
        later(1);
        say(single(Set.of("front", "back")));
        assertThat(RetainedStatesView.get(retained, DEVICE)).as("taken back first").isEmpty();
        later(1);
        say(single(Set.of("front", "back")));
        String topic = "homeassistant/event/facegate-pi-1/%s_event/config";
        JsonObject event =
                JsonParser.parseString(RetainedStatesView.get(retained, topic.formatted("front")))
                        .getAsJsonObject();
        assertThat(event.keySet()).contains("device", "availability", "origin", "state_topic");
        assertThat(event.has("platform")).isFalse();
        later(1);
        say(single(Set.of("front")));
        assertThat(RetainedStatesView.get(retained, topic.formatted("back"))).isEmpty();
    }

    @Test
    void everyEntityGoesToATopicOfItsOwnAndFromThere() {
        say(told(Set.of("front", "back")));
        JsonObject device = components();
        later(1);
        say(single(Set.of("front", "back")));
        later(1);
        say(single(Set.of("front", "back")));
        for (String id : device.keySet()) {
            JsonObject whole = device.getAsJsonObject(id);
            JsonObject own = JsonParser.parseString(own(id, whole)).getAsJsonObject();
            for (String field : whole.keySet()) {
                assertThat(own.get(field))
                        .as(id + " " + field)
                        .isEqualTo(field.equals("platform") ? null : whole.get(field));
            }
        }
        later(1);
        say(single(Set.of("front")));
        for (String id : device.keySet()) {
            boolean gone = id.startsWith("back_");
            assertThat(own(id, device.getAsJsonObject(id)).isEmpty()).as(id).isEqualTo(gone);
        }
        later(1);
        say(told(Set.of("front")));
        for (String id : device.keySet()) {
            assertThat(own(id, device.getAsJsonObject(id))).as("taken back").isEmpty();
        }
        later(1);
        say(told(Set.of("front")));
        assertThat(component("front_event").has("state_topic")).isTrue();
    }

    private String own(String id, JsonObject component) {
        String platform = component.get("platform").getAsString();
        return RetainedStatesView.get(
                retained, "homeassistant/" + platform + "/facegate-pi-1/" + id + "/config");
    }

    @Test
    void entitiesDependOnWhatIsSetAndObeyed() {
        HomeSettings all =
                new HomeSettings(
                        false, 1, true, "Hall", "http://pi.local:8080/x", Pictures.CROP, false);
        Named bob = new Named(UUID.randomUUID(), "Bob");
        announcer.tell(
                new Told(
                        Set.of("front"),
                        Optional.of(List.of(ALICE, bob)),
                        Set.copyOf(Orders.ALL),
                        true,
                        "opencv-sface",
                        all));
        announcer.sending(now);
        String message = RetainedStatesView.get(retained, DEVICE);
        assertThat(message).contains("Alice").doesNotContain("Bob");
        assertThat(message).contains("\"suggested_area\":\"Hall\"", "http://pi.local:8080/x");
        assertThat(component("front_face").get("image_encoding").getAsString()).isEqualTo("b64");
        assertThat(component("model").get("payload_install").getAsString())
                .isEqualTo("opencv-sface");
        assertThat(components().keySet())
                .contains("backup", "tolerance", "detection_method", "front_restart");
        assertThat(component("front_event").get("default_entity_id").getAsString())
                .isEqualTo("event.facegate_pi_1_front_face");
    }

    private Told told(Set<String> cameras, Named... people) {
        return new Told(
                cameras, Optional.of(List.of(people)), Set.of(), false, "", HomeSettings.DEFAULT);
    }

    private Told single(Set<String> cameras) {
        HomeSettings d = HomeSettings.DEFAULT;
        return new Told(
                cameras,
                Optional.of(List.of()),
                Set.of(),
                false,
                "",
                new HomeSettings(true, d.people(), false, "", "", Pictures.NONE, false));
    }

    private void say(Told told) {
        announcer.tell(told);
        announcer.sending(now);
    }

    private void later(long seconds) {
        now += seconds * SECOND;
    }

    private JsonObject components() {
        return JsonParser.parseString(RetainedStatesView.get(retained, DEVICE))
                .getAsJsonObject()
                .getAsJsonObject("components");
    }

    private JsonObject component(String id) {
        return components().getAsJsonObject(id);
    }
}
