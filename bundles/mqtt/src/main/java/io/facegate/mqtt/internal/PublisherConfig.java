// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the publisher. */
@ObjectClassDefinition(
        name = "Facegate MQTT publisher",
        description = "Where recognition events are published")
@interface PublisherConfig {
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

    @AttributeDefinition(
            name = "Repetition",
            description =
                    "Seconds for which events are kept that the broker acknowledged, to send them"
                            + " again when it dies before it has saved them; 0 for not at all",
            min = "0")
    int repeatSeconds() default 2400;
}
