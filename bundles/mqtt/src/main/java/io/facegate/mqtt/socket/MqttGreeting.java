// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.socket;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Greets an MQTT broker and takes leave at once (MQTT 3.1.1, sections 3.1 and 3.2).
 *
 * @param clientId that no other client has: its connection would end
 * @param user empty for none
 * @param password of the user
 */
public record MqttGreeting(String clientId, String user, String password) {
    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final int CONNACK = 0x20;
    private static final byte[] DISCONNECT = {(byte) 0xE0, 0};

    /**
     * Asks to be let in, with a clean session.
     *
     * @param in what the broker sends
     * @param out what is sent to it
     * @return its answer: 0 welcome; others in section 3.2.2.3
     * @throws IOException the connection fails, or what answers is no broker
     */
    public int code(InputStream in, OutputStream out) throws IOException {
        out.write(connect());
        out.flush();
        if (in.read() != CONNACK || in.read() != 2 || in.read() < 0) {
            throw new IOException("what answers is no MQTT broker");
        }
        int code = in.read();
        if (code < 0) {
            throw new IOException("what answers is no MQTT broker");
        }
        out.write(DISCONNECT);
        out.flush();
        return code;
    }

    private byte[] connect() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(body);
        data.writeUTF("MQTT");
        data.write(4);
        data.write(user.isEmpty() ? 0x02 : 0xC2);
        data.writeShort(KEEP_ALIVE_SECONDS);
        data.writeUTF(clientId);
        if (!user.isEmpty()) {
            data.writeUTF(user);
            data.writeUTF(password);
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

    /** Leaves the password out. */
    @Override
    public String toString() {
        return clientId + " as " + user;
    }
}
