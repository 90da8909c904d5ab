// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import io.facegate.api.backup.Backups;
import io.facegate.api.camera.Camera;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.message.MessageListener;
import io.facegate.api.message.Replies;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.recognition.Corrections;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Obeys what is published for this gateway: switches of cameras, and commands. */
@Component(service = MessageListener.class, immediate = true)
public final class MqttCommands implements MessageListener, Parts {
    private static final Logger LOG = LoggerFactory.getLogger(MqttCommands.class);

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Camera> cameras = List.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ConditionSource> conditionSources = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Pipelines pipelines;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile EncodingStore encodingStore;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile CounterExamples examples;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Corrections corrector;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ModelUpdates modelUpdates;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ModelRegistry registry;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Eraser eraserService;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Backups backupService;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile UnknownPeople strangers;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Sightings lastSightings;

    private final Commands commands = new Commands(this);

    @Activate
    public MqttCommands() {
        // its parts come and go
    }

    @Deactivate
    void deactivate() {
        commands.stop();
    }

    @Override
    public List<String> filters() {
        return Commands.FILTERS;
    }

    @Override
    public void onMessage(String topic, String payload, Replies replies) {
        commands.obey(topic, payload, replies);
    }

    @Override
    public List<Camera> cameras() {
        return List.copyOf(cameras);
    }

    @Override
    public Optional<Pipelines> pipelines() {
        return Optional.ofNullable(pipelines);
    }

    @Override
    public Optional<EncodingStore> store() {
        return Optional.ofNullable(encodingStore);
    }

    @Override
    public Optional<CounterExamples> counterExamples() {
        return Optional.ofNullable(examples);
    }

    @Override
    public Optional<Corrections> corrections() {
        return Optional.ofNullable(corrector);
    }

    @Override
    public Optional<ModelUpdates> updates() {
        return Optional.ofNullable(modelUpdates);
    }

    @Override
    public List<ModelState> models() {
        ModelRegistry now = registry;
        return now == null ? List.of() : now.models();
    }

    @Override
    public Optional<UnknownPeople> unknownPeople() {
        return Optional.ofNullable(strangers);
    }

    @Override
    public Optional<Sightings> sightings() {
        return Optional.ofNullable(lastSightings);
    }

    @Override
    public Optional<Eraser> eraser() {
        return Optional.ofNullable(eraserService);
    }

    @Override
    public Optional<Backups> backups() {
        return Optional.ofNullable(backupService);
    }

    @Override
    public List<Condition> conditions() {
        List<Condition> all = new ArrayList<>();
        for (ConditionSource source : conditionSources) {
            try {
                all.addAll(source.conditions());
            } catch (RuntimeException e) {
                LOG.debug("A source of conditions that is going", e);
            }
        }
        return all;
    }
}
