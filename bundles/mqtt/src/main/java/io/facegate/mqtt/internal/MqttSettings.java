// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.mqtt.internal.delivery.Delivery;
import io.facegate.mqtt.internal.delivery.Repeats;
import io.facegate.mqtt.internal.delivery.RetainedStates;
import io.facegate.mqtt.internal.discovery.Announced;
import io.facegate.mqtt.internal.discovery.Announcer;
import io.facegate.mqtt.internal.discovery.Discovery;
import io.facegate.mqtt.internal.gateway.GatewayId;
import io.facegate.mqtt.internal.gateway.MachineId;
import io.facegate.mqtt.internal.link.BrokerAccess;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.internal.state.GatewayStates;
import io.facegate.mqtt.internal.state.RetainedPeople;
import io.facegate.mqtt.tls.TlsFiles;

import org.osgi.framework.BundleContext;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the publisher is told.
 *
 * @param broker how to reach it
 * @param topics their names
 * @param version of the gateway
 * @param discoveryPrefix of Home Assistant; empty without discovery
 * @param limits of its traffic
 * @param people file of those with retained topics; empty to keep them in memory
 * @param announced file of what was announced; empty to keep it in memory
 */
record MqttSettings(
        BrokerAccess broker,
        Topics topics,
        String version,
        Optional<String> discoveryPrefix,
        Limits limits,
        Optional<Path> people,
        Optional<Path> announced) {
    /**
     * Limits of the traffic.
     *
     * @param statsSeconds between statistics; 0 for none
     * @param queueSize events kept in memory
     * @param outboxPerSecond events sent of those that waited; 0 for as many as can be
     * @param expirySeconds after which the broker need not deliver an event; 0 for never
     * @param repeatSeconds how long what the broker acknowledged is kept, should it lose it; 0 for
     *     not at all
     */
    record Limits(
            int statsSeconds,
            int queueSize,
            int outboxPerSecond,
            int expirySeconds,
            int repeatSeconds) {
        Limits {
            statsSeconds = Math.max(0, statsSeconds);
            queueSize = Math.max(1, queueSize);
            outboxPerSecond = Math.max(0, outboxPerSecond);
            expirySeconds = Math.max(0, expirySeconds);
            repeatSeconds = Math.max(0, repeatSeconds);
        }
    }

    private static final Pattern PREFIX = Pattern.compile("[^+#/\\s]+(/[^+#/\\s]+)*");

    /** What is wrong and what to do; empty when it can be tried. */
    Optional<String> problem() {
        if (!PREFIX.matcher(topics.prefix()).matches()) {
            return Optional.of(
                    "prefix is one or more topic levels without +, # and blanks: correct it in "
                            + MqttPublisher.PID);
        }
        if (discoveryPrefix.isPresent() && !PREFIX.matcher(discoveryPrefix.get()).matches()) {
            return Optional.of(
                    "discoveryPrefix is one or more topic levels without +, # and blanks: correct"
                            + " it in "
                            + MqttPublisher.PID);
        }
        return broker.problem();
    }

    /** How events are sent. */
    Delivery.Rules rules() {
        return new Delivery.Rules(limits.outboxPerSecond(), limits.expirySeconds());
    }

    /** What is sent again when a broker loses what it acknowledged. */
    Repeats repeats() {
        return new Repeats(topics, people.map(Path::getParent), limits.repeatSeconds());
    }

    /** What may be at a broker from before. */
    GatewayStates.Before before() {
        return new GatewayStates.Before(new RetainedPeople(people), new Announced(announced));
    }

    /** Who tells Home Assistant; empty when it is told nothing. */
    Optional<Announcer> announcer(GatewayStates.Before before, RetainedStates retained) {
        return discoveryPrefix.map(
                home ->
                        new Announcer(
                                new Discovery(home, topics, version, limits.statsSeconds()),
                                before.announced(),
                                retained));
    }

    /** Reads a configuration. */
    static MqttSettings of(PublisherConfig config, BundleContext context) {
        String gateway = GatewayId.of(context.getProperty("facegate.gateway"));
        String version =
                Optional.ofNullable(context.getProperty("facegate.version"))
                        .orElse(context.getBundle().getVersion().toString());
        String clientId = config.clientId().strip();
        BrokerAccess broker =
                new BrokerAccess(
                        config.brokerUrl(),
                        clientId.isEmpty()
                                ? "facegate-" + gateway + "-" + MachineId.digits()
                                : clientId,
                        config.user().strip(),
                        config._password(),
                        config.keepAliveSeconds(),
                        new TlsFiles(
                                config.certFile(),
                                config.keyFile(),
                                config._keyPassword(),
                                config.caFile()));
        return new MqttSettings(
                broker,
                new Topics(config.prefix().strip(), gateway),
                version,
                config.discovery()
                        ? Optional.of(config.discoveryPrefix().strip())
                        : Optional.empty(),
                new Limits(
                        config.statsIntervalSeconds(),
                        config.queueSize(),
                        config.outboxEventsPerSecond(),
                        config.eventExpirySeconds(),
                        config.repeatSeconds()),
                file(context, "mqtt.people"),
                file(context, "mqtt.announced"));
    }

    private static Optional<Path> file(BundleContext context, String name) {
        return Optional.ofNullable(context.getProperty("facegate.data"))
                .map(data -> Path.of(data).resolve(name));
    }
}
