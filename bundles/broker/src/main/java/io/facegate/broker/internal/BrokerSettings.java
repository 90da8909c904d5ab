// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.facegate.mqtt.tls.TlsFiles;

import java.util.Optional;

/**
 * What the embedded broker is told.
 *
 * @param host address listened on
 * @param port TCP port; 0 takes any free one
 * @param user of the settings, who may do everything; empty for none
 * @param password of the user
 * @param tls how TLS is offered
 * @param fileUsers whether there is a file of users
 */
record BrokerSettings(
        String host, int port, String user, String password, Tls tls, boolean fileUsers) {
    /**
     * TLS.
     *
     * @param port TCP port; 0 takes any free one
     * @param files without a certificate there is no TLS
     * @param only whether the port without TLS is for this machine alone
     */
    record Tls(int port, TlsFiles files, boolean only) {
        static final Tls NONE = new Tls(0, new TlsFiles("", "", "", ""), false);

        boolean wanted() {
            return !files.certificate().isEmpty();
        }
    }

    private static final String LOOPBACK = "127.0.0.1";

    BrokerSettings {
        host = host == null || host.isBlank() ? LOOPBACK : host.strip();
        user = user == null ? "" : user.strip();
        password = password == null ? "" : password;
    }

    /** Without TLS and without users of a file. */
    BrokerSettings(String host, int port, String user, String password) {
        this(host, port, user, password, Tls.NONE, false);
    }

    BrokerSettings withFileUsers(boolean present) {
        return new BrokerSettings(host, port, user, password, tls, present);
    }

    /** What is wrong with them and what to do; empty when they can be used. */
    Optional<String> problem() {
        if (port < 0 || port > 65535) {
            return Optional.of(
                    "port " + port + " does not exist: set port to 1..65535 in " + pid());
        }
        if (tls.wanted() && (tls.port() < 0 || tls.port() > 65535)) {
            return Optional.of(
                    "port " + tls.port() + " does not exist: set tlsPort to 1..65535 in " + pid());
        }
        if (tls.wanted() && tls.port() != 0 && tls.port() == port) {
            return Optional.of("set port and tlsPort to different ports in " + pid());
        }
        if (user.isEmpty() != password.isEmpty()) {
            return Optional.of("user and .password go together: set both or neither in " + pid());
        }
        return Optional.empty();
    }

    /**
     * Address really listened on without TLS: without a user none that others on the network reach,
     * as anybody who publishes may give the gateway orders.
     */
    String listening() {
        return tls.wanted() && tls.only() && !loopback() ? LOOPBACK : listeningTls();
    }

    /** The same with TLS. */
    String listeningTls() {
        return confined() ? LOOPBACK : host;
    }

    /** Whether the address asked for is not listened on, as there is no user. */
    boolean confined() {
        return !loopback() && user.isEmpty() && !fileUsers;
    }

    private boolean loopback() {
        return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
    }

    private static String pid() {
        return EmbeddedBroker.PID;
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return host + ":" + port + (user.isEmpty() ? "" : " for user " + user);
    }
}
