// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import io.facegate.api.sighting.LastSeen;
import io.facegate.api.store.Person;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.Table;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** People as text for people. */
public final class PeopleText {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private PeopleText() {}

    /**
     * The people, one a line.
     *
     * @param seen when each was last seen; those never seen are missing
     * @param needing how many encodings of a person need photos; the column is there when one does
     */
    static String table(List<Person> people, Map<UUID, LastSeen> seen, Map<UUID, Long> needing) {
        List<String> head = new ArrayList<>(List.of("NAME", "ENCODINGS", "ADDED", "LAST SEEN"));
        if (!needing.isEmpty()) {
            head.add("NEEDS PHOTOS");
        }
        Table table = new Table(head.toArray(String[]::new));
        for (Person person : people) {
            List<String> row =
                    new ArrayList<>(
                            List.of(
                                    person.name(),
                                    Integer.toString(person.encodings()),
                                    minute(person.createdAt()),
                                    seen(seen.get(person.id()))));
            if (!needing.isEmpty()) {
                Long count = needing.get(person.id());
                row.add(count == null ? "" : "for " + count);
            }
            table.row(row.toArray(String[]::new));
        }
        return table.toString();
    }

    /** {@code 2026-11-24 09:15 door}; empty when never. */
    private static String seen(LastSeen seen) {
        return seen == null ? "" : minute(seen.at()) + " " + seen.camera();
    }

    /** Local time. */
    public static String minute(Instant moment) {
        return MINUTE.format(LocalDateTime.ofInstant(moment, ZoneId.systemDefault()));
    }

    /** {@code Alice (5 encodings)}. */
    public static String person(Person person) {
        return person.name() + " (" + Count.of(person.encodings(), "encoding", "encodings") + ")";
    }
}
