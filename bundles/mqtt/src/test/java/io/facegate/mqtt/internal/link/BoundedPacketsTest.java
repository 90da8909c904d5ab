// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

class BoundedPacketsTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream wanted = new ByteArrayOutputStream();

    private static byte[] packet(int type, byte[] content) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type);
        int length = content.length;
        do {
            packet.write(length > 127 ? length & 127 | 128 : length);
            length >>= 7;
        } while (length > 0);
        packet.writeBytes(content);
        return packet.toByteArray();
    }

    private static byte[] publish(String topic, int quality, int payload) {
        return publish(topic, quality, new byte[payload]);
    }

    private static byte[] instead(String topic, int quality) {
        return publish(topic, quality, BoundedPackets.INSTEAD.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] publish(String topic, int quality, byte[] payload) {
        ByteArrayOutputStream variable = new ByteArrayOutputStream();
        variable.write(topic.length() >> 8);
        variable.write(topic.length());
        variable.writeBytes(topic.getBytes(StandardCharsets.US_ASCII));
        if (quality > 0) {
            variable.writeBytes(new byte[] {1, 2});
        }
        variable.writeBytes(payload);
        return packet(0x30 | quality << 1, variable.toByteArray());
    }

    private void pass(byte[] packet) {
        sent.writeBytes(packet);
        wanted.writeBytes(packet);
    }

    private void replace(byte[] packet, byte[] instead) {
        sent.writeBytes(packet);
        wanted.writeBytes(instead);
    }

    /** Times out before every other read. */
    private InputStream stuttering() {
        return new ByteArrayInputStream(sent.toByteArray()) {
            private boolean late;

            @Override
            public int read(byte[] buffer, int offset, int length) {
                late = !late;
                if (late) {
                    throw new Late();
                }
                return super.read(buffer, offset, Math.min(length, 1000));
            }
        };
    }

    private static final class Late extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void onlyMessagesThatAreTooLargeAreReplaced() throws IOException {
        String longTopic = "t".repeat(300);
        pass(packet(0x20, new byte[] {0, 0}));
        pass(publish("a/b", 1, 5));
        pass(publish("a/b", 0, BoundedPackets.MOST - 5));
        replace(publish("a/b", 0, BoundedPackets.MOST - 4), instead("a/b", 0));
        pass(packet(0xD0, new byte[0]));
        replace(publish(longTopic, 1, 7_000_000), instead(longTopic, 1));
        replace(publish("a/b", 2, 5_500_000), instead("a/b", 2));
        pass(publish("a/b", 1, 200));
        byte[] all =
                new BoundedPackets(new ByteArrayInputStream(sent.toByteArray()), Version.MQTT_3_1_1)
                        .readAllBytes();
        assertThat(all).isEqualTo(wanted.toByteArray());
    }

    @Test
    void readsThatTimedOutAreGoneOnWith() throws IOException {
        pass(publish("a/b", 1, 5000));
        replace(publish("a/b", 1, BoundedPackets.MOST + 1), instead("a/b", 1));
        pass(publish("a/b", 1, 200));
        BoundedPackets in = new BoundedPackets(stuttering(), Version.MQTT_3_1_1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[777];
        int n = 0;
        while (n >= 0) {
            try {
                n = in.read(buffer, 0, buffer.length);
                all.write(buffer, 0, Math.max(0, n));
            } catch (Late e) {
                n = 0;
            }
        }
        assertThat(all.toByteArray()).isEqualTo(wanted.toByteArray());
    }

    @Test
    void ofMqtt5ThePropertiesGoToo() throws IOException {
        byte[] content = new byte[BoundedPackets.MOST];
        content[0] = 5; // bytes of properties: message expiry, a minute
        content[1] = 2;
        content[5] = 60;
        byte[] instead = ("\0" + BoundedPackets.INSTEAD).getBytes(StandardCharsets.US_ASCII);
        pass(publish("a/b", 1, 200));
        replace(publish("a/b", 1, content), publish("a/b", 1, instead));
        replace(publish("a/b", 0, content), publish("a/b", 0, instead));
        pass(packet(0xD0, new byte[0]));
        byte[] all =
                new BoundedPackets(new ByteArrayInputStream(sent.toByteArray()), Version.MQTT_5)
                        .readAllBytes();
        assertThat(all).isEqualTo(wanted.toByteArray());
    }
}
