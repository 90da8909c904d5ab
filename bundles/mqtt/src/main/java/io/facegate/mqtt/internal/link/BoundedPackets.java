// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import io.facegate.api.message.MessageListener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a broker sends, with the content of messages that are too large replaced: Paho reads each as
 * a whole, and whoever may publish at the broker could fill the gateway's memory. They are
 * acknowledged like others, so that the broker does not send them again. MQTT 3.1.1 and 5, sections
 * 2 and 3.3. For one thread; a read that timed out is gone on with.
 */
final class BoundedPackets extends FilterInputStream {
    /** Bytes of a packet; a command with a picture has a few million. */
    static final int MOST = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(BoundedPackets.class);

    /** Instead of the content; an empty one might be a command that needs none. */
    static final String INSTEAD = MessageListener.TOO_LARGE;

    private static final int PUBLISH = 3;
    private static final int LONGEST_LENGTH = 4;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] discarded = new byte[8192];
    private final Version version;
    private byte[] ready = new byte[0];
    private int given;
    private long pass;
    private long skip;
    private boolean told;

    BoundedPackets(InputStream in, Version version) {
        super(in);
        this.version = version;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (given == ready.length && pass == 0) {
            if (skip > 0) {
                int n = in.read(discarded, 0, (int) Math.min(skip, discarded.length));
                if (n < 0) {
                    return -1;
                }
                skip -= n;
            } else {
                int b = in.read();
                if (b < 0) {
                    return -1;
                }
                head.write(b);
                begin(head.toByteArray());
            }
        }
        if (given < ready.length) {
            int n = Math.min(length, ready.length - given);
            System.arraycopy(ready, given, buffer, offset, n);
            given += n;
            return n;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, pass));
        pass -= Math.max(0, n);
        return n;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Looks at the beginning of a packet, as far as it came. */
    private void begin(byte[] packet) {
        int fixed = fixedHeader(packet);
        if (fixed == 0) {
            return;
        }
        int length = 0;
        for (int i = fixed - 1; i > 0; i--) {
            length = length << 7 | packet[i] & 0x7F;
        }
        if (length <= MOST || (packet[0] >> 4 & 0xF) != PUBLISH) {
            give(packet, length - (packet.length - fixed), 0);
            return;
        }
        if (packet.length < fixed + 2) {
            return;
        }
        int topic = (packet[fixed] & 0xFF) << 8 | packet[fixed + 1] & 0xFF;
        int variable = 2 + topic + ((packet[0] & 6) == 0 ? 0 : 2);
        if (packet.length == fixed + variable) {
            tell(new String(packet, fixed + 2, topic, StandardCharsets.UTF_8), length);
            give(replaced(packet, fixed, variable), 0, length - variable);
        }
    }

    /** Bytes of the type and the length; 0 while they are not complete. */
    private static int fixedHeader(byte[] packet) {
        for (int i = 1; i < packet.length; i++) {
            if (packet[i] >= 0 || i == LONGEST_LENGTH) {
                return i + 1;
            }
        }
        return 0;
    }

    /** With MQTT 5, properties go too: none are said to be there. */
    private byte[] replaced(byte[] packet, int fixed, int variable) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(packet[0]);
        int properties = version == Version.MQTT_5 ? 1 : 0;
        int rest = variable + properties + INSTEAD.length();
        do {
            result.write(rest > 0x7F ? rest & 0x7F | 0x80 : rest);
            rest >>= 7;
        } while (rest > 0);
        result.write(packet, fixed, variable);
        result.write(new byte[properties], 0, properties);
        result.writeBytes(INSTEAD.getBytes(StandardCharsets.US_ASCII));
        return result.toByteArray();
    }

    private void give(byte[] beginning, long passed, long skipped) {
        ready = beginning;
        given = 0;
        pass = passed;
        skip = skipped;
        head.reset();
    }

    private void tell(String topic, int length) {
        if (!told) {
            LOG.warn(
                    "MQTT: a message of {} bytes on {} is refused: more than {} are not read.",
                    length,
                    topic,
                    MOST);
        }
        told = true;
    }
}
