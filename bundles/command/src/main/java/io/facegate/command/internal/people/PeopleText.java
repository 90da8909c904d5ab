// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import io.facegate.api.store.Person;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.Table;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
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
     * @param needing how many encodings of a person need photos; the column is there when one does
     */
    static String table(List<Person> people, Map<UUID, Long> needing) {
        boolean some = !needing.isEmpty();
        Table table =
                some
                        ? new Table("NAME", "ENCODINGS", "ADDED", "NEEDS PHOTOS")
                        : new Table("NAME", "ENCODINGS", "ADDED");
        for (Person person : people) {
            String encodings = Integer.toString(person.encodings());
            String added = minute(person.createdAt());
            if (some) {
                Long count = needing.get(person.id());
                table.row(person.name(), encodings, added, count == null ? "" : "for " + count);
            } else {
                table.row(person.name(), encodings, added);
            }
        }
        return table.toString();
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
