// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import io.facegate.mqtt.socket.BrokerUrl;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;

import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Makes the sockets of one link and can cut them from outside, also before they connect. */
final class LinkSockets extends SocketFactory {
    private final BrokerUrl url;
    private final Optional<SSLSocketFactory> tls;
    private final Version version;
    private LinkSocket socket;
    private boolean cut;

    LinkSockets(BrokerUrl url, Optional<SSLSocketFactory> tls, Version version) {
        this.url = url;
        this.tls = tls;
        this.version = version;
    }

    @Override
    public synchronized Socket createSocket() throws IOException {
        if (cut) {
            throw new SocketException("the link is closed");
        }
        socket = new LinkSocket(url, tls, version);
        return socket;
    }

    /** Closes what is open; nothing opens any more. */
    synchronized void cut() {
        cut = true;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // closed as well as it can be
            }
        }
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }
}
