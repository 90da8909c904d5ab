// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A connection to a broker: TCP, with TLS or without, with a WebSocket on it or without. */
public final class BrokerSocket implements AutoCloseable {
    /** In a certificate's alternative names (RFC 5280, section 4.2.1.6). */
    private static final Integer DNS_NAME = 2;

    private final BrokerUrl url;
    private final Optional<SSLSocketFactory> tls;
    private volatile Socket plain = new Socket();
    private volatile Socket open = plain;
    private volatile Optional<WebSocket> web = Optional.empty();
    private volatile boolean closed;

    /**
     * Connects nothing yet.
     *
     * @param tls what TLS is made with; empty for none
     */
    public BrokerSocket(BrokerUrl url, Optional<SSLSocketFactory> tls) {
        this.url = url;
        this.tls = tls;
    }

    /**
     * Connects to the first address of the broker's host that answers; with TLS, shakes hands and
     * checks the host's name.
     *
     * @param timeoutMillis for all of it, and for each read after it
     */
    public void connect(int timeoutMillis) throws IOException {
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

    /** What the broker sends. */
    public InputStream input() throws IOException {
        return web.isPresent() ? web.get().input() : open.getInputStream();
    }

    /** What is sent to the broker. */
    public OutputStream output() throws IOException {
        return web.isPresent() ? web.get().output() : open.getOutputStream();
    }

    /**
     * How long a read waits.
     *
     * @param millis 0: for ever
     */
    public void timeout(int millis) throws SocketException {
        open.setSoTimeout(millis);
    }

    /** Closes the connection itself, without TLS's goodbye, which may block. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        plain.close();
    }
}
