// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.NewUnknownFace;
import io.facegate.api.sighting.SightingStore;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A store that outlives gateways, keeps times in microseconds, and fails when told to. */
final class MemoryStore implements SightingStore {
    final Map<UUID, UnknownPerson> people = new LinkedHashMap<>();
    final Map<Long, UnknownFace> faces = new LinkedHashMap<>();
    final Map<UUID, LastSeen> seen = new HashMap<>();
    int sawUnknown;
    boolean failing;

    /** Its bundle is being exchanged. */
    boolean unloaded;

    long revision;
    private long next = 1;

    private void check() throws StoreException {
        if (unloaded) {
            throw new NoClassDefFoundError("io/facegate/store");
        }
        if (failing) {
            throw new StoreException("the disk is full");
        }
    }

    private static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static UnknownPerson with(
            UnknownPerson p, boolean ignored, Instant at, String camera, int sightings, int faces) {
        boolean later = micros(at).isAfter(p.lastSeen());
        return new UnknownPerson(
                p.id(),
                ignored,
                p.firstSeen(),
                later ? micros(at) : p.lastSeen(),
                later ? camera : p.lastCamera(),
                sightings,
                faces);
    }

    @Override
    public List<UnknownPerson> unknownPeople() throws StoreException {
        check();
        return List.copyOf(people.values());
    }

    @Override
    public List<UnknownFace> unknownFaces() throws StoreException {
        check();
        return List.copyOf(faces.values());
    }

    @Override
    public Optional<FaceChip> unknownChip(long face) {
        return Optional.ofNullable(faces.get(face)).map(f -> new FaceChip(2, new byte[12]));
    }

    @Override
    public long addUnknownFace(NewUnknownFace face) throws StoreException {
        check();
        UUID id = face.unknownId();
        Instant at = micros(face.seenAt());
        people.putIfAbsent(id, new UnknownPerson(id, false, at, at, face.camera(), 0, 0));
        people.computeIfPresent(
                id,
                (i, p) -> with(p, p.ignored(), at, face.camera(), p.sightings(), p.faces() + 1));
        faces.put(next, new UnknownFace(next, id, face.camera(), at, face.descriptor(), true));
        return next++;
    }

    @Override
    public void sawUnknown(UUID unknown, Instant at, String camera, int count)
            throws StoreException {
        check();
        sawUnknown++;
        people.computeIfPresent(
                unknown,
                (i, p) -> with(p, p.ignored(), at, camera, p.sightings() + count, p.faces()));
    }

    @Override
    public void setIgnored(UUID unknown, boolean ignored) throws StoreException {
        check();
        if (!people.containsKey(unknown)) {
            throw new StoreException("nobody");
        }
        people.computeIfPresent(
                unknown,
                (i, p) -> with(p, ignored, p.lastSeen(), p.lastCamera(), p.sightings(), p.faces()));
    }

    @Override
    public int removeUnknown(Collection<UUID> unknown) throws StoreException {
        check();
        int before = people.size();
        people.keySet().removeAll(unknown);
        faces.values().removeIf(face -> unknown.contains(face.unknownId()));
        return before - people.size();
    }

    @Override
    public int removeUnknownFaces(Collection<Long> gone) throws StoreException {
        check();
        int before = faces.size();
        faces.keySet().removeAll(gone);
        return before - faces.size();
    }

    @Override
    public Person name(Collection<UUID> unknown, String name) throws StoreException {
        check();
        if (!people.keySet().containsAll(unknown)) {
            throw new StoreException("nobody");
        }
        List<UnknownFace> named = new ArrayList<>(faces.values());
        named.removeIf(face -> !unknown.contains(face.unknownId()));
        Person person = new Person(UUID.randomUUID(), name, Faces.START, named.size());
        for (UUID id : unknown) {
            UnknownPerson one = people.get(id);
            seen.put(person.id(), new LastSeen(person.id(), one.lastSeen(), one.lastCamera()));
        }
        removeUnknown(unknown);
        revision++;
        return person;
    }

    @Override
    public Map<UUID, LastSeen> lastSeen() throws StoreException {
        check();
        return Map.copyOf(seen);
    }

    @Override
    public void saw(Collection<LastSeen> more) throws StoreException {
        check();
        for (LastSeen one : more) {
            LastSeen kept = new LastSeen(one.personId(), micros(one.at()), one.camera());
            seen.put(one.personId(), kept);
        }
    }
}
