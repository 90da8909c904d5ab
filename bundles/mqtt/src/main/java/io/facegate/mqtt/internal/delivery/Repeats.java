// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import com.google.gson.JsonObject;

import io.facegate.mqtt.internal.link.LinkException;
import io.facegate.mqtt.internal.link.MqttLink;
import io.facegate.mqtt.internal.message.EventJson;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.json.Json;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Events that a broker acknowledged and lost when it died. Behind the events a mark is retained;
 * the one that a broker still has on the next connection tells what it has lost since, and that is
 * sent again. For one thread.
 */
public final class Repeats {
    /** The topic of the mark, below the gateway. */
    public static final String MARK = Topics.EVENTS + "/mark";

    private static final Logger LOG = LoggerFactory.getLogger(Repeats.class);
    private static final long SECOND_NANOS = 1_000_000_000L;

    /**
     * A broker without the mark, or with an old one, was away itself: subscribers are given time to
     * return.
     */
    private static final long SETTLE_NANOS = 10 * SECOND_NANOS;

    /**
     * Such a broker keeps nothing over its restart: in doubt is what it acknowledged right before
     * its end, and all else has been delivered, or waited for subscribers whose sessions are gone.
     */
    private static final long DOUBTFUL_MILLIS = 60_000;

    /** A mark is old that is further behind the last event; one is retained each second. */
    private static final long OLD_MILLIS = 30_000;

    private static final long MOST_BYTES = 4L << 20;

    /** Tracks that did not end, at most. */
    private static final int MOST_TRACKS = 10_000;

    private final String topic;
    private final SentLog log;
    private final Set<String> tracks = new HashSet<>();
    private final Deque<SentLog.Entry> again = new ArrayDeque<>();
    private String broker = "";
    private long mark;
    private long marked;
    private boolean echoed;
    private boolean first = true;
    private boolean undecided;
    private long connected;
    private long since;
    private long lastMarked = System.nanoTime();

    /**
     * @param folder of the files; empty to keep nothing
     * @param keepSeconds how long what was acknowledged is kept; 0 to keep nothing
     */
    public Repeats(Topics topics, Optional<Path> folder, int keepSeconds) {
        topic = topics.of(MARK);
        log =
                new SentLog(
                        folder.map(f -> f.resolve(SentLog.NAME)), keepSeconds * 1000L, MOST_BYTES);
        mark = log.last();
    }

    /** Where the mark is; empty when none is needed. */
    public Optional<String> topic() {
        return log.usable() ? Optional.of(topic) : Optional.empty();
    }

    /**
     * A new connection: whether the broker lost something is not known yet.
     *
     * @param url of the broker
     */
    public void connected(String url) {
        broker = Integer.toHexString(url.hashCode());
        again.clear();
        marked = 0;
        connected = System.nanoTime();
        since = Math.min(log.last(), now()) - DOUBTFUL_MILLIS;
        // one that keeps no marks, or lets nobody read them, would always seem to have lost them
        undecided = log.usable() && (first || echoed) && !log.after(0, broker, now()).isEmpty();
        first = false;
    }

    /**
     * A mark came.
     *
     * @param retained whether the broker had it before
     */
    public void heard(String payload, boolean retained) {
        if (!payload.matches("[0-9]{1,18}")) {
            return;
        }
        long value = Long.parseLong(payload);
        if (!retained) {
            echoed |= value == marked;
        } else if (undecided) {
            echoed = true;
            marked = value;
            since = value;
            if (log.last() - value <= OLD_MILLIS) {
                decide();
            }
        } else {
            mark = Math.max(mark, value);
        }
    }

    private void decide() {
        undecided = false;
        mark = Math.max(mark, marked);
        again.addAll(log.after(since, broker, now()));
        if (!again.isEmpty()) {
            LOG.info(
                    "MQTT: the broker may have lost the last {} events, which it acknowledged; they"
                            + " are sent again.",
                    again.size());
        }
    }

    /** Whether a track must wait until what was lost is sent again. */
    boolean holds(String track) {
        return pending() && tracks.contains(track);
    }

    /** Whether something is to be sent again, or it is not known yet. */
    public boolean pending() {
        if (undecided && System.nanoTime() - connected > SETTLE_NANOS) {
            decide();
        }
        return undecided || !again.isEmpty();
    }

    /** The next to be sent again. */
    List<SentLog.Entry> next(int limit) {
        return again.stream().limit(limit).toList();
    }

    /** The event as it is sent again. */
    static Optional<JsonObject> repeated(SentLog.Entry entry) {
        Optional<JsonObject> event = EventJson.parse(entry.json());
        event.ifPresent(EventJson::repeat);
        return event;
    }

    /** So many of the next were acknowledged. */
    void repeated(int count) {
        for (int i = 0; i < count; i++) {
            again.removeFirst();
        }
    }

    /** Events were acknowledged. */
    void acknowledged(Collection<JsonObject> events) {
        if (!log.usable() || events.isEmpty()) {
            return;
        }
        for (JsonObject event : events) {
            follow(event);
        }
        mark = Math.max(mark + 1, now());
        log.add(mark, broker, events.stream().map(Json::text).toList());
    }

    private void follow(JsonObject event) {
        String id = event.get("id").getAsString();
        if (event.get("type").getAsString().equals("end")) {
            tracks.remove(id);
        } else if (tracks.size() < MOST_TRACKS) {
            tracks.add(id);
        }
    }

    /** Retains the mark once a second, when something was acknowledged since. */
    public void mark(MqttLink link) throws LinkException {
        long time = System.nanoTime();
        if (time - lastMarked >= SECOND_NANOS) {
            lastMarked = time;
            markNow(link);
            log.expire(now());
        }
    }

    /** Retains the mark, when something was acknowledged since. */
    public void markNow(MqttLink link) throws LinkException {
        if (!log.usable() || undecided) {
            return;
        }
        // those acknowledged together have one mark: of the next none is there yet
        long safe = again.isEmpty() ? mark : again.getFirst().mark() - 1;
        if (safe > marked && log.last() > 0) {
            link.publish(topic, Long.toString(safe), 1, true);
            marked = safe;
        }
    }

    /** Takes out what is about a person. */
    void erase(UUID person) throws IOException {
        again.removeIf(entry -> entry.json().contains(person.toString()));
        log.erase(person);
    }

    /** What is kept stays. */
    public void close() {
        log.close();
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
