// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.facegate.mqtt.socket.MqttGreeting;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Finds out whether an MQTT broker answers at an address (MQTT 3.1.1, sections 3.1 and 3.2). */
final class MqttProbe {
    private static final int MILLIS = 2000;

    private MqttProbe() {}

    /** Whether CONNECT without a user is answered with CONNACK, accepted or refused. */
    static boolean answers(String host, int port) {
        return answers(host, port, "", "");
    }

    /**
     * Whether CONNECT is answered with CONNACK, accepted or refused.
     *
     * @param user empty connects without one
     */
    static boolean answers(String host, int port, String user, String password) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host.equals("0.0.0.0") ? "127.0.0.1" : host, port),
                    MILLIS);
            socket.setSoTimeout(MILLIS);
            new MqttGreeting("fg-probe", user, password)
                    .code(socket.getInputStream(), socket.getOutputStream());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
