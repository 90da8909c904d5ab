// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;

import javax.net.ssl.SSLException;

/** Whether the MQTT broker is there and lets the gateway in. */
final class BrokerCheck implements Check {
    private static final String SUBJECT = "broker";
    private static final String PID = "io.facegate.mqtt";

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public boolean needsData() {
        return true;
    }

    @Override
    public List<Finding> look(Installation installation) {
        ConfigurationFolder configuration = installation.configuration();
        boolean embedded = configuration.of("io.facegate.broker").isPresent();
        if (embedded && !installation.gateway().runs()) {
            return List.of(Finding.ok(SUBJECT, "the embedded one, which runs with the gateway"));
        }
        if (configuration.of(PID).isEmpty()) {
            return List.of(
                    Finding.ok(
                            SUBJECT,
                            "none is configured yet: the first start takes the one on this machine,"
                                    + " or its own"));
        }
        String url = configuration.value(PID, "brokerUrl", "tcp://127.0.0.1:1883");
        String shown = url.replaceFirst("//[^/]*@", "//");
        URI address;
        try {
            address = new URI(url.replaceFirst("^mqtts:", "ssl:").replaceFirst("^mqtt:", "tcp:"));
        } catch (URISyntaxException e) {
            return List.of(unusable(shown));
        }
        boolean tls = "ssl".equals(address.getScheme());
        if (address.getHost() == null || !tls && !"tcp".equals(address.getScheme())) {
            return List.of(unusable(shown));
        }
        int port = address.getPort() < 0 ? (tls ? 8883 : 1883) : address.getPort();
        BrokerGreeting greeting =
                new BrokerGreeting(
                        address.getHost().replaceAll("^\\[|\\]$", ""),
                        port,
                        tls,
                        configuration.value(PID, "caFile", ""));
        return List.of(greet(greeting, configuration, shown));
    }

    private static Finding unusable(String shown) {
        return Finding.fault(
                SUBJECT,
                "brokerUrl " + shown + " cannot be used",
                "Write tcp://host:1883 or ssl://host:8883: facegate run --broker URL");
    }

    private static Finding greet(
            BrokerGreeting greeting, ConfigurationFolder configuration, String shown) {
        String user = configuration.value(PID, "user", "");
        try {
            int code = greeting.code(user, configuration.value(PID, ".password", ""));
            return answered(code, shown, user);
        } catch (UnknownHostException e) {
            return Finding.fault(
                    SUBJECT,
                    shown + ": no machine of this name is known",
                    "Use its address, or see that the name is known: getent hosts NAME");
        } catch (ConnectException e) {
            return Finding.fault(
                    SUBJECT,
                    shown + ": nobody answers there (" + e.getMessage() + ")",
                    "Is the broker running, and does it listen on the network? mosquitto listens to its own machine only, unless its configuration has a line 'listener 1883'");
        } catch (SocketTimeoutException e) {
            return Finding.fault(
                    SUBJECT,
                    shown + ": no answer in time",
                    "Look at the network and its firewalls; a port of TLS does not answer to tcp://");
        } catch (SSLException e) {
            return Finding.fault(
                    SUBJECT,
                    shown + ": " + e.getMessage(),
                    "For a certificate of your own name its authority with caFile; the name in the certificate is the one in the URL");
        } catch (IOException e) {
            return Finding.fault(
                    SUBJECT,
                    shown + ": " + e.getMessage(),
                    "What answers there may be no MQTT broker, or one that wants TLS: ssl://");
        }
    }

    /** Codes of MQTT 3.1.1, section 3.2.2.3. */
    private static Finding answered(int code, String shown, String user) {
        String as = user.isEmpty() ? "without a user" : "as " + user;
        String advice =
                "Give the user and password that the broker knows: FACEGATE_MQTT_PASSWORD=… facegate run --user NAME";
        return switch (code) {
            case 0 -> Finding.ok(SUBJECT, shown + " lets the gateway in " + as);
            case 4 -> Finding.fault(SUBJECT, shown + " refuses user or password " + as, advice);
            case 5 -> Finding.fault(SUBJECT, shown + " does not let the gateway in " + as, advice);
            default ->
                    Finding.fault(
                            SUBJECT,
                            shown + " refuses (code " + code + ")",
                            "The broker's own log says why");
        };
    }
}
