// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Greets an MQTT broker and takes leave at once (MQTT 3.1.1, sections 3.1 and 3.2).
 *
 * @param host name or address
 * @param port of the broker
 * @param tls whether to speak TLS
 * @param caFile PEM file of the authorities trusted; empty for Java's own
 */
record BrokerGreeting(String host, int port, boolean tls, String caFile) {
    private static final int MILLIS = 5000;
    private static final int CONNACK = 0x20;
    private static final byte[] DISCONNECT = {(byte) 0xE0, 0};

    /**
     * Logs in with a client id of its own, so that the gateway's connection stays.
     *
     * @return what the broker answers: 0 welcome, or why not
     * @throws IOException it is not reached, or is no broker
     */
    int code(String user, String password) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), MILLIS);
            plain.setSoTimeout(MILLIS);
            Socket socket = tls ? secured(plain) : plain;
            socket.getOutputStream().write(connect(user, password));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            if (in.read() != CONNACK || in.read() != 2 || in.read() < 0) {
                throw new IOException("what answers is no MQTT broker");
            }
            int code = in.read();
            socket.getOutputStream().write(DISCONNECT);
            return code;
        }
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) sockets().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private SSLSocketFactory sockets() throws IOException {
        if (caFile.isEmpty()) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try (InputStream in = Files.newInputStream(Path.of(caFile))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate authority :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority" + count++, authority);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("caFile " + caFile + " holds no certificates", e);
        }
    }

    private static byte[] connect(String user, String password) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF("MQTT");
        out.write(4);
        out.write(user.isEmpty() ? 0x02 : 0xC2);
        out.writeShort(10);
        out.writeUTF("facegate-doctor");
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
