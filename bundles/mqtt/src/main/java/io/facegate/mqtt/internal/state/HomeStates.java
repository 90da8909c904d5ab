// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import io.facegate.api.message.MessageListener;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.UpdateStatus;
import io.facegate.mqtt.internal.delivery.RetainedStates;
import io.facegate.mqtt.internal.discovery.Announced;
import io.facegate.mqtt.internal.discovery.Announcer;
import io.facegate.mqtt.internal.discovery.Orders;
import io.facegate.mqtt.internal.discovery.Told;
import io.facegate.mqtt.internal.gateway.Home;
import io.facegate.mqtt.internal.gateway.HomeSettings;
import io.facegate.mqtt.internal.gateway.Surroundings;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.message.TopicFilter;
import io.facegate.mqtt.internal.message.Topics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What smart homes are told: the states made for them, pictures of faces, and which entities there
 * are. A bundle that is updated takes its part of it away and brings it back: that is waited for.
 * For one thread.
 */
public final class HomeStates {
    private static final long GRACE_NANOS = 30_000_000_000L;

    private final Topics topics;
    private final Surroundings around;
    private final RetainedStates retained;
    private final Optional<Announcer> announcer;
    private final Announced announced;
    private final FaceImages images;
    private final LastingProblems problems = new LastingProblems();
    private final Map<String, Long> orders = new HashMap<>();
    private HomeSettings settings = HomeSettings.DEFAULT;
    private String offered = "";
    private long updates = Long.MIN_VALUE;

    HomeStates(
            Topics topics,
            Surroundings around,
            RetainedStates retained,
            Optional<Announcer> announcer,
            Announced announced) {
        this.topics = topics;
        this.around = around;
        this.retained = retained;
        this.announcer = announcer;
        this.announced = announced;
        images = new FaceImages(topics, retained, announced);
    }

    /** Looks at everything again. */
    void refresh(CameraRoster roster, PeopleStates people, long now) {
        retained.set(
                topics.of("problem"), ProblemJson.of(problems.of(around.otherConditions(), now)));
        Optional<Home> home = around.home();
        home.ifPresent(h -> refresh(h, people, now));
        images.refresh(settings, home, people::shows);
        follow(now);
        announcer.ifPresent(a -> a.tell(told(roster, people)));
    }

    private Told told(CameraRoster roster, PeopleStates people) {
        return new Told(
                roster.ids(),
                people.named(),
                orders.keySet(),
                updates != Long.MIN_VALUE,
                offered,
                settings);
    }

    private void refresh(Home home, PeopleStates people, long now) {
        settings = home.settings();
        people.refresh(home.lastSeen());
        home.pipeline()
                .forEach(
                        (name, value) ->
                                retained.set(topics.of("settings/" + name + "/state"), value));
        Optional<UpdateStatus> update = home.update();
        if (update.isPresent()) {
            updates = now;
            offered = UpdateJson.offer(update.get()).map(o -> o.model().id()).orElse("");
            retained.set(
                    topics.of("model/update"), UpdateJson.of(update.get(), version(update.get())));
        } else if (updates != Long.MIN_VALUE && now - updates > GRACE_NANOS) {
            updates = Long.MIN_VALUE;
            retained.erase(topics.of("model/update"));
        }
    }

    private String version(UpdateStatus status) {
        return around.models().map(ModelRegistry::models).orElse(List.of()).stream()
                .map(ModelState::info)
                .filter(info -> info.kind() == ModelKind.ENCODER)
                .filter(info -> status.inUse().filter(info.key()::equals).isPresent())
                .map(info -> info.version())
                .reduce((earlier, later) -> later)
                .orElse("");
    }

    /** Which orders somebody obeys, or did a moment ago. */
    private void follow(long now) {
        Set<String> filters = new HashSet<>();
        for (MessageListener listener : around.listeners()) {
            try {
                filters.addAll(listener.filters());
            } catch (RuntimeException e) {
                continue; // it is going
            }
        }
        for (String order : Orders.ALL) {
            String topic = Orders.topic(order);
            if (filters.stream()
                    .anyMatch(f -> TopicFilter.valid(f) && TopicFilter.matches(f, topic))) {
                orders.put(order, now);
            }
        }
        orders.values().removeIf(last -> now - last > GRACE_NANOS);
    }

    /** A camera is gone for good. */
    void forget(String camera) {
        images.forget(camera);
    }

    /** A person is erased: nobody is told the name any more, from the next message on. */
    void erase(UUID person, CameraRoster roster, PeopleStates people) {
        images.forget(person);
        announcer.ifPresent(a -> a.tellAtOnce(told(roster, people)));
    }

    /** To be called before states are sent. */
    public void sending(Set<String> cameras, long now) {
        cameras.forEach(camera -> announced.camera(camera, true));
        announcer.ifPresent(a -> a.sending(now));
        images.sending();
    }

    /** To be called when states were sent: which cameras have nothing at the broker any more. */
    void sent(Set<String> cameras) {
        for (String camera : announced.cameras()) {
            if (!cameras.contains(camera) && !retained.has(topics.camera(camera, "present"))) {
                announced.camera(camera, false);
            }
        }
        images.sent();
    }

    /** Sends what is not retained. */
    void send(MqttLink link) throws LinkException {
        images.send(link);
    }

    /** Home Assistant was started. */
    public void online(long now) {
        announcer.ifPresent(a -> a.online(now));
    }
}
