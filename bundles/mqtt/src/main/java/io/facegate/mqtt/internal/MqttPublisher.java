// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.PersonDataHolder;
import io.facegate.api.message.EventTranslator;
import io.facegate.api.message.MessageListener;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.outbox.Outbox;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.mqtt.internal.gateway.BundleStates;
import io.facegate.mqtt.internal.gateway.Home;
import io.facegate.mqtt.internal.gateway.StartLevel;
import io.facegate.mqtt.internal.gateway.Surroundings;
import io.facegate.mqtt.internal.link.BrokerAccess;
import io.facegate.mqtt.internal.link.Connection;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Publishes who is seen, and how the gateway is, to an MQTT broker. */
@Component(
        name = MqttPublisher.PID,
        service = {RecognitionListener.class, PersonDataHolder.class, ConditionSource.class},
        configurationPid = MqttPublisher.PID,
        immediate = true)
@Designate(ocd = PublisherConfig.class)
public final class MqttPublisher
        implements RecognitionListener, PersonDataHolder, ConditionSource, Surroundings {
    static final String PID = BrokerAccess.PID;

    private static final Logger LOG = LoggerFactory.getLogger(MqttPublisher.class);

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Camera> cameras = List.of();

    /** All but its own: a component must not wait for itself. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            target = "(!(component.name=" + PID + "))")
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
    private volatile ModelRegistry modelRegistry;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile EncodingStore encodingStore;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Outbox outboxService;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Eraser eraserService;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<MessageListener> messageListeners = List.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<EventTranslator> eventTranslators = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Home smartHome;

    private final BundleContext context;
    private final PublisherLoop loop;

    @Activate
    public MqttPublisher(PublisherConfig config, BundleContext context) {
        this.context = context;
        loop = new PublisherLoop(MqttSettings.of(config, context), this);
        loop.start();
    }

    @Deactivate
    void deactivate() {
        loop.stop();
    }

    @Override
    public void onEvent(RecognitionEvent event) {
        loop.add(event);
    }

    @Override
    public String place() {
        return Connection.PART;
    }

    @Override
    public List<ErasedPart> erase(Person person) throws IOException {
        return loop.erase(person);
    }

    @Override
    public List<Condition> conditions() {
        return List.of(loop.condition());
    }

    @Override
    public List<Condition> otherConditions() {
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

    @Override
    public boolean started() {
        return StartLevel.reached(context);
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
    public Optional<ModelRegistry> models() {
        return Optional.ofNullable(modelRegistry);
    }

    @Override
    public Optional<EncodingStore> store() {
        return Optional.ofNullable(encodingStore);
    }

    @Override
    public Optional<Outbox> outbox() {
        return Optional.ofNullable(outboxService);
    }

    @Override
    public Optional<Eraser> eraser() {
        return Optional.ofNullable(eraserService);
    }

    @Override
    public Optional<Home> home() {
        return Optional.ofNullable(smartHome);
    }

    @Override
    public List<EventTranslator> translators() {
        return List.copyOf(eventTranslators);
    }

    @Override
    public List<MessageListener> listeners() {
        return List.copyOf(messageListeners);
    }

    @Override
    public Map<String, BundleInfo> bundles() {
        return BundleStates.of(context);
    }
}
