// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import io.facegate.mqtt.socket.BrokerSocket;
import io.facegate.mqtt.socket.BrokerUrl;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocketFactory;

/**
 * A socket, with TLS or without, that gives nothing to read before something was written.
 *
 * <p>Paho 1.2.5 starts its reading thread first and then waits, for ever, to see it running: a
 * server that closes the connection at once, or speaks first, leaves a thread behind at each
 * attempt. An MQTT server has nothing to say before CONNECT anyway.
 */
final class LinkSocket extends Socket {
    private static final long GATE_SECONDS = 10;

    private final BrokerSocket broker;
    private final Version version;
    private final CountDownLatch written = new CountDownLatch(1);

    /**
     * @param url where the broker is, whatever Paho thinks
     */
    LinkSocket(BrokerUrl url, Optional<SSLSocketFactory> tls, Version version) {
        broker = new BrokerSocket(url, tls);
        this.version = version;
    }

    /** Connects to the broker, whatever address is given. */
    @Override
    public void connect(SocketAddress anywhere, int timeoutMillis) throws IOException {
        broker.connect(timeoutMillis);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(new BoundedPackets(broker.input(), version)) {
            @Override
            public int available() throws IOException {
                awaitWritten();
                return super.available();
            }

            @Override
            public int read() throws IOException {
                awaitWritten();
                return super.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                awaitWritten();
                return super.read(buffer, offset, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(broker.output()) {
            @Override
            public void write(int b) throws IOException {
                written.countDown();
                out.write(b);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                written.countDown();
                out.write(buffer, offset, length);
            }
        };
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        broker.timeout(millis);
    }

    /** Closes the connection itself, without TLS's goodbye, which may block. */
    @Override
    public void close() throws IOException {
        broker.close();
    }

    private void awaitWritten() throws IOException {
        try {
            if (!written.await(GATE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("nothing was sent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
