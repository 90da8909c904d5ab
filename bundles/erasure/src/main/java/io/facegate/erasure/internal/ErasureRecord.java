// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import static java.util.stream.Collectors.joining;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.store.Person;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How far the erasure of one person has come. Immutable.
 *
 * @param person as in the store before
 * @param at when it was asked for
 * @param deleted whether the person was deleted from the store: never done a second time, since a
 *     backup may bring the person back
 * @param parts what was removed so far, by place
 */
record ErasureRecord(
        Person person, Instant at, boolean deleted, Map<String, List<ErasedPart>> parts) {
    ErasureRecord {
        Map<String, List<ErasedPart>> copy = new LinkedHashMap<>();
        parts.forEach((place, list) -> copy.put(place, List.copyOf(list)));
        parts = copy;
    }

    static ErasureRecord of(Person person, Instant at) {
        return new ErasureRecord(person, at, false, Map.of());
    }

    ErasureRecord deletedFromStore() {
        return new ErasureRecord(person, at, true, parts);
    }

    /** As if a place had not been asked yet. */
    ErasureRecord without(String place) {
        Map<String, List<ErasedPart>> all = new LinkedHashMap<>(parts);
        all.remove(place);
        return new ErasureRecord(person, at, deleted, all);
    }

    /** What a place removed now, added to what it removed before; a failure is forgotten. */
    ErasureRecord with(String place, List<ErasedPart> removed) {
        Map<String, ErasedPart> joined = new LinkedHashMap<>();
        for (ErasedPart part : parts.getOrDefault(place, List.of())) {
            if (!part.what().equals(place)) {
                joined.put(part.what(), new ErasedPart(part.what(), part.count(), ""));
            }
        }
        for (ErasedPart part : removed) {
            ErasedPart before = joined.get(part.what());
            long count = part.count() + (before == null ? 0 : before.count());
            joined.put(part.what(), new ErasedPart(part.what(), count, part.left(), part.again()));
        }
        Map<String, List<ErasedPart>> all = new LinkedHashMap<>(parts);
        all.put(place, List.copyOf(joined.values()));
        return new ErasureRecord(person, at, deleted, all);
    }

    /** A place could not do its work. */
    ErasureRecord failed(String place, String why) {
        return with(place, List.of(new ErasedPart(place, 0, why, true)));
    }

    /** Whether a place is to be asked (again). */
    boolean open(String place) {
        List<ErasedPart> list = parts.get(place);
        return list == null || list.stream().anyMatch(ErasedPart::again);
    }

    /** Whether every place asked has done its work. */
    boolean done() {
        return deleted && parts.keySet().stream().noneMatch(this::open);
    }

    /** Why it is not complete, a line for each place. */
    Map<String, String> waitingFor() {
        Map<String, String> result = new TreeMap<>();
        parts.forEach(
                (place, list) ->
                        list.stream()
                                .filter(ErasedPart::again)
                                .findFirst()
                                .ifPresent(part -> result.put(place, part.left())));
        return result;
    }

    /** The parts in the order of being asked for; the same thing of two places is one. */
    ErasureReceipt receipt() {
        Map<String, ErasedPart> all = new LinkedHashMap<>();
        for (List<ErasedPart> list : parts.values()) {
            list.forEach(part -> all.merge(part.what(), part, ErasureRecord::joined));
        }
        return new ErasureReceipt(person, at, List.copyOf(all.values()));
    }

    private static ErasedPart joined(ErasedPart a, ErasedPart b) {
        String left =
                Stream.of(a.left(), b.left()).filter(l -> !l.isEmpty()).collect(joining("; "));
        return new ErasedPart(a.what(), a.count() + b.count(), left, a.again() || b.again());
    }
}
