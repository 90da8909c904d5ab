// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import io.facegate.mqtt.socket.BrokerSocket;
import io.facegate.mqtt.socket.BrokerUrl;
import io.facegate.mqtt.socket.MqttGreeting;
import io.facegate.mqtt.socket.NoWebSocketException;
import io.facegate.mqtt.tls.TlsFileException;
import io.facegate.mqtt.tls.TlsFiles;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/** Whether the MQTT broker is there and lets the gateway in. */
final class BrokerCheck implements Check {
    private static final String SUBJECT = "broker";
    private static final String PID = "io.facegate.mqtt";
    private static final int MILLIS = 5000;

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
        List<BrokerUrl> urls;
        try {
            urls = BrokerUrl.list(configuration.value(PID, "brokerUrl", "tcp://127.0.0.1:1883"));
        } catch (IllegalArgumentException e) {
            return List.of(unusable(e.getMessage()));
        }
        if (urls.isEmpty()) {
            return List.of(unusable("brokerUrl is empty"));
        }
        TlsFiles files =
                new TlsFiles(
                        configuration.value(PID, "certFile", ""),
                        configuration.value(PID, "keyFile", ""),
                        configuration.value(PID, ".keyPassword", ""),
                        configuration.value(PID, "caFile", ""));
        return eased(urls.stream().map(url -> greet(url, files, configuration)).toList());
    }

    /** Of several brokers one is enough. */
    private static List<Finding> eased(List<Finding> findings) {
        boolean one = findings.stream().anyMatch(found -> found.level() == Finding.Level.OK);
        return findings.stream()
                .map(
                        found ->
                                one && found.level() == Finding.Level.FAULT
                                        ? Finding.warning(SUBJECT, found.seen(), found.advice())
                                        : found)
                .toList();
    }

    private static Finding unusable(String why) {
        return Finding.fault(
                SUBJECT,
                why,
                "Write tcp://host:1883, ssl://host:8883, ws://host/mqtt or wss://host/mqtt: facegate run --broker URL");
    }

    private static Finding greet(BrokerUrl url, TlsFiles files, ConfigurationFolder configuration) {
        String user = configuration.value(PID, "user", "");
        String shown = url.toString();
        MqttGreeting greeting =
                new MqttGreeting(
                        "facegate-doctor", user, configuration.value(PID, ".password", ""));
        try (BrokerSocket socket = new BrokerSocket(url, sockets(url, files))) {
            socket.connect(MILLIS);
            return answered(greeting.code(socket.input(), socket.output()), shown, user);
        } catch (TlsFileException e) {
            return Finding.fault(
                    SUBJECT,
                    shown + ": " + e.getMessage(),
                    "Correct caFile, certFile, keyFile or .keyPassword in io.facegate.mqtt.config");
        } catch (NoWebSocketException e) {
            return Finding.fault(
                    SUBJECT,
                    shown + " " + e.getMessage(),
                    "The broker's own configuration says on which port and path it takes WebSockets");
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

    private static Optional<SSLSocketFactory> sockets(BrokerUrl url, TlsFiles files)
            throws TlsFileException {
        return url.tls() ? Optional.of(files.context().getSocketFactory()) : Optional.empty();
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
