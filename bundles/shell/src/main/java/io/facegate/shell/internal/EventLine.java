// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import io.facegate.api.frame.Box;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A recognition event as one line for people: local time, camera, what happened, who, distance and
 * score, where; of a track that ended, how long it was seen.
 */
final class EventLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    /** Characters of an id that tell a few hundred unknown people apart. */
    private static final int SHORT_ID = 8;

    private final ZoneId zone;

    EventLine(ZoneId zone) {
        this.zone = zone;
    }

    String of(RecognitionEvent event) {
        Box box = event.box();
        String line =
                String.format(
                        Locale.ROOT,
                        "%s %-8s %-7s %-20s %-14s [%d,%d,%d,%d]",
                        TIME.format(event.timestamp().atZone(zone)),
                        event.camera(),
                        event.type().name().toLowerCase(Locale.ROOT),
                        name(event),
                        distance(event),
                        box.left(),
                        box.top(),
                        box.right(),
                        box.bottom());
        return event.endTime().isPresent() ? line + seen(event.duration()) : line;
    }

    /**
     * The name, in which a line break must not look like another event; of an unknown person the
     * begin of the id.
     */
    private static String name(RecognitionEvent event) {
        String unknown =
                event.unknownId()
                        .map(id -> "unknown " + id.toString().substring(0, SHORT_ID))
                        .orElse("unknown");
        return event.match().name().map(n -> n.replaceAll("\\p{Cntrl}", "?")).orElse(unknown);
    }

    private static String distance(RecognitionEvent event) {
        Match match = event.match();
        if (match.distance().isEmpty()) {
            return "-";
        }
        return String.format(
                Locale.ROOT, "%.3f (%.0f %%)", match.distance().getAsDouble(), 100 * event.score());
    }

    private static String seen(Duration duration) {
        return String.format(Locale.ROOT, " seen %.1f s", duration.toMillis() / 1000.0);
    }
}
