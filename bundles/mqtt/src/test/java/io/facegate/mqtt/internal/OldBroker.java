// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A broker that does not know MQTT 5: in front of a real one, it answers CONNECT as old ones do.
 */
final class OldBroker implements AutoCloseable {
    private static final int LEVEL_OFFSET = 8;
    private static final int MQTT_5 = 5;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final int port;
    private final byte[] answer;

    /**
     * @param port of the real one
     * @param answer to CONNECT of MQTT 5; empty to hang up
     */
    OldBroker(int port, byte[] answer) throws IOException {
        this.port = port;
        this.answer = answer;
        run(this::accept);
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** How often it was spoken to in MQTT 5. */
    int refused() {
        return refused.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            open.add(client);
            run(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        byte[] head = client.getInputStream().readNBytes(LEVEL_OFFSET + 1);
        int level = head[LEVEL_OFFSET];
        if (level == MQTT_5) {
            refused.incrementAndGet();
            client.getOutputStream().write(answer);
            client.close();
            return;
        }
        Socket real = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(real);
        real.getOutputStream().write(head);
        run(() -> copy(real, client));
        copy(client, real);
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } finally {
            to.close();
        }
    }

    /** Work that ends when a socket is closed. */
    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                // closed
                            }
                        },
                        "old-broker");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
