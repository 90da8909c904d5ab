// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
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

    /** In a certificate's alternative names (RFC 5280, section 4.2.1.6). */
    private static final Integer DNS_NAME = 2;

    private final BrokerUrl url;
    private final Optional<SSLSocketFactory> tls;
    private final Version version;
    private final CountDownLatch written = new CountDownLatch(1);
    private volatile Socket plain = new Socket();
    private volatile Socket open = plain;
    private volatile Optional<WebSocket> web = Optional.empty();
    private volatile boolean closed;

    /**
     * @param url where the broker is, whatever Paho thinks
     */
    LinkSocket(BrokerUrl url, Optional<SSLSocketFactory> tls, Version version) {
        this.url = url;
        this.tls = tls;
        this.version = version;
    }

    /**
     * Connects to the first address of the broker's host that answers; with TLS, shakes hands and
     * checks the host's name.
     */
    @Override
    public void connect(SocketAddress anywhere, int timeoutMillis) throws IOException {
        connectPlain(InetAddress.getAllByName(url.host()), timeoutMillis);
        plain.setTcpNoDelay(true);
        plain.setSoTimeout(timeoutMillis);
        if (tls.isPresent()) {
            SSLSocket secure =
                    (SSLSocket) tls.get().createSocket(plain, url.host(), url.port(), true);
            shakeHands(secure);
            open = secure;
        }
        if (url.webSocket()) {
            web = Optional.of(WebSocket.open(open.getInputStream(), open.getOutputStream(), url));
        }
    }

    /**
     * Java refuses names with underscores, which have to be in the certificate letter by letter.
     */
    private void shakeHands(SSLSocket secure) throws IOException {
        boolean underscored = url.host().contains("_");
        if (!underscored) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
        }
        secure.startHandshake();
        if (underscored && !names(secure.getSession().getPeerCertificates()[0], url.host())) {
            throw new SSLPeerUnverifiedException("No name matching " + url.host() + " found");
        }
    }

    private static boolean names(Certificate certificate, String host) throws IOException {
        try {
            Collection<List<?>> names =
                    ((X509Certificate) certificate).getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .filter(name -> name.get(0).equals(DNS_NAME))
                            .anyMatch(name -> host.equalsIgnoreCase(String.valueOf(name.get(1))));
        } catch (CertificateParsingException e) {
            throw new SSLPeerUnverifiedException("its certificate cannot be read: " + e);
        }
    }

    private void connectPlain(InetAddress[] addresses, int timeoutMillis) throws IOException {
        int each = Math.max(1000, timeoutMillis / addresses.length);
        for (int i = 0; ; i++) {
            try {
                plain.connect(new InetSocketAddress(addresses[i], url.port()), each);
                return;
            } catch (IOException e) {
                if (i == addresses.length - 1) {
                    throw e;
                }
                another();
            }
        }
    }

    /** A socket that failed cannot be used again. */
    private synchronized void another() throws IOException {
        plain.close();
        if (closed) {
            throw new SocketException("the link is closed");
        }
        plain = new Socket();
        open = plain;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(new BoundedPackets(received(), version)) {
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

    private InputStream received() throws IOException {
        return web.isPresent() ? web.get().input() : open.getInputStream();
    }

    private OutputStream sent() throws IOException {
        return web.isPresent() ? web.get().output() : open.getOutputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(sent()) {
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
        closed = true;
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
