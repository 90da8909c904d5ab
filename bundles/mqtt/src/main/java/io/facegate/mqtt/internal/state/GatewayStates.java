// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.mqtt.internal.delivery.Delivery;
import io.facegate.mqtt.internal.delivery.RetainedStates;
import io.facegate.mqtt.internal.discovery.Announced;
import io.facegate.mqtt.internal.discovery.Announcer;
import io.facegate.mqtt.internal.gateway.Surroundings;
import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.message.EventJson;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.json.Json;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps the retained messages in step with the gateway. For one thread. */
public final class GatewayStates {
    private static final List<String> CAMERA_TOPICS =
            List.of(
                    "present",
                    "person",
                    "unknown",
                    "occupancy",
                    "enabled/state",
                    "recognize/state");

    private final Topics topics;
    private final String version;
    private final Surroundings around;
    private final RetainedStates retained;
    private final Presence presence = new Presence();
    private final CameraRoster roster = new CameraRoster();
    private final PeopleStates people;
    private final HomeStates home;
    private final Set<String> expected;
    private Pipelines pipelines;

    /**
     * What may be at a broker from before.
     *
     * @param people those with topics
     * @param announced cameras and entities
     */
    public record Before(RetainedPeople people, Announced announced) {}

    /**
     * @param version of the gateway
     * @param announcer empty without discovery
     */
    public GatewayStates(
            Topics topics,
            String version,
            Optional<Announcer> announcer,
            Surroundings around,
            RetainedStates retained,
            Before before) {
        this.topics = topics;
        this.version = version;
        this.around = around;
        this.retained = retained;
        people = new PeopleStates(topics, retained, before.people(), presence);
        home = new HomeStates(topics, around, retained, announcer, before.announced());
        expected = new HashSet<>(before.announced().cameras());
    }

    /** Looks at everything again. */
    public void refresh(long now) {
        followPipelines();
        Map<String, PipelineStatus> status = pipelineStatus();
        status.keySet().forEach(roster::add);
        for (String gone : roster.update(around.cameras(), now)) {
            forget(gone);
        }
        if (around.started() && !expected.isEmpty()) {
            roster.expect(expected, now);
            expected.clear();
        }
        around.store().ifPresent(people::refresh);
        retained.set(topics.of("info"), Json.text(info()));
        StageStatus stages = new StageStatus(pipelines != null, around.otherConditions());
        for (String camera : roster.ids()) {
            refresh(camera, Optional.ofNullable(status.get(camera)), stages);
        }
        retained.set(topics.of("model/state"), Json.text(models()));
        home.refresh(roster, people, now);
    }

    /** Takes an event in. */
    public void apply(RecognitionEvent event, JsonObject json) {
        followPipelines();
        presence.apply(event);
        if (roster.add(event.camera())) {
            refreshPresence(event.camera());
        }
        event.match().personId().ifPresent(person -> people.saw(person, Json.text(json)));
        people.refresh();
    }

    /**
     * Forgets a person everywhere, whether this gateway published anything of the person or not.
     */
    public void erase(UUID person) {
        people.erase(person, around.store());
        home.erase(person, roster, people);
        roster.ids().forEach(this::refreshPresence);
    }

    /** To be called before all states are sent: notes what may be at the broker from now on. */
    public void sending() {
        people.sending();
        home.sending(roster.ids(), System.nanoTime());
    }

    /** Sends what changed. */
    public void send(Delivery delivery, MqttLink link) throws LinkException {
        sending();
        delivery.states(link);
        home.send(link);
        people.sent();
        home.sent(roster.ids());
    }

    /** What smart homes are told. */
    public HomeStates home() {
        return home;
    }

    /** Those of people. */
    public PeopleStates people() {
        return people;
    }

    /** Which cameras have some. */
    public CameraRoster roster() {
        return roster;
    }

    /** A new pipeline bundle starts new tracks; the ends of the old ones were never told. */
    private void followPipelines() {
        Pipelines now = around.pipelines().orElse(null);
        if (pipelines != null && pipelines != now) {
            presence.clear();
        }
        pipelines = now;
    }

    private Map<String, PipelineStatus> pipelineStatus() {
        Map<String, PipelineStatus> result = new HashMap<>();
        if (pipelines != null) {
            pipelines.status().forEach(s -> result.put(s.camera(), s));
        }
        return result;
    }

    private void refresh(String id, Optional<PipelineStatus> pipeline, StageStatus stages) {
        Optional<Camera> camera = Optional.ofNullable(roster.present().get(id));
        boolean delivers =
                camera.map(c -> c.status().state())
                        .map(s -> s == CameraState.ONLINE || s == CameraState.STARTING)
                        .orElse(!roster.isGone(id));
        if (!delivers) {
            presence.clear(id);
        }
        refreshPresence(id);
        retained.set(topics.camera(id, "status/capture"), StageStatus.capture(camera));
        for (String stage : StageStatus.STAGES.subList(1, StageStatus.STAGES.size())) {
            retained.set(topics.camera(id, "status/" + stage), stages.of(stage, pipeline));
        }
        camera.ifPresent(
                c ->
                        retained.set(
                                topics.camera(id, "enabled/state"),
                                onOff(c.status().state() != CameraState.DISABLED)));
        pipeline.ifPresent(
                p -> retained.set(topics.camera(id, "recognize/state"), onOff(p.recognizing())));
    }

    private void refreshPresence(String id) {
        retained.set(topics.camera(id, "present"), presence.names(id));
        retained.set(topics.camera(id, "person"), Long.toString(presence.people(id)));
        retained.set(topics.camera(id, "unknown"), Long.toString(presence.unknown(id)));
        retained.set(topics.camera(id, "occupancy"), onOff(presence.occupied(id)));
    }

    private void forget(String camera) {
        presence.clear(camera);
        home.forget(camera);
        CAMERA_TOPICS.forEach(t -> retained.erase(topics.camera(camera, t)));
        StageStatus.STAGES.forEach(s -> retained.erase(topics.camera(camera, "status/" + s)));
    }

    private JsonObject info() {
        JsonObject o = new JsonObject();
        o.addProperty("gateway", topics.gateway());
        o.addProperty("version", version);
        JsonObject bundles = new JsonObject();
        around.bundles()
                .forEach(
                        (name, bundle) -> {
                            JsonObject b = new JsonObject();
                            b.addProperty("version", bundle.version());
                            b.addProperty("state", bundle.state());
                            bundles.add(name, b);
                        });
        o.add("bundles", bundles);
        o.add("model", encoderModel());
        JsonArray cameras = new JsonArray();
        for (String id : roster.ids()) {
            cameras.add(camera(id));
        }
        o.add("cameras", cameras);
        return o;
    }

    private JsonObject camera(String id) {
        JsonObject o = new JsonObject();
        o.addProperty("id", id);
        Optional<CameraStatus> status =
                Optional.ofNullable(roster.present().get(id)).map(Camera::status);
        o.addProperty("width", status.map(CameraStatus::width).orElse(0));
        o.addProperty("height", status.map(CameraStatus::height).orElse(0));
        return o;
    }

    private JsonElement encoderModel() {
        return modelStates().stream()
                .filter(m -> m.info().kind() == ModelKind.ENCODER)
                .filter(m -> m.state() == ModelState.State.ACCEPTED)
                .max(Comparator.comparing(m -> VersionOrder.key(m.info().version())))
                .<JsonElement>map(m -> EventJson.model(m.info()))
                .orElse(JsonNull.INSTANCE);
    }

    private JsonObject models() {
        JsonArray list = new JsonArray();
        for (ModelState state : modelStates()) {
            JsonObject o = EventJson.model(state.info());
            o.addProperty("kind", state.info().kind().name().toLowerCase(Locale.ROOT));
            o.addProperty("state", state.state().name().toLowerCase(Locale.ROOT));
            o.addProperty("message", state.message());
            list.add(o);
        }
        JsonObject o = new JsonObject();
        o.add("models", list);
        return o;
    }

    private List<ModelState> modelStates() {
        return around.models().map(ModelRegistry::models).orElse(List.of());
    }

    private static String onOff(boolean on) {
        return on ? "ON" : "OFF";
    }
}
