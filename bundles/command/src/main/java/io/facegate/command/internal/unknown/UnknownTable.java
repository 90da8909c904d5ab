// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.unknown;

import io.facegate.api.sighting.SightingStore;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The unknown people at one moment, found by the first characters of their ids. */
final class UnknownTable {
    private static final int SHORTEST = 8;

    private final List<UnknownPerson> people;
    private final int length;

    UnknownTable(List<UnknownPerson> people) {
        this.people = people;
        length = uniqueLength(people.stream().map(person -> person.id().toString()).toList());
    }

    /** Those there are now; waits until what is kept on the disk has been read. */
    static UnknownTable read(Session session) throws MissingPartException, StoreException {
        UnknownPeople unknown = session.require(UnknownPeople.class);
        SightingStore store = session.require(SightingStore.class);
        try {
            return new UnknownTable(
                    session.await(() -> settled(unknown, store), session.patience())
                            .orElseGet(unknown::people));
        } catch (UncheckedIOException e) {
            throw new StoreException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static Optional<List<UnknownPerson>> settled(
            UnknownPeople unknown, SightingStore store) {
        try {
            unknown.forget(List.of()); // before a change the disk is read
            Set<UUID> kept = ids(store.unknownPeople());
            List<UnknownPerson> told = unknown.people();
            return ids(told).containsAll(kept) ? Optional.of(told) : Optional.empty();
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<UUID> ids(Collection<UnknownPerson> people) {
        return people.stream().map(UnknownPerson::id).collect(Collectors.toSet());
    }

    /** Last seen first. */
    List<UnknownPerson> people() {
        return people;
    }

    /** The first characters of an id, as many as tell all apart. */
    String shortId(UnknownPerson person) {
        return person.id().toString().substring(0, length);
    }

    /**
     * The one whose id begins so.
     *
     * @throws IOException nobody's, or several people's; the message says which
     */
    UnknownPerson find(String prefix) throws IOException {
        String wanted = prefix.toLowerCase(Locale.ROOT);
        List<UnknownPerson> found =
                people.stream().filter(p -> p.id().toString().startsWith(wanted)).toList();
        if (found.isEmpty() || prefix.isEmpty()) {
            throw new IOException(
                    "There is no unknown person with the id "
                            + prefix
                            + "; 'unknown list' shows those there are.");
        }
        if (found.size() > 1) {
            throw new IOException(
                    "Several unknown people have an id that begins with "
                            + prefix
                            + ": "
                            + found.stream().map(this::shortId).collect(Collectors.joining(", "))
                            + ".");
        }
        return found.get(0);
    }

    /** All of several, each once, or an error. */
    List<UUID> find(Collection<String> prefixes) throws IOException {
        Set<UUID> found = new LinkedHashSet<>();
        for (String prefix : prefixes) {
            found.add(find(prefix).id());
        }
        return new ArrayList<>(found);
    }

    private static int uniqueLength(List<String> ids) {
        int full = new UUID(0, 0).toString().length();
        for (int n = SHORTEST; n < full; n++) {
            int to = n;
            if (ids.stream().map(id -> id.substring(0, to)).distinct().count() == ids.size()) {
                return n;
            }
        }
        return full;
    }
}
