// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.StoreException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who was seen, as maps and lists for {@link Json}; only what the page does not have yet. */
final class SeenData {
    /** Most unknown people sent to the page; it says how many there are. */
    static final int UNKNOWN = 200;

    private SeenData() {}

    /**
     * The unknown people, last seen first.
     *
     * @param tag of what the page has; the people are left out when it is still the same
     */
    static Map<String, Object> unknown(Optional<UnknownPeople> service, String tag) {
        List<Map<String, Object>> people = new ArrayList<>();
        int count = 0;
        try {
            List<UnknownPerson> all = service.map(UnknownPeople::people).orElse(List.of());
            count = all.size();
            for (UnknownPerson person : all.subList(0, Math.min(UNKNOWN, count))) {
                people.add(unknown(service.orElseThrow(), person));
            }
        } catch (StaleServiceException | StoreException e) {
            people.clear(); // being swapped; the page asks again
        }
        Map<String, Object> data = new LinkedHashMap<>();
        String now = Integer.toHexString(people.hashCode()) + "-" + count;
        data.put("tag", now);
        data.put("count", count);
        data.put("kept", service.isPresent());
        if (!now.equals(tag)) {
            data.put("list", people);
        }
        return data;
    }

    /**
     * The last sightings of people of the gallery after a time.
     *
     * @param afterMillis since 1970, as {@code until} of an earlier answer
     */
    static Map<String, Object> known(Optional<Sightings> service, long afterMillis) {
        List<Map<String, Object>> people = new ArrayList<>();
        long until = afterMillis;
        for (LastSeen seen : service.map(Sightings::lastSeen).orElse(Map.of()).values()) {
            long at = seen.at().toEpochMilli();
            if (at > afterMillis) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("id", seen.personId().toString());
                one.put("at", at);
                one.put("camera", seen.camera());
                people.add(one);
                until = Math.max(until, at);
            }
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("until", until);
        data.put("list", people);
        return data;
    }

    private static Map<String, Object> unknown(UnknownPeople service, UnknownPerson person)
            throws StoreException {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", person.id().toString());
        data.put("ignored", person.ignored());
        data.put("firstSeen", text(person.firstSeen()));
        data.put("lastSeen", text(person.lastSeen()));
        data.put("camera", person.lastCamera());
        data.put("sightings", person.sightings());
        data.put(
                "faces",
                service.faces(person.id()).stream()
                        .filter(UnknownFace::hasChip)
                        .map(UnknownFace::id)
                        .toList());
        return data;
    }

    private static String text(Instant instant) {
        return instant.toString();
    }
}
