// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * Why the broker cannot listen, for a person.
 *
 * @param message one line: what, who may hold it, the way out
 * @param usable whether another MQTT broker answers there, which the gateway can use
 */
record PortTrouble(String message, boolean usable) {
    private static final int PROBE_MILLIS = 1000;

    /** MQTT 3.1.1 CONNECT, clean session, keep-alive 5 s, client id "fg-probe". */
    private static final byte[] CONNECT = {
        0x10, 20, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 5, 0, 8, 'f', 'g', '-', 'p', 'r', 'o', 'b', 'e'
    };

    private static final byte[] DISCONNECT = {(byte) 0xE0, 0};

    static PortTrouble of(BrokerSettings settings, BrokerStartException e) {
        String where = settings.host() + ":" + settings.port();
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (e.getCause() instanceof UnknownHostException) {
            return new PortTrouble(
                    "host "
                            + settings.host()
                            + " is not known: set host to an address of this machine in "
                            + EmbeddedBroker.PID,
                    false);
        }
        if (text.contains("assign requested address")) {
            return new PortTrouble(
                    settings.host()
                            + " is no address of this machine: set host to 127.0.0.1 or 0.0.0.0 in "
                            + EmbeddedBroker.PID,
                    false);
        }
        if (text.contains("permission denied")) {
            return new PortTrouble(
                    "port "
                            + settings.port()
                            + " is for the system administrator: set a port above 1023 in "
                            + EmbeddedBroker.PID,
                    false);
        }
        if (!text.contains("in use")) {
            return new PortTrouble("cannot listen on " + where + ": " + e.getMessage(), false);
        }
        return inUse(settings, where);
    }

    private static PortTrouble inUse(BrokerSettings settings, String where) {
        Optional<String> holder = PortHolder.of(settings.port());
        String taken = where + " is in use by " + holder.orElse("another program");
        if (answersMqtt(settings)) {
            return new PortTrouble(
                    taken
                            + ", an MQTT broker: the gateway can use it as it is; remove "
                            + EmbeddedBroker.PID
                            + " (--broker tcp://"
                            + where
                            + ") or set another port",
                    true);
        }
        String find =
                holder.isPresent() ? "" : " (ss -ltnp 'sport = :" + settings.port() + "' shows it)";
        return new PortTrouble(
                taken
                        + find
                        + ": stop it, set another port in "
                        + EmbeddedBroker.PID
                        + ", or use another broker with --broker URL",
                false);
    }

    /** Whether something on the port answers CONNECT with CONNACK, accepted or refused. */
    static boolean answersMqtt(BrokerSettings settings) {
        String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, settings.port()), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            socket.getOutputStream().write(CONNECT);
            InputStream in = socket.getInputStream();
            boolean connack = in.read() == 0x20 && in.read() == 2;
            if (connack) {
                socket.getOutputStream().write(DISCONNECT);
            }
            return connack;
        } catch (IOException e) {
            return false;
        }
    }
}
