// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import io.facegate.api.backup.Backups;
import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.message.Replies;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.recognition.Corrections;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.status.Condition;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The gateway as tests of commands want it to be: one camera, {@code front}. */
final class Fakes implements Parts, Replies {
    CameraState state = CameraState.ONLINE;
    boolean recognizing = true;
    List<Condition> conditions = List.of();
    Optional<UnknownPeople> unknownPeople = Optional.empty();
    Optional<EncodingStore> store = Optional.empty();
    Optional<CounterExamples> counterExamples = Optional.empty();
    Optional<Corrections> corrections = Optional.empty();
    Optional<ModelUpdates> updates = Optional.empty();
    List<ModelState> models = List.of();
    Optional<Eraser> eraser = Optional.empty();
    Optional<Backups> backups = Optional.empty();
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();

    /** The next answer or error, as {@code topic payload}; empty when none comes. */
    String next() throws InterruptedException {
        return Optional.ofNullable(sent.poll(10, TimeUnit.SECONDS)).orElse("");
    }

    /** Whether nothing was sent that was not taken. */
    boolean silent() {
        return sent.isEmpty();
    }

    @Override
    public void send(String topic, String payload) {
        sent.add(topic + " " + payload);
    }

    @Override
    public void error(String code, String message) {
        sent.add("errors " + code + " " + message);
    }

    @Override
    public List<Camera> cameras() {
        return List.of(
                new Camera() {
                    @Override
                    public String id() {
                        return "front";
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
                });
    }

    @Override
    public Optional<Pipelines> pipelines() {
        return Optional.of(
                new Pipelines() {
                    @Override
                    public List<PipelineStatus> status() {
                        return List.of();
                    }

                    @Override
                    public void setRecognizing(String camera, boolean on) {
                        recognizing = on;
                    }
                });
    }

    @Override
    public Optional<EncodingStore> store() {
        return store;
    }

    @Override
    public Optional<CounterExamples> counterExamples() {
        return counterExamples;
    }

    @Override
    public Optional<ModelUpdates> updates() {
        return updates;
    }

    @Override
    public List<ModelState> models() {
        return models;
    }

    @Override
    public Optional<Corrections> corrections() {
        return corrections;
    }

    @Override
    public Optional<UnknownPeople> unknownPeople() {
        return unknownPeople;
    }

    @Override
    public Optional<Sightings> sightings() {
        return Optional.empty();
    }

    @Override
    public Optional<Eraser> eraser() {
        return eraser;
    }

    @Override
    public Optional<Backups> backups() {
        return backups;
    }

    @Override
    public List<Condition> conditions() {
        return conditions;
    }
}
