// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Asks all networks of this machine for ONVIF devices: WS-Discovery 1.0 by multicast to
 * 239.255.255.250 port 3702, over IPv4. What answers is believed only to be an address.
 */
final class NetworkProbe {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkProbe.class);
    private static final InetSocketAddress EVERYBODY =
            new InetSocketAddress("239.255.255.250", 3702);
    private static final int ANSWER_BYTES = 65_536;
    private static final int MOST = 500;
    private static final long REPEAT_MILLIS = 400;
    private static final List<String> TYPES =
            List.of(
                    "xmlns:t=\"http://www.onvif.org/ver10/network/wsdl\">t:NetworkVideoTransmitter",
                    "xmlns:t=\"http://www.onvif.org/ver10/device/wsdl\">t:Device");
    private static final String PROBE =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                    + "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                    + " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
                    + " xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\">"
                    + "<s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe"
                    + "</a:Action><a:MessageID>uuid:%s</a:MessageID>"
                    + "<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>"
                    + "<s:Body><d:Probe><d:Types %s</d:Types></d:Probe></s:Body></s:Envelope>";

    private final List<byte[]> questions = new ArrayList<>();
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final List<String> networks = new ArrayList<>();
    private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);

    /**
     * A device, and the address to speak to it.
     *
     * @param address of its device service
     */
    record Found(ProbeMatch device, String address) {}

    NetworkProbe() {
        for (String type : TYPES) {
            questions.add(
                    PROBE.formatted(UUID.randomUUID(), type).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Networks that were asked, as {@code eth0 192.168.1.5}; also why others could not be. */
    List<String> networks() {
        return networks;
    }

    /**
     * Asks, twice since a datagram may be lost, and gathers answers.
     *
     * @param millis how long answers are waited for; less when the thread is interrupted
     */
    List<Found> ask(long millis) throws IOException {
        try (Selector selector = Selector.open()) {
            List<DatagramChannel> channels = new ArrayList<>();
            try {
                open(selector, channels);
                long start = System.nanoTime();
                send(channels);
                gather(selector, start + TimeUnit.MILLISECONDS.toNanos(REPEAT_MILLIS));
                send(channels);
                gather(selector, start + TimeUnit.MILLISECONDS.toNanos(millis));
            } finally {
                for (DatagramChannel channel : channels) {
                    channel.close();
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** A socket for each address of this machine, so that each network is asked from its own. */
    private void open(Selector selector, List<DatagramChannel> channels) throws SocketException {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (!network.isUp()) {
                continue;
            }
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (address instanceof Inet4Address) {
                    String name = network.getName() + " " + address.getHostAddress();
                    try {
                        channels.add(open(selector, network, address));
                        networks.add(name);
                    } catch (IOException e) {
                        networks.add(name + " (" + e.getMessage() + ")");
                    }
                }
            }
        }
    }

    private static DatagramChannel open(
            Selector selector, NetworkInterface network, InetAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
            channel.bind(new InetSocketAddress(address, 0));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void send(List<DatagramChannel> channels) {
        for (DatagramChannel channel : channels) {
            for (byte[] question : questions) {
                try {
                    channel.send(ByteBuffer.wrap(question), EVERYBODY);
                } catch (IOException e) {
                    LOG.debug("A network cannot be asked for cameras", e);
                }
            }
        }
    }

    private void gather(Selector selector, long end) throws IOException {
        long left = end - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            for (SelectionKey key : selector.selectedKeys()) {
                receive((DatagramChannel) key.channel());
            }
            selector.selectedKeys().clear();
            left = end - System.nanoTime();
        }
    }

    private void receive(DatagramChannel channel) {
        try {
            answer.clear();
            if (channel.receive(answer) instanceof InetSocketAddress sender) {
                byte[] text = Arrays.copyOf(answer.array(), answer.position());
                for (ProbeMatch match : ProbeMatch.read(text)) {
                    String address = match.address(sender.getAddress().getHostAddress());
                    if (found.size() < MOST) {
                        // not by its own id, which cheap cameras of one kind share
                        found.putIfAbsent(address, new Found(match, address));
                    }
                }
            }
        } catch (IOException e) {
            LOG.debug("An answer to the question for cameras is none", e);
        }
    }
}
