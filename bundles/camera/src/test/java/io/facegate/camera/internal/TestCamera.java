// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers each request as a test says, byte for byte, and hangs up then if told. */
final class TestCamera implements AutoCloseable {
    /** What comes back for a request, given its lines. */
    interface Answering {
        void to(List<String> request, OutputStream out) throws IOException, InterruptedException;
    }

    final List<List<String>> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** Hangs up after each answer. */
    TestCamera(Answering answering) throws IOException {
        this(true, answering);
    }

    TestCamera(boolean hangsUp, Answering answering) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(
                () -> {
                    try {
                        while (true) {
                            Socket client = socket.accept();
                            open.add(client);
                            daemon(() -> serve(client, hangsUp, answering));
                        }
                    } catch (IOException e) {
                        // Closed.
                    }
                });
    }

    private void serve(Socket client, boolean hangsUp, Answering answering) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
            List<String> request = new CopyOnWriteArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    requests.add(request);
                    answering.to(request, client.getOutputStream());
                    if (hangsUp) {
                        return;
                    }
                    request = new CopyOnWriteArrayList<>();
                } else {
                    request.add(line);
                }
            }
        } catch (IOException e) {
            // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** A header's value in a request; empty without it. */
    static String header(List<String> request, String name) {
        return request.stream()
                .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : open) {
            client.close();
        }
    }
}
