// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
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

    private final Optional<SSLSocketFactory> tls;
    private final Version version;
    private final Socket plain = new Socket();
    private final CountDownLatch written = new CountDownLatch(1);
    private volatile Socket open = plain;

    LinkSocket(Optional<SSLSocketFactory> tls, Version version) {
        this.tls = tls;
        this.version = version;
    }

    /** Connects and, with TLS, shakes hands and checks the host's name. */
    @Override
    public void connect(SocketAddress address, int timeoutMillis) throws IOException {
        plain.connect(address, timeoutMillis);
        plain.setTcpNoDelay(true);
        if (tls.isPresent() && address instanceof InetSocketAddress inet) {
            plain.setSoTimeout(timeoutMillis);
            SSLSocket secure =
                    (SSLSocket)
                            tls.get()
                                    .createSocket(
                                            plain, inet.getHostString(), inet.getPort(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            open = secure;
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(new BoundedPackets(open.getInputStream(), version)) {
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
        return new FilterOutputStream(open.getOutputStream()) {
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
        open.setSoTimeout(millis);
    }

    /** Closes the connection itself, without TLS's goodbye, which may block. */
    @Override
    public synchronized void close() throws IOException {
        plain.close();
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
