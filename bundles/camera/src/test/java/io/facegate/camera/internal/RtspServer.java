// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * As much of RTSP (RFC 2326) as a player needs: sends one MPEG transport stream (RFC 2250) or one
 * frame of H.264 (RFC 6184) in RTP, over and over, over TCP or over UDP only, with a password, and
 * falls silent or goes away when told to.
 */
final class RtspServer implements AutoCloseable {
    private static final String LOGIN =
            Base64.getEncoder().encodeToString("me:s3cret".getBytes(US_ASCII));
    private static final int CHUNK = 7 * 188;

    private final ServerSocket socket;
    private final DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final List<byte[]> payloads;
    private final boolean h264;
    private final List<Socket> players = new CopyOnWriteArrayList<>();
    volatile boolean silent;
    volatile boolean onlyUdp;
    private volatile int udpPort;

    /** Where packets go. */
    private interface Packets {
        void send(byte[] rtp) throws IOException;
    }

    RtspServer(byte[] transportStream) throws IOException {
        this(chunks(transportStream), false);
    }

    /** Of a frame whose units (Annex B of H.264) fit into a packet each. */
    static RtspServer h264(byte[] frame) throws IOException {
        return new RtspServer(units(frame), true);
    }

    private RtspServer(List<byte[]> payloads, boolean h264) throws IOException {
        this.payloads = payloads;
        this.h264 = h264;
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread accepting =
                new Thread(
                        () -> {
                            try {
                                while (true) {
                                    Socket player = socket.accept();
                                    players.add(player);
                                    daemon(() -> serve(player));
                                }
                            } catch (IOException e) {
                                // Closed.
                            }
                        });
        accepting.setDaemon(true);
        accepting.start();
    }

    private static List<byte[]> chunks(byte[] stream) {
        List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < stream.length; at += CHUNK) {
            chunks.add(Arrays.copyOfRange(stream, at, Math.min(at + CHUNK, stream.length)));
        }
        return chunks;
    }

    private static List<byte[]> units(byte[] frame) {
        String bytes = new String(frame, ISO_8859_1);
        return Arrays.stream(bytes.split("\0?\0\0\1"))
                .filter(unit -> !unit.isEmpty())
                .map(unit -> unit.getBytes(ISO_8859_1))
                .toList();
    }

    String url(String login) {
        return "rtsp://" + login + "127.0.0.1:" + socket.getLocalPort() + "/live";
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket player) {
        try (player) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(player.getInputStream(), US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String method = line.split(" ")[0];
                String sequence = "0";
                boolean known = false;
                String transport = "";
                for (line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    sequence = line.startsWith("CSeq:") ? line.substring(5).strip() : sequence;
                    transport = line.startsWith("Transport:") ? line : transport;
                    known |= line.equals("Authorization: Basic " + LOGIN);
                }
                if (method.equals("SETUP") && transport.contains("client_port=")) {
                    udpPort =
                            Integer.parseInt(transport.replaceAll(".*client_port=(\\d+).*", "$1"));
                }
                answer(player, method, sequence, known);
            }
        } catch (IOException e) {
            // The player has gone.
        } finally {
            players.remove(player);
        }
    }

    private void answer(Socket player, String method, String sequence, boolean known)
            throws IOException {
        OutputStream out = player.getOutputStream();
        String head = "RTSP/1.0 200 OK\r\nCSeq: " + sequence + "\r\n";
        String sdp =
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\n"
                        + (h264
                                ? "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
                                : "m=video 0 RTP/AVP 33\r\na=rtpmap:33 MP2T/90000\r\n")
                        + "a=control:track\r\n";
        String rest =
                switch (method) {
                    case "OPTIONS" -> "Public: OPTIONS, DESCRIBE, SETUP, PLAY\r\n\r\n";
                    case "DESCRIBE" ->
                            "Content-Type: application/sdp\r\nContent-Length: "
                                    + sdp.length()
                                    + "\r\n\r\n"
                                    + sdp;
                    case "SETUP" -> "Session: 1\r\nTransport: " + transport() + "\r\n\r\n";
                    default -> "Session: 1\r\n\r\n";
                };
        if (!known && method.equals("DESCRIBE")) {
            head = "RTSP/1.0 401 Unauthorized\r\nCSeq: " + sequence + "\r\n";
            rest = "WWW-Authenticate: Basic realm=\"x\"\r\n\r\n";
        }
        if (onlyUdp && udpPort == 0 && method.equals("SETUP")) {
            head = "RTSP/1.0 461 Unsupported Transport\r\nCSeq: " + sequence + "\r\n\r\n";
            rest = "";
        }
        out.write((head + rest).getBytes(US_ASCII));
        out.flush();
        if (method.equals("PLAY")) {
            daemon(() -> play(player, packets(out)));
        }
    }

    private String transport() {
        return udpPort == 0
                ? "RTP/AVP/TCP;unicast;interleaved=0-1"
                : "RTP/AVP;unicast;client_port=%d-%d;server_port=%d-%d"
                        .formatted(
                                udpPort, udpPort + 1, udp.getLocalPort(), udp.getLocalPort() + 1);
    }

    private Packets packets(OutputStream out) {
        int port = udpPort;
        return port == 0
                ? rtp -> {
                    ByteBuffer framed = ByteBuffer.allocate(4 + rtp.length);
                    framed.put((byte) '$').put((byte) 0).putShort((short) rtp.length).put(rtp);
                    out.write(framed.array());
                    out.flush();
                }
                : rtp ->
                        udp.send(
                                new DatagramPacket(
                                        rtp, rtp.length, InetAddress.getLoopbackAddress(), port));
    }

    private void play(Socket player, Packets packets) {
        try {
            for (int number = 0; !player.isClosed(); number++) {
                while (silent) {
                    LockSupport.parkNanos(10_000_000);
                }
                byte[] payload = payloads.get(number % payloads.size());
                boolean last = h264 && number % payloads.size() == payloads.size() - 1;
                ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
                packet.put((byte) 0x80).put((byte) (h264 ? last ? 0xE0 : 96 : 33));
                packet.putShort((short) number);
                packet.putInt(h264 ? number / payloads.size() * 3600 : number * 900);
                packet.putInt(42).put(payload);
                packets.send(packet.array());
                LockSupport.parkNanos(1_000_000);
            }
        } catch (IOException e) {
            // The player has gone.
        }
    }

    /** Leaves all players, as a camera does that restarts. */
    void hangUp() throws IOException {
        for (Socket player : players) {
            player.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        udp.close();
        hangUp();
    }
}
