// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.mqtt.tls.TlsFiles;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The embedded MQTT broker, there when it is configured. */
@Component(
        configurationPid = EmbeddedBroker.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = EmbeddedBroker.Config.class)
public final class EmbeddedBroker implements ConditionSource {
    static final String PID = "io.facegate.broker";

    private final BrokerLife life;

    /** Configuration of the embedded broker. */
    @ObjectClassDefinition(
            name = "Facegate embedded MQTT broker",
            description = "A broker for MQTT 5 and 3.1.1; what is retained outlives it")
    @interface Config {
        @AttributeDefinition(
                name = "Host",
                description =
                        "Address listened on; 0.0.0.0 opens it to the network, with a user only")
        String host() default "127.0.0.1";

        @AttributeDefinition(name = "Port", description = "TCP port, 1 to 65535", min = "0")
        int port() default 1883;

        @AttributeDefinition(
                name = "User",
                description = "Name that clients must log in with; empty lets everyone in")
        String user() default "";

        @AttributeDefinition(
                name = "Password",
                description = "Password that belongs to the user",
                type = AttributeType.PASSWORD)
        String _password() default "";

        @AttributeDefinition(
                name = "Certificate",
                description =
                        "PEM file with the certificate and those up to its authority, or a PKCS#12"
                                + " file with its key; empty offers no TLS")
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
                name = "TLS port",
                description = "TCP port with TLS, 1 to 65535",
                min = "0")
        int tlsPort() default 8883;

        @AttributeDefinition(
                name = "TLS only",
                description = "Whether the port without TLS is for this machine alone")
        boolean tlsOnly() default false;
    }

    @Activate
    public EmbeddedBroker(Config config, BundleContext context) {
        Optional<Path> data =
                Optional.ofNullable(context.getProperty("facegate.data")).map(Path::of);
        String gateway = context.getProperty("facegate.gateway");
        life =
                new BrokerLife(
                        settings(config),
                        new AccessFiles(data),
                        context.getDataFile("waiting").toPath(),
                        Stores.in(data, gateway == null ? "" : gateway));
        life.start();
    }

    private static BrokerSettings settings(Config config) {
        return new BrokerSettings(
                config.host(),
                config.port(),
                config.user(),
                config._password(),
                new BrokerSettings.Tls(
                        config.tlsPort(),
                        new TlsFiles(
                                config.certFile(), config.keyFile(), config._keyPassword(), ""),
                        config.tlsOnly()),
                false);
    }

    @Deactivate
    void deactivate() {
        life.stop();
    }

    @Override
    public List<Condition> conditions() {
        return List.of(life.condition());
    }
}
