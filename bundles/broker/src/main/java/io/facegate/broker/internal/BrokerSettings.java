// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.util.Optional;

/**
 * What the embedded broker is told.
 *
 * @param host address listened on
 * @param port TCP port; 0 takes any free one
 * @param user empty lets everyone in
 * @param password of the user
 */
record BrokerSettings(String host, int port, String user, String password) {
    BrokerSettings {
        host = host == null || host.isBlank() ? "127.0.0.1" : host.strip();
        user = user == null ? "" : user.strip();
        password = password == null ? "" : password;
    }

    /** What is wrong with them and what to do; empty when they can be used. */
    Optional<String> problem() {
        if (port < 0 || port > 65535) {
            return Optional.of(
                    "port " + port + " does not exist: set port to 1..65535 in " + pid());
        }
        if (user.isEmpty() != password.isEmpty()) {
            return Optional.of("user and .password go together: set both or neither in " + pid());
        }
        return Optional.empty();
    }

    /**
     * Address really listened on: without a user none that others on the network reach, as anybody
     * who publishes may give the gateway orders.
     */
    String listening() {
        return confined() ? "127.0.0.1" : host;
    }

    /** Whether the address asked for is not listened on, as there is no user. */
    boolean confined() {
        boolean loopback =
                host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
        return !loopback && user.isEmpty();
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
