// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.status.Condition;
import io.facegate.api.store.Addition;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreContents;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The operations of the store: one writer at a time, a change is committed, then published. What
 * cannot be done with the file is refused, and the last snapshot goes on being served.
 */
final class SqliteStore implements EncodingStore, AutoCloseable {
    private final StoreFile file;

    SqliteStore(Path path) {
        this(path, Optional.empty());
    }

    SqliteStore(Path path, Optional<Path> keyFile) {
        this(new StoreFile(path, keyFile));
    }

    SqliteStore(StoreFile file) {
        this.file = file;
    }

    /** What was seen, in the same file. */
    SqliteSightings sightings() {
        return new SqliteSightings(file);
    }

    /** Who faces are not, in the same file. */
    SqliteCounterExamples counterExamples() {
        return new SqliteCounterExamples(file);
    }

    /** Encodings of other models, in the same file. */
    SqliteReencoding reencoding() {
        return new SqliteReencoding(file);
    }

    /** The file, to change its key. */
    StoreFile file() {
        return file;
    }

    /** Opens the file; when that fails the store is there all the same, empty, and says why. */
    void open() {
        file.open();
    }

    /** Notices what other processes did to the file; to be called about once a second. */
    void poll() {
        file.poll();
    }

    /** Reads the whole file for damage; blocks, {@link #close()} ends it. */
    void check() {
        file.check();
    }

    Condition condition() {
        return file.condition();
    }

    @Override
    public void close() {
        file.close();
    }

    @Override
    public Gallery gallery() {
        return file.gallery();
    }

    @Override
    public Optional<Person> find(String name) {
        try {
            String kept = PersonName.of(name);
            return gallery().people().stream().filter(p -> p.name().equals(kept)).findFirst();
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<StoredEncoding> encodings(UUID person) throws StoreException {
        return file.read(sql -> sql.encodings().of(person));
    }

    @Override
    public Optional<FaceChip> chip(long encoding) throws StoreException {
        return ChipPng.decode(
                file.read(sql -> sql.encodings().chip(encoding)), "encoding " + encoding);
    }

    @Override
    public Person add(String name, List<NewEncoding> encodings) throws StoreException {
        return put(name, Optional.empty(), encodings);
    }

    @Override
    public Person replace(String name, String source, List<NewEncoding> encodings)
            throws StoreException {
        return put(name, Optional.of(source), encodings);
    }

    private Person put(String name, Optional<String> replaced, List<NewEncoding> encodings)
            throws StoreException {
        String kept = PersonName.of(name);
        List<EncodingRow> rows = EncodingRow.of(encodings);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return file.write(
                sql -> {
                    Optional<StoreSql.Row> known = sql.person(kept);
                    StoreSql.Row row =
                            known.isPresent() ? known.get() : sql.insertPerson(kept, now);
                    int deleted =
                            replaced.isPresent()
                                    ? sql.encodings().deleteSource(row.seq(), replaced.get())
                                    : 0;
                    for (EncodingRow encoding : rows) {
                        long model = EncodingRow.model(sql, encoding.descriptor());
                        sql.encodings().insert(row.seq(), model, encoding, now);
                    }
                    Person person =
                            counted(row.person(), row.person().encodings() - deleted + rows.size());
                    if (deleted > 0) {
                        return Change.readAnew(person).erasing();
                    }
                    List<FaceDescriptor> descriptors =
                            rows.stream().map(EncodingRow::descriptor).toList();
                    return Galleries.adding(gallery(), person, descriptors);
                });
    }

    @Override
    public Person rename(String from, String to) throws StoreException {
        String old = PersonName.of(from);
        String name = PersonName.of(to);
        return file.write(
                sql -> {
                    StoreSql.Row row = known(sql, old);
                    if (old.equals(name)) {
                        return Change.outside(row.person());
                    }
                    Optional<StoreSql.Row> target = sql.person(name);
                    if (target.isPresent()) {
                        sql.encodings().move(row.seq(), target.get().seq());
                        sql.counterExamples().move(row.seq(), target.get().seq());
                        sql.sightings().moveLastSeen(row.seq(), target.get().seq());
                        sql.deletePerson(row.seq());
                        return Change.readAnew(sql.person(name).orElseThrow().person());
                    }
                    sql.rename(row.seq(), name);
                    Person person = sql.person(name).orElseThrow().person();
                    return Change.of(person, g -> Galleries.renamed(g, person));
                });
    }

    @Override
    public List<Person> delete(List<String> names) throws StoreException {
        List<String> kept = new ArrayList<>();
        for (String name : names) {
            kept.add(PersonName.of(name));
        }
        return file.write(
                sql -> {
                    Map<UUID, Person> deleted = new LinkedHashMap<>();
                    for (String name : kept.stream().distinct().toList()) {
                        StoreSql.Row row = known(sql, name);
                        sql.deletePerson(row.seq());
                        deleted.put(row.person().id(), row.person());
                    }
                    Set<UUID> ids = deleted.keySet().stream().collect(Collectors.toSet());
                    return Change.of(List.copyOf(deleted.values()), g -> Galleries.removed(g, ids))
                            .erasing();
                });
    }

    @Override
    public int deleteSource(String name, String source) throws StoreException {
        String kept = PersonName.of(name);
        return file.write(
                sql -> {
                    Optional<StoreSql.Row> row = sql.person(kept);
                    if (row.isEmpty()) {
                        return Change.outside(0);
                    }
                    int deleted = sql.encodings().deleteSource(row.get().seq(), source);
                    if (deleted == 0) {
                        return Change.outside(0);
                    }
                    if (deleted == row.get().person().encodings()) {
                        sql.deletePerson(row.get().seq());
                    }
                    return Change.readAnew(deleted).erasing();
                });
    }

    @Override
    public Addition addAll(List<NewPerson> people) throws StoreException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return file.write(
                sql -> {
                    Joining joining = new Joining(sql, Long.MAX_VALUE, Long.MAX_VALUE);
                    for (NewPerson person : people) {
                        long seq = joining.person(person.id(), person.name(), now);
                        for (NewEncoding encoding : person.encodings()) {
                            joining.encoding(seq, EncodingRow.of(encoding), now);
                        }
                        for (NewEncoding face : person.counterExamples()) {
                            joining.counterExample(seq, EncodingRow.of(face), now);
                        }
                    }
                    Addition addition = joining.addition();
                    return joining.changed() ? Change.readAnew(addition) : Change.outside(addition);
                });
    }

    @Override
    public StoreContents copyTo(Path target) throws StoreException {
        file.copyTo(target);
        try (StoreCopy copy = StoreCopy.open(target)) {
            return copy.contents();
        }
    }

    @Override
    public Addition restore(Path path, RestoreMode mode) throws StoreException {
        try (StoreCopy copy = StoreCopy.open(path, file.key())) {
            return mode == RestoreMode.REPLACE
                    ? file.write(
                            sql -> {
                                sql.deleteEverybody();
                                sql.sightings().deleteEverybody();
                                return Change.readAnew(copy.into(new Joining(sql, 0, 0))).erasing();
                            })
                    : file.write(
                            sql ->
                                    Change.readAnew(
                                            copy.into(
                                                    new Joining(
                                                            sql,
                                                            sql.encodings().last(),
                                                            sql.sightings().lastFace()))));
        }
    }

    private static StoreSql.Row known(StoreSql sql, String name)
            throws SQLException, StoreException {
        Optional<StoreSql.Row> row = sql.person(name);
        if (row.isEmpty()) {
            throw new StoreException(
                    "nobody is called \""
                            + name
                            + "\": list the people to see the names; upper"
                            + " and lower case matter");
        }
        return row.get();
    }

    private static Person counted(Person person, int encodings) {
        return new Person(person.id(), person.name(), person.createdAt(), encodings);
    }
}
