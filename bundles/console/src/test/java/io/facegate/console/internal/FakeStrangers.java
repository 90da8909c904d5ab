// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Unknown people in memory, with a face of one colour each. */
final class FakeStrangers implements UnknownPeople {
    private static final int CHIP = 150;

    final List<String> named = new ArrayList<>();
    private final Map<UUID, UnknownPerson> people = new LinkedHashMap<>();

    /** One more, with the number as the id of its face. */
    synchronized UUID add(int number) {
        UUID id = new UUID(0x1111111111111111L * number, number);
        people.put(id, person(id, false, number));
        return id;
    }

    private static UnknownPerson person(UUID id, boolean ignored, int number) {
        Instant at = Instant.now().minusSeconds(60L * number);
        return new UnknownPerson(id, ignored, at.minusSeconds(3600), at, "front", number, 1);
    }

    synchronized boolean ignored(UUID id) {
        return people.get(id).ignored();
    }

    @Override
    public Optional<Stranger> tell(UnknownSighting sighting) {
        return Optional.empty();
    }

    @Override
    public Optional<Stranger> find(UUID unknown) {
        return Optional.empty();
    }

    @Override
    public void retract(String track) {}

    @Override
    public synchronized List<UnknownPerson> people() {
        return List.copyOf(people.values());
    }

    @Override
    public List<UnknownFace> faces(UUID unknown) {
        FaceDescriptor descriptor = new FaceDescriptor(new ModelKey("m", "w"), new float[] {1});
        return List.of(
                new UnknownFace(
                        unknown.getLeastSignificantBits(),
                        unknown,
                        "front",
                        Instant.EPOCH,
                        descriptor,
                        true));
    }

    @Override
    public Optional<FaceChip> chip(long face) {
        if (face > 100) {
            return Optional.empty();
        }
        byte[] rgb = new byte[3 * CHIP * CHIP];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i % 3 == face % 3 ? 200 : 60 + 20 * face);
        }
        return Optional.of(new FaceChip(CHIP, rgb));
    }

    @Override
    public synchronized Person name(Collection<UUID> unknown, String name) throws StoreException {
        forget(unknown);
        named.add(name + " " + unknown);
        return new Person(UUID.randomUUID(), name, Instant.now(), unknown.size());
    }

    @Override
    public synchronized void setIgnored(UUID unknown, boolean ignored) throws StoreException {
        check(List.of(unknown));
        people.put(unknown, person(unknown, ignored, (int) unknown.getLeastSignificantBits()));
    }

    @Override
    public synchronized int forget(Collection<UUID> unknown) throws StoreException {
        check(unknown);
        people.keySet().removeAll(unknown);
        return unknown.size();
    }

    private void check(Collection<UUID> unknown) throws StoreException {
        if (!people.keySet().containsAll(unknown)) {
            throw new StoreException("there is no unknown person " + unknown);
        }
    }
}
