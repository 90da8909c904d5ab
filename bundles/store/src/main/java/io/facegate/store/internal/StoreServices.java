// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.model.ModelKey;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.NewUnknownFace;
import io.facegate.api.sighting.SightingStore;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.store.Addition;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.KeptEncodings;
import io.facegate.api.store.KeptFace;
import io.facegate.api.store.LaterEncoding;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreContents;
import io.facegate.api.store.StoreEncryption;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The services of one store, each call passed on to it. */
abstract class StoreServices
        implements EncodingStore, CounterExamples, SightingStore, Reencoding, StoreEncryption {
    private final SqliteStore store;
    private final SightingStore sightings;
    private final CounterExamples counterExamples;
    private final Reencoding reencoding;

    StoreServices(SqliteStore store) {
        this.store = store;
        this.sightings = store.sightings();
        this.counterExamples = store.counterExamples();
        this.reencoding = store.reencoding();
    }

    SqliteStore store() {
        return store;
    }

    @Override
    public ModelCoverage coverage(ModelKey model) throws StoreException {
        return reencoding.coverage(model);
    }

    @Override
    public List<KeptFace> unencoded(ModelKey model, KeptFace.Owner owner, long after, int most)
            throws StoreException {
        return reencoding.unencoded(model, owner, after, most);
    }

    @Override
    public int add(List<LaterEncoding> encodings) throws StoreException {
        return reencoding.add(encodings);
    }

    @Override
    public List<KeptEncodings> kept() throws StoreException {
        return reencoding.kept();
    }

    @Override
    public ClearedEncodings clear(ModelKey model) throws StoreException {
        return reencoding.clear(model);
    }

    @Override
    public Gallery gallery() {
        return store.gallery();
    }

    @Override
    public Optional<Person> find(String name) {
        return store.find(name);
    }

    @Override
    public List<StoredEncoding> encodings(UUID person) throws StoreException {
        return store.encodings(person);
    }

    @Override
    public Optional<FaceChip> chip(long encoding) throws StoreException {
        return store.chip(encoding);
    }

    @Override
    public Person add(String name, List<NewEncoding> encodings) throws StoreException {
        return store.add(name, encodings);
    }

    @Override
    public Person replace(String name, String source, List<NewEncoding> encodings)
            throws StoreException {
        return store.replace(name, source, encodings);
    }

    @Override
    public Person rename(String from, String to) throws StoreException {
        return store.rename(from, to);
    }

    @Override
    public List<Person> delete(List<String> names) throws StoreException {
        return store.delete(names);
    }

    @Override
    public int deleteSource(String name, String source) throws StoreException {
        return store.deleteSource(name, source);
    }

    @Override
    public Addition addAll(List<NewPerson> people) throws StoreException {
        return store.addAll(people);
    }

    @Override
    public StoreContents copyTo(Path file) throws StoreException {
        return store.copyTo(file);
    }

    @Override
    public Addition restore(Path copy, RestoreMode mode) throws StoreException {
        return store.restore(copy, mode);
    }

    @Override
    public List<StoredEncoding> counterExamples(UUID person) throws StoreException {
        return counterExamples.counterExamples(person);
    }

    @Override
    public Optional<FaceChip> counterChip(long id) throws StoreException {
        return counterExamples.counterChip(id);
    }

    @Override
    public StoredEncoding reject(UUID person, NewEncoding face) throws StoreException {
        return counterExamples.reject(person, face);
    }

    @Override
    public int removeCounterExamples(Collection<Long> ids) throws StoreException {
        return counterExamples.removeCounterExamples(ids);
    }

    @Override
    public List<UnknownPerson> unknownPeople() throws StoreException {
        return sightings.unknownPeople();
    }

    @Override
    public List<UnknownFace> unknownFaces() throws StoreException {
        return sightings.unknownFaces();
    }

    @Override
    public Optional<FaceChip> unknownChip(long face) throws StoreException {
        return sightings.unknownChip(face);
    }

    @Override
    public long addUnknownFace(NewUnknownFace face) throws StoreException {
        return sightings.addUnknownFace(face);
    }

    @Override
    public void sawUnknown(UUID unknown, Instant at, String camera, int count)
            throws StoreException {
        sightings.sawUnknown(unknown, at, camera, count);
    }

    @Override
    public void setIgnored(UUID unknown, boolean ignored) throws StoreException {
        sightings.setIgnored(unknown, ignored);
    }

    @Override
    public int removeUnknown(Collection<UUID> unknown) throws StoreException {
        return sightings.removeUnknown(unknown);
    }

    @Override
    public int removeUnknownFaces(Collection<Long> faces) throws StoreException {
        return sightings.removeUnknownFaces(faces);
    }

    @Override
    public Person name(Collection<UUID> unknown, String name) throws StoreException {
        return sightings.name(unknown, name);
    }

    @Override
    public Map<UUID, LastSeen> lastSeen() throws StoreException {
        return sightings.lastSeen();
    }

    @Override
    public void saw(Collection<LastSeen> people) throws StoreException {
        sightings.saw(people);
    }

    @Override
    public Optional<String> keyId() throws StoreException {
        return store.file().key().map(StoreKey::id);
    }

    @Override
    public String makeKey(Path file) throws StoreException {
        return StoreKey.make(file).id();
    }

    @Override
    public String changeKey(Path file) throws StoreException {
        StoreKey key = StoreKey.read(file);
        store.file().changeKey(file, key);
        return key.id();
    }

    @Override
    public void removeKey(Path file) throws StoreException {
        store.file().removeKey(file);
    }
}
