// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.PersonDataHolder;
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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
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
@Designate(ocd = MqttPublisher.Config.class)
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

    private final BundleContext context;
    private final PublisherLoop loop;

    /** Configuration of the publisher. */
    @ObjectClassDefinition(
            name = "Facegate MQTT publisher",
            description = "Where recognition events are published")
    @interface Config {
        @AttributeDefinition(
                name = "Broker",
                description =
                        "tcp://host:port, ssl:// for TLS, ws:// or wss://host:port/path; of several,"
                                + " with commas between them, the first that can be reached")
        String brokerUrl() default "tcp://127.0.0.1:1883";

        @AttributeDefinition(name = "Prefix", description = "First part of every topic")
        String prefix() default "facegate";

        @AttributeDefinition(
                name = "Client id",
                description =
                        "Unique at the broker; empty is facegate-, the gateway's id and six digits")
        String clientId() default "";

        @AttributeDefinition(name = "User", description = "Name at the broker; empty for none")
        String user() default "";

        @AttributeDefinition(
                name = "Password",
                description = "Password at the broker",
                type = AttributeType.PASSWORD)
        String _password() default "";

        @AttributeDefinition(
                name = "Authorities",
                description =
                        "PEM file with the certificate authorities trusted for ssl:// URLs; empty"
                                + " trusts those of the Java runtime")
        String caFile() default "";

        @AttributeDefinition(
                name = "Certificate",
                description =
                        "PEM or PKCS#12 file with the certificate shown to the broker; empty for none")
        String certFile() default "";

        @AttributeDefinition(
                name = "Key",
                description = "PEM file with the certificate's key; empty: it is in that file")
        String keyFile() default "";

        @AttributeDefinition(
                name = "Key's password",
                description = "Of an encrypted key, or of the PKCS#12 file",
                type = AttributeType.PASSWORD)
        String _keyPassword() default "";

        @AttributeDefinition(
                name = "Keep-alive",
                description = "Seconds between signs of life, 1 to 65535",
                min = "1",
                max = "65535")
        int keepAliveSeconds() default 15;

        @AttributeDefinition(
                name = "Home Assistant",
                description = "Whether the gateway announces itself to Home Assistant")
        boolean discovery() default true;

        @AttributeDefinition(
                name = "Home Assistant's prefix",
                description = "Discovery prefix set in Home Assistant's MQTT integration")
        String discoveryPrefix() default "homeassistant";

        @AttributeDefinition(
                name = "Statistics",
                description = "Seconds between messages on the topic stats; 0 for none",
                min = "0")
        int statsIntervalSeconds() default 10;

        @AttributeDefinition(
                name = "Queue",
                description = "Events kept in memory on their way to broker or outbox, 1 or more",
                min = "1")
        int queueSize() default 1000;

        @AttributeDefinition(
                name = "Outbox",
                description =
                        "Events per second that are sent of those that waited for the broker, as"
                                + " slow subscribers lose what comes faster; 0 for no limit",
                min = "0")
        int outboxEventsPerSecond() default 50;

        @AttributeDefinition(
                name = "Expiry",
                description =
                        "Seconds after which a broker that speaks MQTT 5 no longer delivers an event"
                                + " to a subscriber that was away; 0 for never",
                min = "0")
        int eventExpirySeconds() default 0;
    }

    @Activate
    public MqttPublisher(Config config, BundleContext context) {
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
    public List<MessageListener> listeners() {
        return List.copyOf(messageListeners);
    }

    @Override
    public Map<String, BundleInfo> bundles() {
        return BundleStates.of(context);
    }
}
