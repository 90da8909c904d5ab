// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what other devices retained over restarts of the gateway: now and then when it changed, the
 * more seldom the more it is, and at the end. What is the gateway's own it sends again itself;
 * kept, states of before a crash would be taken for current. For the broker's thread.
 */
final class RetainedStore {
    static final String NAME = "broker.retained";
    private static final Logger LOG = LoggerFactory.getLogger(RetainedStore.class);
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** On average no more than this is written, whatever devices do: an SD card wears out. */
    private static final long BYTES_A_SECOND = 4096;

    private static final long MOST_BYTES = 8L << 20;
    private static final int MESSAGE_BYTES = 16;

    private final Optional<RetainedFile> file;
    private final List<String> ownLevels;
    private final long pauseNanos;
    private List<RetainedMessage> kept = List.of();
    private long next;
    private String told = "";

    /**
     * @param folder of the file; empty keeps nothing
     * @param gateway id, whose topics are left out
     */
    RetainedStore(Optional<Path> folder, String gateway) {
        this(folder, gateway, PAUSE_NANOS);
    }

    RetainedStore(Optional<Path> folder, String gateway, long pauseNanos) {
        file = folder.map(f -> new RetainedFile(f.resolve(NAME)));
        ownLevels = List.of(gateway, "facegate-" + gateway);
        this.pauseNanos = pauseNanos;
    }

    /** What was kept; nothing when the file is damaged, which is set aside then. */
    List<RetainedMessage> read() {
        next = System.nanoTime() + pauseNanos;
        if (file.isEmpty()) {
            return List.of();
        }
        try {
            kept = file.get().read();
        } catch (IOException e) {
            tell("What the MQTT broker retained cannot be read", e);
            try {
                file.get().setAside();
            } catch (IOException again) {
                LOG.debug("It stays where it is", again);
            }
            kept = List.of();
        }
        return kept;
    }

    /** Whether it is time to look what is retained. */
    boolean due() {
        return file.isPresent() && System.nanoTime() - next >= 0;
    }

    /** Writes what is retained, where it is another than before. */
    void keep(List<RetainedMessage> retained) {
        if (file.isEmpty()) {
            return;
        }
        long bytes = 0;
        int count = 0;
        List<RetainedMessage> others = retained.stream().filter(m -> !own(m.topic())).toList();
        for (RetainedMessage message : others) {
            bytes += message.payload().length + message.topic().length() + MESSAGE_BYTES;
            if (bytes > MOST_BYTES) {
                tell("What the MQTT broker retains is kept in part", new IOException("too much"));
                break;
            }
            count++;
        }
        List<RetainedMessage> now = others.subList(0, count);
        next = System.nanoTime() + pauseNanos;
        if (now.equals(kept)) {
            return;
        }
        next += TimeUnit.SECONDS.toNanos(bytes / BYTES_A_SECOND);
        try {
            file.get().write(now);
            kept = List.copyOf(now);
        } catch (IOException e) {
            tell("What the MQTT broker retains cannot be written", e);
        }
    }

    private boolean own(String topic) {
        return Arrays.stream(topic.split("/", -1)).anyMatch(ownLevels::contains);
    }

    private void tell(String what, IOException e) {
        String text = what + " (" + file.get().path() + "): " + e.getMessage();
        if (!text.equals(told)) {
            told = text;
            LOG.warn("{}.", text);
        }
    }
}
