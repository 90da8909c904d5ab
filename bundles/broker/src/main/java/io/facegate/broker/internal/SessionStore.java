// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Keeps sessions over restarts of the gateway, without what waits in them: when they or the
 * presence of their clients changed. For the broker's thread.
 */
final class SessionStore {
    static final String NAME = "broker.sessions";
    private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);

    /** "FGss" and the version. */
    private static final long MAGIC = 0x46477373_00000001L;

    /** A client that comes and goes must not wear out an SD card. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long BYTES_A_SECOND = 4096;
    private static final int MOST_BYTES = 1 << 20;
    private static final int SESSION_BYTES = 32;

    /** The same as the gateway has in doubt, whose time this is compared with. */
    private static final long DOUBTFUL_MILLIS = 60_000;

    private static final String MARK = "/mark";

    private final Optional<CheckedFile> file;
    private final String marks;
    private Content kept = new Content("", List.of());
    private long next = System.nanoTime();
    private boolean told;

    /**
     * What is kept.
     *
     * @param mark topic of the mark behind the gateway's events; empty when it is not known
     */
    record Content(String mark, List<KeptSession> sessions) {
        Content {
            sessions = List.copyOf(sessions);
        }

        /**
         * The mark that tells the gateway what absent clients were not given: what it sent since
         * the first of them went. None when all were there.
         */
        Optional<RetainedMessage> lastGiven() {
            if (mark.isEmpty()) {
                return Optional.empty();
            }
            String events = mark.substring(0, mark.length() - MARK.length());
            OptionalLong first =
                    sessions.stream()
                            .filter(s -> s.away() > 0 && s.awaits(events))
                            .mapToLong(KeptSession::away)
                            .min();
            return first.stream()
                    .map(time -> Math.max(0, time - DOUBTFUL_MILLIS))
                    .mapToObj(time -> Long.toString(time).getBytes(StandardCharsets.UTF_8))
                    .map(payload -> new RetainedMessage(mark, 1, 0, payload))
                    .findFirst();
        }
    }

    /**
     * @param folder of the file; empty keeps nothing
     * @param gateway id
     */
    SessionStore(Optional<Path> folder, String gateway) {
        file = folder.map(f -> new CheckedFile(f.resolve(NAME), MAGIC));
        marks = "/" + gateway + "/events" + MARK;
    }

    /** How topics of the mark behind the gateway's events end. */
    String marks() {
        return marks;
    }

    /** What was kept; nothing when the file is damaged, which is set aside then. */
    Content read() {
        if (file.isPresent() && Files.exists(file.get().path())) {
            try {
                kept = file.get().read(SessionStore::content);
                return kept;
            } catch (IOException | IllegalArgumentException e) {
                tell("cannot be read", e);
                setAside(file.get());
            }
        }
        kept = new Content("", List.of());
        return kept;
    }

    private static void setAside(CheckedFile damaged) {
        try {
            damaged.setAside();
        } catch (IOException e) {
            LOG.debug("It stays where it is", e);
        }
    }

    /** Whether something may be written. */
    boolean due() {
        return file.isPresent() && System.nanoTime() - next >= 0;
    }

    /** Writes the sessions, where they are others than before. */
    void keep(Content asked) {
        if (file.isEmpty()) {
            return;
        }
        List<KeptSession> some = new ArrayList<>();
        long bytes = 0;
        for (KeptSession session : asked.sessions()) {
            bytes += bytes(session);
            if (bytes > MOST_BYTES) {
                tell("are kept in part", new IOException("too many"));
                break;
            }
            some.add(session);
        }
        // the gateway may not have said anything yet
        String mark = asked.mark().isEmpty() ? kept.mark() : asked.mark();
        Content now = new Content(mark, some);
        if (now.equals(kept)) {
            return;
        }
        next = System.nanoTime() + PAUSE_NANOS + TimeUnit.SECONDS.toNanos(bytes / BYTES_A_SECOND);
        try {
            file.get().write(out -> write(now, out));
            kept = now;
        } catch (IOException e) {
            tell("cannot be written", e);
        }
    }

    private static long bytes(KeptSession session) {
        return session.client().length()
                + SESSION_BYTES
                + session.subscriptions().stream()
                        .mapToLong(s -> s.filter().length() + SESSION_BYTES)
                        .sum();
    }

    private static void write(Content content, DataOutputStream out) throws IOException {
        out.writeUTF(content.mark());
        out.writeInt(content.sessions().size());
        for (KeptSession session : content.sessions()) {
            out.writeUTF(session.client());
            out.writeLong(session.away());
            out.writeInt(session.expirySeconds());
            out.writeInt(session.subscriptions().size());
            for (KeptSession.Subscription each : session.subscriptions()) {
                out.writeUTF(each.filter());
                out.writeByte(each.qos());
                out.writeBoolean(each.noLocal());
                out.writeBoolean(each.retainAsPublished());
                out.writeByte(each.retainHandling());
                out.writeInt(each.id());
            }
        }
    }

    private static Content content(DataInputStream in) throws IOException {
        String mark = in.readUTF();
        List<KeptSession> sessions = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String client = in.readUTF();
            long away = in.readLong();
            int expiry = in.readInt();
            List<KeptSession.Subscription> subscriptions = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                subscriptions.add(
                        new KeptSession.Subscription(
                                in.readUTF(),
                                in.readByte(),
                                in.readBoolean(),
                                in.readBoolean(),
                                in.readByte(),
                                in.readInt()));
            }
            sessions.add(new KeptSession(client, away, expiry, subscriptions));
        }
        return new Content(mark, sessions);
    }

    private void tell(String what, Exception e) {
        if (!told) {
            told = true;
            LOG.warn(
                    "The MQTT broker's sessions {} ({}): {}; subscribers that come back after a"
                            + " restart of the gateway may miss what was sent meanwhile.",
                    what,
                    file.get().path(),
                    e.getMessage());
        }
    }
}
