// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.NewUnknownFace;
import io.facegate.api.sighting.SightingStore;
import io.facegate.api.sighting.Stranger;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.sighting.UnknownSighting;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Unknown people in memory, and what is kept of them: read at the first change, as from a disk. */
public final class FakeUnknownPeople implements UnknownPeople, SightingStore {
    public static final Instant SEEN = Instant.parse("2026-11-24T08:15:30Z");

    private final FakeStore store;
    private final List<UnknownPerson> people = new ArrayList<>();
    public final Map<UUID, LastSeen> lastSeen = new HashMap<>();
    private boolean read;

    /** What goes wrong with the disk. */
    public Optional<StoreException> trouble = Optional.empty();

    public FakeUnknownPeople(FakeStore store) {
        this.store = store;
    }

    /** Somebody seen by the camera "door" with two faces, the second without a chip. */
    public void add(String id) {
        people.add(new UnknownPerson(UUID.fromString(id), false, SEEN, SEEN, "door", 7, 2));
    }

    @Override
    public Optional<Stranger> tell(UnknownSighting sighting) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Stranger> find(UUID unknown) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void retract(String track) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<UnknownPerson> people() {
        return read ? List.copyOf(people) : List.of();
    }

    @Override
    public List<UnknownFace> faces(UUID unknown) {
        FaceDescriptor descriptor = new FaceDescriptor(FakeStages.MODEL.key(), new float[] {1});
        return List.of(
                new UnknownFace(11, unknown, "door", SEEN, descriptor, true),
                new UnknownFace(12, unknown, "door", SEEN, descriptor, false));
    }

    @Override
    public Optional<FaceChip> chip(long face) {
        return face == 11 ? Optional.of(new FaceChip(1, new byte[3])) : Optional.empty();
    }

    @Override
    public Person name(Collection<UUID> unknown, String name) {
        people.removeIf(person -> unknown.contains(person.id()));
        return store.add(name, List.of());
    }

    @Override
    public void setIgnored(UUID unknown, boolean ignored) {
        people.replaceAll(
                p ->
                        p.id().equals(unknown)
                                ? new UnknownPerson(p.id(), ignored, SEEN, SEEN, "door", 7, 2)
                                : p);
    }

    @Override
    public int forget(Collection<UUID> unknown) throws StoreException {
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        read = true;
        return removeUnknown(unknown);
    }

    @Override
    public List<UnknownPerson> unknownPeople() {
        return List.copyOf(people);
    }

    @Override
    public List<UnknownFace> unknownFaces() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<FaceChip> unknownChip(long face) {
        return chip(face);
    }

    @Override
    public long addUnknownFace(NewUnknownFace face) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sawUnknown(UUID unknown, Instant at, String camera, int sightings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int removeUnknown(Collection<UUID> unknown) {
        int before = people.size();
        people.removeIf(person -> unknown.contains(person.id()));
        return before - people.size();
    }

    @Override
    public int removeUnknownFaces(Collection<Long> faces) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<UUID, LastSeen> lastSeen() {
        return Map.copyOf(lastSeen);
    }

    @Override
    public void saw(Collection<LastSeen> seen) {
        seen.forEach(person -> lastSeen.put(person.personId(), person));
    }
}
