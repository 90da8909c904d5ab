// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Between a client and a broker: notes what the client publishes by MQTT 5, and cuts it off. */
final class WireTap implements AutoCloseable {
    private static final int PUBLISH = 3;
    private static final int EXPIRY = 0x02;
    private static final int ALIAS = 0x23;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int broker;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    /**
     * A message.
     *
     * @param alias 0 for none
     */
    record Published(String topic, int alias) {}

    /** One connection, with what was published on it, in order. */
    record Connection(List<Published> published, List<Socket> sockets) {}

    WireTap(int broker) throws IOException {
        this.broker = broker;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    List<Connection> connections() {
        return connections;
    }

    /** Ends the newest connection. */
    void cut() throws IOException {
        for (Socket socket : connections.get(connections.size() - 1).sockets()) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket there = new Socket(InetAddress.getLoopbackAddress(), broker);
            Connection connection =
                    new Connection(new CopyOnWriteArrayList<>(), List.of(client, there));
            connections.add(connection);
            start(
                    () -> {
                        try (there) {
                            requests(client.getInputStream(), there.getOutputStream(), connection);
                        }
                    });
            start(
                    () -> {
                        try (client) {
                            there.getInputStream().transferTo(client.getOutputStream());
                        }
                    });
        }
    }

    private static void requests(InputStream from, OutputStream to, Connection connection)
            throws IOException {
        DataInputStream in = new DataInputStream(from);
        while (true) {
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            int head = in.readUnsignedByte();
            packet.write(head);
            int length = 0;
            int shift = 0;
            int part;
            do {
                part = in.readUnsignedByte();
                packet.write(part);
                length |= (part & 0x7F) << shift;
                shift += 7;
            } while (part > 0x7F);
            byte[] body = new byte[length];
            in.readFully(body);
            packet.write(body);
            if (head >> 4 == PUBLISH) {
                connection.published().add(published(head, ByteBuffer.wrap(body)));
            }
            packet.writeTo(to);
        }
    }

    private static Published published(int head, ByteBuffer body) {
        byte[] topic = new byte[body.getShort() & 0xFFFF];
        body.get(topic);
        if ((head & 0x06) > 0) {
            body.getShort();
        }
        int properties = body.get();
        int end = body.position() + properties;
        int alias = 0;
        while (body.position() < end) {
            int property = body.get();
            if (property == ALIAS) {
                alias = body.getShort() & 0xFFFF;
            } else if (property == EXPIRY) {
                body.getInt();
            } else {
                throw new IllegalStateException("not known here: property " + property);
            }
        }
        return new Published(new String(topic, StandardCharsets.UTF_8), alias);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                // the other side ended
                            }
                        },
                        "wire-tap");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Connection connection : connections) {
            for (Socket socket : connection.sockets()) {
                socket.close();
            }
        }
    }
}
