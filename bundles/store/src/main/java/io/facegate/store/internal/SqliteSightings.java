// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.NewUnknownFace;
import io.facegate.api.sighting.SightingStore;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was seen, in the file of the people and by its one writer. */
final class SqliteSightings implements SightingStore {
    private final StoreFile file;

    SqliteSightings(StoreFile file) {
        this.file = file;
    }

    @Override
    public List<UnknownPerson> unknownPeople() throws StoreException {
        return file.read(sql -> sql.sightings().people());
    }

    @Override
    public List<UnknownFace> unknownFaces() throws StoreException {
        return file.read(sql -> sql.sightings().faces());
    }

    @Override
    public Optional<FaceChip> unknownChip(long face) throws StoreException {
        return ChipPng.decode(file.read(sql -> sql.sightings().chip(face)), "unknown face " + face);
    }

    @Override
    public long addUnknownFace(NewUnknownFace face) throws StoreException {
        SightingSql.FaceRow row =
                new SightingSql.FaceRow(
                        face.camera(),
                        face.seenAt(),
                        face.descriptor(),
                        ChipPng.encode(face.chip()));
        UnknownPerson person =
                new UnknownPerson(
                        face.unknownId(), false, face.seenAt(), face.seenAt(), face.camera(), 0, 0);
        return file.write(
                sql -> {
                    long unknown = sql.sightings().put(person);
                    long model = EncodingRow.model(sql, face.descriptor());
                    return Change.outside(sql.sightings().insertFace(unknown, model, row));
                });
    }

    @Override
    public void sawUnknown(UUID unknown, Instant at, String camera, int sightings)
            throws StoreException {
        file.write(
                sql -> {
                    sql.sightings().count(unknown, at, camera, sightings);
                    return Change.outside(sightings);
                });
    }

    @Override
    public void setIgnored(UUID unknown, boolean ignored) throws StoreException {
        file.write(
                sql -> {
                    if (!sql.sightings().setIgnored(unknown, ignored)) {
                        throw nobody(unknown);
                    }
                    return Change.outside(ignored);
                });
    }

    @Override
    public int removeUnknown(Collection<UUID> unknown) throws StoreException {
        List<UUID> ids = List.copyOf(unknown);
        return file.write(
                sql -> {
                    int removed = 0;
                    for (UUID id : ids) {
                        removed += sql.sightings().delete(id) ? 1 : 0;
                    }
                    return removal(removed);
                });
    }

    @Override
    public int removeUnknownFaces(Collection<Long> faces) throws StoreException {
        List<Long> ids = List.copyOf(faces);
        return file.write(
                sql -> {
                    int removed = 0;
                    for (long id : ids) {
                        removed += sql.sightings().deleteFace(id) ? 1 : 0;
                    }
                    return removal(removed);
                });
    }

    private static Change<Integer> removal(int count) {
        return count == 0 ? Change.outside(0) : Change.outside(count).erasing();
    }

    @Override
    public Person name(Collection<UUID> unknown, String name) throws StoreException {
        String kept = PersonName.of(name);
        LinkedHashSet<UUID> ids = new LinkedHashSet<>(unknown);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return file.write(
                sql -> {
                    Optional<StoreSql.Row> known = sql.person(kept);
                    StoreSql.Row row =
                            known.isPresent() ? known.get() : sql.insertPerson(kept, now);
                    List<FaceDescriptor> added = new ArrayList<>();
                    for (UUID id : ids) {
                        added.addAll(become(sql, id, row.seq(), now));
                    }
                    Person person = sql.person(kept).orElseThrow().person();
                    return Galleries.adding(file.gallery(), person, added);
                });
    }

    /** Makes an unknown person's faces encodings of a person; those there already are left out. */
    private static List<FaceDescriptor> become(StoreSql sql, UUID id, long person, Instant now)
            throws SQLException, StoreException {
        SightingSql sightings = sql.sightings();
        SightingSql.Row unknown = sightings.person(id).orElseThrow(() -> nobody(id));
        List<FaceDescriptor> added = new ArrayList<>();
        for (UnknownFace face : sightings.faces(unknown.seq())) {
            FaceDescriptor descriptor = face.descriptor();
            long model = EncodingRow.model(sql, descriptor);
            if (sql.encodings().same(person, model, descriptor, Long.MAX_VALUE).isEmpty()) {
                sql.encodings()
                        .insert(
                                person,
                                model,
                                new EncodingRow(
                                        descriptor, "unknown/" + id, "", sightings.chip(face.id())),
                                now);
                added.add(descriptor);
            }
        }
        sightings.saw(person, unknown.person().lastSeen(), unknown.person().lastCamera());
        sightings.delete(id);
        return added;
    }

    @Override
    public Map<UUID, LastSeen> lastSeen() throws StoreException {
        return file.read(sql -> sql.sightings().lastSeen());
    }

    @Override
    public void saw(Collection<LastSeen> people) throws StoreException {
        List<LastSeen> seen = List.copyOf(people);
        if (seen.isEmpty()) {
            return;
        }
        file.write(
                sql -> {
                    for (LastSeen one : seen) {
                        sql.sightings().saw(one);
                    }
                    return Change.outside(seen.size());
                });
    }

    private static StoreException nobody(UUID unknown) {
        return new StoreException(
                "there is no unknown person " + unknown + ": list the unknown people to see them");
    }
}
