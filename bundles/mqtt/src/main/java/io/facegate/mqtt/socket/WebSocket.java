// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.socket;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/**
 * The client's side of a WebSocket that carries MQTT (RFC 6455; MQTT 5, section 6): what is written
 * goes out as binary frames, what comes in binary frames is read. Paho's own would stand below the
 * checks of packets. Reading and writing are for one thread each.
 */
final class WebSocket {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MOST_HEAD_BYTES = 16 * 1024;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MOST_CONTROL_BYTES = 125;
    private static final int MOST_SILENCES = 10;

    private final SecureRandom random = new SecureRandom();
    private final InputStream in;
    private final OutputStream out;
    private long left;
    private boolean ended;

    private WebSocket(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /**
     * Shakes hands over a connection that is open.
     *
     * @throws IOException the server does not take it; the message says why
     */
    static WebSocket open(InputStream in, OutputStream out, BrokerUrl url) throws IOException {
        WebSocket socket = new WebSocket(in, out);
        byte[] nonce = new byte[16];
        socket.random.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        String path = url.path().startsWith("/") ? url.path() : "/" + url.path();
        String request =
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + url.authority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
                        + key
                        + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        socket.checkAnswer(key);
        return socket;
    }

    private void checkAnswer(String key) throws IOException {
        String[] lines;
        try {
            lines = head().split("\r\n");
        } catch (SocketException e) {
            throw new NoWebSocketException("it hangs up");
        }
        if (!lines[0].matches("HTTP/1\\.1 101( .*)?")) {
            throw new NoWebSocketException(
                    "it answers "
                            + (lines[0].isBlank() ? "nothing and hangs up" : "'" + lines[0] + "'"));
        }
        for (String line : lines) {
            String[] field = line.split(":", 2);
            if (field[0].toLowerCase(Locale.ROOT).equals("sec-websocket-accept")
                    && field[1].strip().equals(accept(key))) {
                return;
            }
        }
        throw new NoWebSocketException("its answer is not that of a WebSocket");
    }

    private static String accept(String key) throws IOException {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-1")
                                    .digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java lacks SHA-1", e);
        }
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (head.size() < MOST_HEAD_BYTES) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            head.write(b);
            if (b == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** What comes in. */
    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return length == 0 ? 0 : readData(buffer, offset, length);
            }

            @Override
            public int available() throws IOException {
                return (int) Math.min(left, in.available());
            }
        };
    }

    /** What goes out; a frame for each call. */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                send(BINARY, new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                send(BINARY, buffer, offset, length);
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }

    private int readData(byte[] buffer, int offset, int length) throws IOException {
        while (left == 0) {
            if (ended || !nextFrame()) {
                return -1;
            }
        }
        int n = in.read(buffer, offset, (int) Math.min(left, length));
        if (n > 0) {
            left -= n;
        }
        return n;
    }

    /** Whether there is more; answers what is for the socket itself. */
    private boolean nextFrame() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        int second = need();
        long length = second & 0x7F;
        if (length == 126) {
            length = number(2);
        } else if (length == 127) {
            length = number(8);
        }
        int kind = first & 0x0F;
        if ((second & MASKED) != 0 || length < 0) {
            throw new IOException("the WebSocket's server breaks the protocol");
        }
        if (kind == BINARY || kind == CONTINUATION) {
            left = length;
            return true;
        }
        if (kind < CLOSE || length > MOST_CONTROL_BYTES) {
            throw new IOException("the WebSocket's server sends something that is not MQTT");
        }
        byte[] content = new byte[(int) length];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) need();
        }
        if (kind == PING) {
            send(PONG, content, 0, content.length);
        } else if (kind == CLOSE) {
            ended = true;
            send(CLOSE, content, 0, Math.min(2, content.length));
            return false;
        }
        return true;
    }

    /** A byte within a frame: Paho's reads time out every second, which must not tear it apart. */
    private int need() throws IOException {
        for (int silence = 0; ; silence++) {
            try {
                int b = in.read();
                if (b < 0) {
                    throw new EOFException("the WebSocket was closed");
                }
                return b;
            } catch (SocketTimeoutException e) {
                if (silence == MOST_SILENCES) {
                    throw new IOException("the WebSocket's server stops within a frame", e);
                }
            }
        }
    }

    private long number(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | need();
        }
        return number;
    }

    private void send(int kind, byte[] content, int offset, int length) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(length + 14);
        frame.write(FINAL | kind);
        if (length <= MOST_CONTROL_BYTES) {
            frame.write(MASKED | length);
        } else if (length <= 0xFFFF) {
            frame.write(MASKED | 126);
            frame.write(length >> 8);
            frame.write(length);
        } else {
            frame.write(MASKED | 127);
            for (int i = 7; i >= 0; i--) {
                frame.write((int) ((long) length >> (8 * i)));
            }
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        frame.writeBytes(mask);
        for (int i = 0; i < length; i++) {
            frame.write(content[offset + i] ^ mask[i % 4]);
        }
        synchronized (out) {
            frame.writeTo(out);
            out.flush();
        }
    }
}
