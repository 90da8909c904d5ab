// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import io.facegate.mqtt.socket.BrokerUrl;
import io.facegate.mqtt.tls.TlsFiles;

import java.util.List;
import java.util.Optional;

/**
 * How to reach the brokers.
 *
 * @param url {@code tcp://host:port}, {@code ssl://host:port} (also {@code mqtt}, {@code mqtts}),
 *     {@code ws://host:port/path}, {@code wss://host:port/path}; of several, with commas or blanks
 *     between them, the first that can be reached
 * @param clientId never empty
 * @param user empty for none
 * @param password of the user
 * @param keepAliveSeconds between signs of life
 * @param tls trusted authorities and the certificate shown to the broker
 */
public record BrokerAccess(
        String url,
        String clientId,
        String user,
        String password,
        int keepAliveSeconds,
        TlsFiles tls) {
    /** PID of the configuration that says so. */
    public static final String PID = "io.facegate.mqtt";

    /** What is wrong and what to do; empty when it can be tried. */
    public Optional<String> problem() {
        try {
            if (urls().isEmpty()) {
                return wrong("brokerUrl is empty");
            }
        } catch (IllegalArgumentException e) {
            return wrong(e.getMessage());
        }
        if (user.isEmpty() && !password.isEmpty()) {
            return wrong(".password is set without user");
        }
        if (keepAliveSeconds < 1 || keepAliveSeconds > 65535) {
            return wrong("keepAliveSeconds is 1 to 65535");
        }
        return Optional.empty();
    }

    /**
     * The brokers in the order they are tried.
     *
     * @throws IllegalArgumentException one is none; see {@link #problem()}
     */
    List<BrokerUrl> urls() {
        return BrokerUrl.list(url);
    }

    /** The URLs without anything secret. */
    public String shown() {
        try {
            return String.join(", ", urls().stream().map(BrokerUrl::toString).toList());
        } catch (IllegalArgumentException e) {
            return "no broker";
        }
    }

    private static Optional<String> wrong(String what) {
        return Optional.of(what + ": correct it in " + PID);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return shown() + " as " + clientId;
    }
}
