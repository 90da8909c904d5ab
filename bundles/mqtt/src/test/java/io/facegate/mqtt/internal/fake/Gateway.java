// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.fake;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.frame.Box;
import io.facegate.api.message.EventTranslator;
import io.facegate.api.message.MessageListener;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.outbox.Outbox;
import io.facegate.api.outbox.OutboxMessage;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.recognition.WorkCounters;
import io.facegate.api.status.Condition;
import io.facegate.api.store.EncodingStore;
import io.facegate.mqtt.internal.gateway.Home;
import io.facegate.mqtt.internal.gateway.Surroundings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The rest of the gateway, as tests want it to be. */
public final class Gateway implements Surroundings {
    public static final UUID STRANGER = UUID.fromString("a1b2c3d4-3f0e-4b51-9a7c-5d2e8c41f0b6");
    public static final UUID ALICE = UUID.fromString("0b5e7d64-53a1-4f0c-9c8b-0e2b7f1c9a11");
    static final ModelInfo MODEL =
            new ModelInfo("dlib-resnet-v1", ModelKind.ENCODER, "dlib", "1.0.0", "ab12", "cd34");
    public static final Instant START = Instant.parse("2026-11-23T20:00:00.123456Z");

    public final FakeCamera front = new FakeCamera("front");
    final List<Camera> cameras = new CopyOnWriteArrayList<>(List.of(front));
    final FakePipelines pipelines = new FakePipelines();
    public final List<Condition> conditions = new CopyOnWriteArrayList<>();
    public final List<MessageListener> listeners = new CopyOnWriteArrayList<>();
    public volatile boolean started = true;
    public volatile Optional<Outbox> outbox = Optional.empty();
    public volatile Optional<Eraser> eraser = Optional.empty();
    public volatile Optional<EncodingStore> store = Optional.empty();
    public final List<EventTranslator> translators = new CopyOnWriteArrayList<>();
    public volatile Optional<Home> home = Optional.empty();
    public volatile boolean hasPipelines = true;

    @Override
    public boolean started() {
        return started;
    }

    @Override
    public List<Camera> cameras() {
        return cameras;
    }

    @Override
    public Optional<Pipelines> pipelines() {
        return hasPipelines ? Optional.of(pipelines) : Optional.empty();
    }

    @Override
    public Optional<ModelRegistry> models() {
        return Optional.of(() -> List.of(new ModelState(MODEL, ModelState.State.ACCEPTED, "")));
    }

    @Override
    public Optional<EncodingStore> store() {
        return store;
    }

    @Override
    public Optional<Outbox> outbox() {
        return outbox;
    }

    @Override
    public Optional<Eraser> eraser() {
        return eraser;
    }

    @Override
    public Optional<Home> home() {
        return home;
    }

    @Override
    public List<EventTranslator> translators() {
        return translators;
    }

    @Override
    public List<MessageListener> listeners() {
        return listeners;
    }

    @Override
    public List<Condition> otherConditions() {
        return List.copyOf(conditions);
    }

    @Override
    public Map<String, BundleInfo> bundles() {
        return Map.of("io.facegate.mqtt", new BundleInfo("1.0.0", "active"));
    }

    public static Match alice(double distance) {
        return new Match(
                Optional.of(ALICE),
                Optional.of("Alice"),
                OptionalDouble.of(distance),
                4,
                5,
                OptionalDouble.empty());
    }

    public static Match unknown() {
        return new Match(
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(0.7123456789),
                0,
                5,
                OptionalDouble.of(0.05));
    }

    public static RecognitionEvent event(
            RecognitionEvent.Type type, String track, long sequence, Match match) {
        boolean end = type == RecognitionEvent.Type.END;
        return new RecognitionEvent(
                type,
                track,
                sequence,
                "front",
                START.plusMillis(1500),
                START,
                end ? Optional.of(START.plusMillis(1500)) : Optional.empty(),
                Duration.ofMillis(1500),
                Optional.of(true),
                match,
                match.known() ? Optional.empty() : Optional.of(STRANGER),
                0.6,
                Strategy.CONSENSUS,
                new Box(10, 20, 110, 140),
                640,
                480,
                Optional.of("door"),
                MODEL,
                "hog",
                new StageTimes(1.234, 55.55, 0.51, 9.06, 0.04, 65.987));
    }

    /** A camera that only has a state. */
    public static final class FakeCamera implements Camera {
        private final String id;
        volatile CameraState state = CameraState.ONLINE;

        FakeCamera(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String location() {
            return "test";
        }

        @Override
        public CameraStatus status() {
            return new CameraStatus(state, "", 640, 480, 25, 100);
        }

        @Override
        public void setEnabled(boolean enabled) {
            state = enabled ? CameraState.ONLINE : CameraState.DISABLED;
        }
    }

    /** One pipeline, for the camera front. */
    static final class FakePipelines implements Pipelines {
        volatile boolean recognizing = true;
        volatile List<String> missing = List.of();

        @Override
        public List<PipelineStatus> status() {
            return List.of(
                    new PipelineStatus(
                            "front",
                            recognizing,
                            new PipelineCounters(10, 7, 2, 1, 4, 2, 1, 0, 0, 3),
                            new WorkCounters(3, 1, 2, 9),
                            6.789,
                            List.of(
                                    new StageLatency("capture", 1.2, 2.3),
                                    new StageLatency("detect", 55.123, 80.456),
                                    new StageLatency("track", 0.5, 1.5),
                                    new StageLatency("encode", 9.1, 30.2),
                                    new StageLatency("match", 0.1, 0.2),
                                    new StageLatency("total", 66, 115)),
                            missing,
                            new GateCounters(
                                    true,
                                    8,
                                    5,
                                    Map.of(QualityProblem.SMALL, 1L, QualityProblem.BLURRED, 2L),
                                    1)));
        }

        @Override
        public void setRecognizing(String camera, boolean on) {
            recognizing = on;
        }
    }

    /** An outbox that keeps everything. */
    public static final class FakeOutbox implements Outbox {
        private final List<OutboxMessage> messages = new ArrayList<>();
        private long nextId = 1;

        @Override
        public synchronized long append(String topic, String payload) {
            messages.add(new OutboxMessage(nextId, topic, payload, Instant.now()));
            return nextId++;
        }

        @Override
        public synchronized void append(String topic, List<String> payloads) {
            payloads.forEach(payload -> append(topic, payload));
        }

        @Override
        public synchronized List<OutboxMessage> oldest(int limit) {
            return messages.stream().limit(limit).toList();
        }

        @Override
        public synchronized void delivered(long id) {
            messages.removeIf(m -> m.id() <= id);
        }

        @Override
        public synchronized int erase(UUID id) {
            int before = messages.size();
            messages.removeIf(m -> m.payload().contains(id.toString()));
            return before - messages.size();
        }

        @Override
        public synchronized long size() {
            return messages.size();
        }

        @Override
        public long dropped() {
            return 0;
        }
    }
}
