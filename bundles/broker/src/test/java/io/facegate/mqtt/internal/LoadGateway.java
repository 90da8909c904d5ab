// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.outbox.Outbox;
import io.facegate.broker.internal.LoadBroker;
import io.facegate.mqtt.internal.link.BrokerAccess;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.tls.TlsFiles;
import io.facegate.outbox.internal.OpenOutbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The MQTT side of a gateway in a process of its own, to be killed: the publisher, the outbox and
 * events at a steady rate. Which was given last is in the file {@code given}.
 */
final class LoadGateway {
    private LoadGateway() {}

    /**
     * @param args URL of the broker, folder, events a second, events in all, and perhaps the port
     *     of the embedded broker
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        if (args.length > 4) {
            LoadBroker.start(Integer.parseInt(args[4]), folder);
        }
        PublisherLoop loop = loop(args[0], folder, OpenOutbox.in(folder), 50);
        loop.start();
        try (FileChannel given =
                FileChannel.open(
                        folder.resolve("given"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            give(loop, given, 1_000_000_000L / Long.parseLong(args[2]), Long.parseLong(args[3]));
        }
        LockSupport.park();
    }

    static PublisherLoop loop(String url, Path folder, Outbox outbox, int perSecond) {
        MqttSettings settings =
                new MqttSettings(
                        new BrokerAccess(
                                url, "facegate-load", "", "", 5, new TlsFiles("", "", "", "")),
                        new Topics("facegate", "load"),
                        "1.0.0",
                        Optional.empty(),
                        new MqttSettings.Limits(0, 1_000_000, perSecond, 0, 2400),
                        Optional.of(folder.resolve("mqtt.people")),
                        Optional.empty());
        return new PublisherLoop(settings, LoadSurroundings.with(outbox));
    }

    private static void give(PublisherLoop loop, FileChannel given, long pause, long count)
            throws IOException {
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
        long last = given.read(number, 0) == Long.BYTES ? number.getLong(0) : 0;
        long next = System.nanoTime();
        long run = last;
        for (long seq = last + 1; seq <= count; seq++) {
            while (System.nanoTime() - next < 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            next += pause;
            loop.add(LoadSurroundings.event(seq, run));
            number.clear().putLong(0, seq);
            given.write(number.position(0).limit(Long.BYTES), 0);
        }
    }
}
