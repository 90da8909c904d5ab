// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out why nothing listens on the console's port. */
final class PortProbe {
    private PortProbe() {}

    /** One line that says why, and what to do. */
    static String reason(String host, int port) {
        String where = (host.isEmpty() ? "0.0.0.0" : host) + ":" + port;
        InetSocketAddress address =
                host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return "the console cannot listen on "
                    + where
                    + ": there is no such host name; set"
                    + " org.apache.felix.http.host";
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address, 1);
            return "the console does not listen on "
                    + where
                    + " although the port is free now: start the gateway again";
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("in use")) {
                return "the console cannot listen on "
                        + where
                        + ": another program uses this port; stop it, or start with --port and"
                        + " another number";
            }
            if (message.contains("ermission")) {
                return "the console cannot listen on "
                        + where
                        + ": ports below 1024 are root's; start with --port and a number above";
            }
            return "the console cannot listen on "
                    + where
                    + " ("
                    + message
                    + "): set org.apache.felix.http.host to an address of this machine";
        }
    }
}
