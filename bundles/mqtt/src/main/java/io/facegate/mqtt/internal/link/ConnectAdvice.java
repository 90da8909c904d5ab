// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.socket.BrokerUrl;
import io.facegate.mqtt.socket.NoWebSocketException;

import org.eclipse.paho.client.mqttv3.MqttException;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

/**
 * Why the broker cannot be reached and what to do, for a person.
 *
 * @param level failed when only a person can help
 * @param message one line
 */
record ConnectAdvice(Level level, String message) {
    /** The last is how MQTT 3.1.1 says it. */
    private static final Set<Integer> WRONG_VERSION =
            Set.of(Refused.UNSUPPORTED_VERSION, Refused.MALFORMED, Refused.PROTOCOL_ERROR, 1);

    static ConnectAdvice of(Throwable cause, BrokerAccess access, BrokerUrl broker) {
        String url = broker.toString();
        if (find(cause, UnknownHostException.class)) {
            return unknownHost(broker);
        }
        if (find(cause, CertificateNotYetValidException.class)
                || find(cause, CertificateExpiredException.class)) {
            return degraded(
                    "the certificate of "
                            + url
                            + " is not valid at the time this machine's clock shows ("
                            + root(cause)
                            + "): when the clock is wrong, the connection is made by itself once it"
                            + " is set (timedatectl tells whether a time server does that);"
                            + " otherwise renew the certificate");
        }
        if (find(cause, NoWebSocketException.class)) {
            return failed(
                    url
                            + " does not open a WebSocket for MQTT ("
                            + root(cause)
                            + "): correct its port and path in brokerUrl"
                            + in());
        }
        if (wantsCertificate(cause)) {
            return failed(
                    url
                            + (access.tls().certificate().isEmpty()
                                    ? " wants a client certificate: set certFile and keyFile"
                                    : " does not take the client certificate of certFile ("
                                            + root(cause)
                                            + "): set a client certificate that its authority"
                                            + " signed")
                            + in());
        }
        if (find(cause, SSLException.class)) {
            return failed(
                    url
                            + " and TLS do not go together ("
                            + root(cause)
                            + "): set caFile to the broker's authority, or use its TLS port,"
                            + in());
        }
        if (broker.tls()
                && (find(cause, SocketException.class) || find(cause, EOFException.class))
                && !find(cause, ConnectException.class)
                && !find(cause, NoRouteToHostException.class)) {
            return failed(
                    url
                            + " breaks off when TLS begins: use its TLS port, or tcp:// without TLS"
                            + (access.tls().certificate().isEmpty()
                                    ? ", or set certFile and keyFile where it wants a client"
                                            + " certificate,"
                                    : ", or a client certificate (certFile) that it takes,")
                            + in());
        }
        if (find(cause, NoRouteToHostException.class)) {
            return degraded(url + " cannot be reached: check the network and brokerUrl" + in());
        }
        if (find(cause, SocketTimeoutException.class)) {
            return degraded(url + " does not answer: check the network and brokerUrl" + in());
        }
        if (find(cause, ConnectException.class)) {
            return degraded(
                    "nothing listens on "
                            + url
                            + ": start the broker, or set brokerUrl"
                            + in()
                            + " (--broker URL)");
        }
        if (cause instanceof MqttException e) {
            return refused(e, access, broker);
        }
        if (cause instanceof Refused refused) {
            return refused(refused, access, broker);
        }
        return degraded(url + " cannot be used: " + root(cause));
    }

    private static ConnectAdvice unknownHost(BrokerUrl broker) {
        boolean local = broker.host().toLowerCase(Locale.ROOT).endsWith(".local");
        return failed(
                "the host of "
                        + broker
                        + " is not known: correct brokerUrl"
                        + in()
                        + (local
                                ? "; names that end with .local are found by mDNS, for which this"
                                        + " machine needs the package libnss-mdns; an address does"
                                        + " without it"
                                : ""));
    }

    /** What a server says in TLS of a client certificate that is missing or not good. */
    private static boolean wantsCertificate(Throwable cause) {
        String why = root(cause);
        return find(cause, SSLException.class)
                && Stream.of(
                                "certificate_required",
                                "bad_certificate",
                                "unknown_ca",
                                "certificate_unknown",
                                "certificate_expired",
                                "certificate_revoked")
                        .anyMatch(why::contains);
    }

    /** The broker takes the connection and says nothing. */
    static ConnectAdvice silent(BrokerUrl broker) {
        return degraded(
                broker
                        + " does not speak MQTT: check that brokerUrl"
                        + in()
                        + " names an MQTT broker");
    }

    /**
     * Whether a broker that speaks MQTT 3.1.1 only may have failed with this when it was spoken to
     * in MQTT 5: some say so, some close the connection, some answer in their own version.
     */
    static boolean mayBeTheVersion(Throwable cause) {
        if (cause instanceof Refused refused) {
            return WRONG_VERSION.contains(refused.code());
        }
        return Stream.of(
                        UnknownHostException.class,
                        SSLException.class,
                        NoRouteToHostException.class,
                        SocketTimeoutException.class,
                        ConnectException.class)
                .noneMatch(type -> find(cause, type));
    }

    private static ConnectAdvice refused(Refused e, BrokerAccess access, BrokerUrl broker) {
        return switch (e.code()) {
            case Refused.BAD_USER_OR_PASSWORD, Refused.NOT_AUTHORIZED ->
                    unauthorised(access, broker);
            case Refused.INVALID_CLIENT_ID -> invalidClientId(access, broker);
            default -> degraded(broker + " refuses the connection: " + e.getMessage());
        };
    }

    private static ConnectAdvice unauthorised(BrokerAccess access, BrokerUrl broker) {
        return failed(
                broker
                        + (access.user().isEmpty()
                                ? " wants a name and a password: set user and .password"
                                : " refuses user " + access.user() + ": check user and .password")
                        + in());
    }

    private static ConnectAdvice invalidClientId(BrokerAccess access, BrokerUrl broker) {
        return failed(
                broker
                        + " refuses the client id "
                        + access.clientId()
                        + ": set another clientId"
                        + in());
    }

    private static ConnectAdvice refused(MqttException e, BrokerAccess access, BrokerUrl broker) {
        String url = broker.toString();
        return switch (e.getReasonCode()) {
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION,
                    MqttException.REASON_CODE_NOT_AUTHORIZED ->
                    unauthorised(access, broker);
            case MqttException.REASON_CODE_INVALID_CLIENT_ID -> invalidClientId(access, broker);
            case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION ->
                    failed(url + " speaks neither MQTT 5 nor 3.1.1: use another broker");
            case MqttException.REASON_CODE_BROKER_UNAVAILABLE ->
                    degraded(url + " says it is not available: look into the broker's log");
            case MqttException.REASON_CODE_CONNECTION_LOST ->
                    degraded(
                            url
                                    + " closes the connection at once: check that it is an MQTT"
                                    + " broker without TLS and look into its log");
            default -> degraded(url + " cannot be used: " + root(e));
        };
    }

    private static boolean find(Throwable cause, Class<? extends Throwable> type) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static String root(Throwable cause) {
        if (cause == null) {
            return "no reason given";
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private static String in() {
        return " in " + BrokerAccess.PID;
    }

    private static ConnectAdvice failed(String message) {
        return new ConnectAdvice(Level.FAILED, message);
    }

    private static ConnectAdvice degraded(String message) {
        return new ConnectAdvice(Level.DEGRADED, message);
    }
}
