// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Finds out whether an MQTT broker answers at an address (MQTT 3.1.1, sections 3.1 and 3.2). */
final class MqttProbe {
    private static final int MILLIS = 2000;
    private static final byte[] DISCONNECT = {(byte) 0xE0, 0};

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
            socket.getOutputStream().write(connect(user, password));
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

    /** Clean session, keep-alive 5 s, a client id of its own. */
    private static byte[] connect(String user, String password) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF("MQTT");
        out.write(4);
        out.write(user.isEmpty() ? 0x02 : 0xC2);
        out.writeShort(5);
        out.writeUTF("fg-probe");
        if (!user.isEmpty()) {
            out.writeUTF(user);
            out.writeUTF(password);
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x10);
        int left = body.size();
        while (left > 127) {
            packet.write(left & 0x7F | 0x80);
            left >>= 7;
        }
        packet.write(left);
        body.writeTo(packet);
        return packet.toByteArray();
    }
}
