// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import io.facegate.mqtt.internal.delivery.RetainedStates;
import io.facegate.mqtt.internal.discovery.Announced;
import io.facegate.mqtt.internal.discovery.Discovery;
import io.facegate.mqtt.internal.gateway.Home;
import io.facegate.mqtt.internal.gateway.Home.FacePicture;
import io.facegate.mqtt.internal.gateway.HomeSettings;
import io.facegate.mqtt.internal.gateway.HomeSettings.Pictures;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.message.Topics;

import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The picture of each camera's last face, where it is wanted. It goes with its person, with its
 * camera, when pictures are no longer wanted, and with the gateway's end: whose it was is known no
 * longer. An empty message takes it from the broker and from whoever shows it. For one thread.
 */
final class FaceImages {
    private final Topics topics;
    private final RetainedStates retained;
    private final Announced announced;

    /** Cameras that have one, and whose face it is. */
    private final Map<String, Optional<UUID>> shown = new HashMap<>();

    private final Map<String, String> passing = new HashMap<>();

    FaceImages(Topics topics, RetainedStates retained, Announced announced) {
        this.topics = topics;
        this.retained = retained;
        this.announced = announced;
        announced.pictures().forEach(this::clear);
    }

    /**
     * Takes new ones in.
     *
     * @param known whether a person is in the gallery
     */
    void refresh(HomeSettings settings, Optional<Home> home, Predicate<UUID> known) {
        if (settings.pictures() == Pictures.NONE) {
            List.copyOf(shown.keySet()).forEach(this::forget);
        }
        shown.entrySet().stream()
                .filter(e -> e.getValue().isPresent() && !known.test(e.getValue().get()))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
        for (FacePicture picture : home.map(Home::takePictures).orElse(List.of())) {
            if (picture.person().filter(p -> !known.test(p)).isEmpty()) {
                show(picture, settings.picturesStay());
            }
        }
    }

    private void show(FacePicture picture, boolean stays) {
        String text = Base64.getEncoder().encodeToString(picture.jpeg());
        shown.put(picture.camera(), picture.person());
        if (stays) {
            retained.set(topic(picture.camera()), text);
        } else {
            passing.put(picture.camera(), text);
        }
    }

    void forget(String camera) {
        if (shown.remove(camera) != null) {
            clear(camera);
        }
    }

    void forget(UUID person) {
        shown.entrySet().stream()
                .filter(e -> e.getValue().equals(Optional.of(person)))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
    }

    private void clear(String camera) {
        passing.remove(camera);
        retained.set(topic(camera), "");
    }

    void sending() {
        shown.keySet().forEach(camera -> announced.picture(camera, true));
    }

    void sent() {
        Set<String> gone = new HashSet<>(announced.pictures());
        gone.removeAll(shown.keySet());
        gone.stream()
                .filter(camera -> !retained.has(topic(camera)))
                .forEach(camera -> announced.picture(camera, false));
    }

    void send(MqttLink link) throws LinkException {
        for (Map.Entry<String, String> picture : Map.copyOf(passing).entrySet()) {
            link.publish(topic(picture.getKey()), picture.getValue(), 1, false);
            passing.remove(picture.getKey());
        }
    }

    private String topic(String camera) {
        return topics.camera(camera, Discovery.PICTURE);
    }
}
