// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import io.facegate.api.message.MessageListener;
import io.facegate.api.message.Replies;
import io.facegate.api.status.SystemClock;
import io.facegate.mqtt.commands.internal.right.NonceBook;
import io.facegate.mqtt.commands.internal.right.RateLimit;
import io.facegate.mqtt.commands.internal.right.Rights;
import io.facegate.mqtt.commands.internal.right.Signatures;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Obeys what is published for this gateway: switches of cameras, and commands. */
@Component(
        service = MessageListener.class,
        name = Rights.PID,
        configurationPid = Rights.PID,
        immediate = true)
@Designate(ocd = MqttCommands.Config.class)
public final class MqttCommands implements MessageListener {
    private static final Logger LOG = LoggerFactory.getLogger(MqttCommands.class);

    private final FrameworkParts parts;
    private final Commands commands;

    /** Who may do what by messages. */
    @ObjectClassDefinition(
            name = "Facegate MQTT commands",
            description = "What anybody may have the gateway do who may publish at the broker")
    @interface Config {
        @AttributeDefinition(
                name = "Allowed",
                description =
                        "Commands anybody may give, by name (rename) or name and action"
                                + " (model.install); set for the topics that end so; * for all")
        String[] allow() default {
            "status",
            "people",
            "unknown_people",
            "counter_examples",
            "recognize",
            "model.status",
            "bundle.list",
            "set"
        };

        @AttributeDefinition(
                name = "Secret",
                description =
                        "Shared with those who sign commands, which may then be any; at least 16"
                                + " letters; empty: nobody signs",
                type = AttributeType.PASSWORD)
        String _secret() default "";

        @AttributeDefinition(
                name = "Window",
                description =
                        "Seconds between the time a command was signed and the gateway's clock, at"
                                + " most; 5 to 3600",
                min = "5",
                max = "3600")
        int windowSeconds() default 60;

        @AttributeDefinition(
                name = "Rate",
                description = "Commands a minute, at most; 1 to 10000",
                min = "1",
                max = "10000")
        int commandsPerMinute() default 120;
    }

    @Activate
    public MqttCommands(Config config, BundleContext context) {
        parts = new FrameworkParts(context);
        Signatures signatures =
                new Signatures(
                        config._secret(),
                        Optional.ofNullable(context.getProperty("facegate.gateway")).orElse(""),
                        Math.max(5, Math.min(3600, config.windowSeconds())),
                        InstantSource.system(),
                        () -> parts.find(SystemClock.class).flatMap(SystemClock::isSynchronized),
                        new NonceBook(parts.data().resolve("mqtt.nonces")));
        if (!config._secret().isEmpty() && !signatures.on()) {
            LOG.error(
                    "The secret of {} has fewer than {} letters and is not used: take a longer one",
                    Rights.PID,
                    Signatures.SHORTEST_SECRET);
        }
        Set<String> allowed =
                Arrays.stream(config.allow()).map(String::strip).collect(Collectors.toSet());
        commands =
                new Commands(
                        parts,
                        new Rights(allowed, signatures.on()),
                        signatures,
                        new RateLimit(
                                Math.max(1, Math.min(10_000, config.commandsPerMinute())),
                                System::nanoTime));
    }

    @Deactivate
    void deactivate() {
        commands.stop();
        parts.close();
    }

    @Override
    public List<String> filters() {
        return Commands.FILTERS;
    }

    @Override
    public void onMessage(String topic, String payload, Replies replies) {
        commands.obey(topic, payload, replies);
    }
}
