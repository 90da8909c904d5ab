// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelState;
import io.facegate.api.outbox.Outbox;
import io.facegate.api.outbox.OutboxMessage;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.LatencyHistogram;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.WorkCounters;
import io.facegate.api.store.Addition;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreContents;
import io.facegate.api.store.StoredEncoding;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rest of the gateway, small. */
final class Fakes {
    static final ModelKey MODEL = new ModelKey("dlib-resnet-v1", "cd".repeat(32));

    private Fakes() {}

    static PipelineStatus status(String camera, long frames) {
        LatencyHistogram detect =
                new LatencyHistogram(
                        List.of(10.0, 50.0), List.of(frames / 2, frames - frames / 2, 0L), 750);
        return new PipelineStatus(
                camera,
                true,
                new PipelineCounters(frames + 4, frames + 1, 2, 1, frames, 0, 0, 0, 1, 7),
                new WorkCounters(frames, 0, 0, frames),
                9.7,
                List.of(
                        new StageLatency("detect", 20.5, 61, detect),
                        new StageLatency("total", 70, 110.25)),
                List.of("encoder"),
                new GateCounters(
                        true, frames - 1, frames - 1, Map.of(QualityProblem.BLURRED, 0L), 1));
    }

    static Pipelines pipelines(PipelineStatus... all) {
        return new Pipelines() {
            @Override
            public List<PipelineStatus> status() {
                return List.of(all);
            }

            @Override
            public void setRecognizing(String camera, boolean recognizing) {}
        };
    }

    static Camera camera(String id, CameraState state) {
        return new Camera() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String location() {
                return "/dev/video0";
            }

            @Override
            public CameraStatus status() {
                return new CameraStatus(state, "", 640, 480, 14.5, 1234);
            }

            @Override
            public void setEnabled(boolean enabled) {}
        };
    }

    static ModelState model(ModelState.State state) {
        return new ModelState(
                new ModelInfo(
                        MODEL.id(), ModelKind.ENCODER, "dlib", "1.0.0", "ab", MODEL.weights()),
                state,
                "");
    }

    static Outbox outbox() {
        return new Outbox() {
            @Override
            public long append(String topic, String payload) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void append(String topic, List<String> payloads) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<OutboxMessage> oldest(int limit) {
                return List.of();
            }

            @Override
            public void delivered(long id) {}

            @Override
            public int erase(UUID id) {
                return 0;
            }

            @Override
            public long size() {
                return 3;
            }

            @Override
            public long dropped() {
                return 1;
            }
        };
    }

    /** One person with two encodings. */
    static EncodingStore store(String name) {
        Person person = new Person(UUID.randomUUID(), name, Instant.now(), 2);
        GallerySection section =
                new GallerySection(MODEL, 1, List.of(person), new int[2], new float[2]);
        Gallery gallery = new Gallery(1, List.of(person), Map.of(MODEL, section));
        return new EncodingStore() {
            @Override
            public Gallery gallery() {
                return gallery;
            }

            @Override
            public Optional<Person> find(String wanted) {
                return Optional.empty();
            }

            @Override
            public List<StoredEncoding> encodings(UUID owner) {
                return List.of();
            }

            @Override
            public Optional<FaceChip> chip(long encoding) {
                return Optional.empty();
            }

            @Override
            public Person add(String owner, List<NewEncoding> encodings) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Person replace(String owner, String source, List<NewEncoding> encodings) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Person rename(String from, String to) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Person> delete(List<String> names) {
                return List.of();
            }

            @Override
            public int deleteSource(String owner, String source) {
                return 0;
            }

            @Override
            public Addition addAll(List<NewPerson> people) {
                throw new UnsupportedOperationException();
            }

            @Override
            public StoreContents copyTo(Path file) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Addition restore(Path copy, RestoreMode mode) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
