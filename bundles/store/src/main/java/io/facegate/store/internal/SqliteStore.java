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

import java.io.IOException;
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
        this(new StoreFile(path));
    }

    SqliteStore(StoreFile file) {
        this.file = file;
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
        return file.read(sql -> sql.encodings(person));
    }

    @Override
    public Optional<FaceChip> chip(long encoding) throws StoreException {
        Optional<byte[]> png = file.read(sql -> sql.chip(encoding));
        if (png.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ChipPng.decode(png.get()));
        } catch (IOException e) {
            throw new StoreException(
                    "the chip of encoding " + encoding + " is damaged: add the photo again", e);
        }
    }

    @Override
    public Person add(String name, List<NewEncoding> encodings) throws StoreException {
        String kept = PersonName.of(name);
        List<StoreSql.NewRow> rows = new ArrayList<>(encodings.size());
        for (NewEncoding encoding : encodings) {
            rows.add(row(encoding));
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return file.write(
                sql -> {
                    Optional<StoreSql.Row> known = sql.person(kept);
                    StoreSql.Row row =
                            known.isPresent() ? known.get() : sql.insertPerson(kept, now);
                    for (StoreSql.NewRow encoding : rows) {
                        sql.insertEncoding(row.seq(), model(sql, encoding), encoding, now);
                    }
                    Person person = counted(row.person(), row.person().encodings() + rows.size());
                    List<FaceDescriptor> descriptors =
                            rows.stream().map(StoreSql.NewRow::descriptor).toList();
                    return Change.of(person, g -> Galleries.added(g, person, descriptors));
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
                        return Change.none(row.person());
                    }
                    Optional<StoreSql.Row> target = sql.person(name);
                    if (target.isPresent()) {
                        sql.moveEncodings(row.seq(), target.get().seq());
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
        return file.erase(
                sql -> {
                    Map<UUID, Person> deleted = new LinkedHashMap<>();
                    for (String name : kept.stream().distinct().toList()) {
                        StoreSql.Row row = known(sql, name);
                        sql.deletePerson(row.seq());
                        deleted.put(row.person().id(), row.person());
                    }
                    Set<UUID> ids = deleted.keySet().stream().collect(Collectors.toSet());
                    return Change.of(List.copyOf(deleted.values()), g -> Galleries.removed(g, ids));
                });
    }

    @Override
    public int deleteSource(String name, String source) throws StoreException {
        String kept = PersonName.of(name);
        return file.erase(
                sql -> {
                    Optional<StoreSql.Row> row = sql.person(kept);
                    if (row.isEmpty()) {
                        return Change.none(0);
                    }
                    int deleted = sql.deleteSource(row.get().seq(), source);
                    if (deleted == 0) {
                        return Change.none(0);
                    }
                    if (deleted == row.get().person().encodings()) {
                        sql.deletePerson(row.get().seq());
                    }
                    return Change.readAnew(deleted);
                });
    }

    @Override
    public Addition addAll(List<NewPerson> people) throws StoreException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return file.write(
                sql -> {
                    Joining joining = new Joining(sql, Long.MAX_VALUE);
                    for (NewPerson person : people) {
                        long seq = joining.person(person.id(), person.name(), now);
                        for (NewEncoding encoding : person.encodings()) {
                            joining.encoding(seq, row(encoding), now);
                        }
                    }
                    Addition addition = joining.addition();
                    return addition.changed() ? Change.readAnew(addition) : Change.none(addition);
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
        try (StoreCopy copy = StoreCopy.open(path)) {
            return mode == RestoreMode.REPLACE
                    ? file.erase(
                            sql -> {
                                sql.deleteEverybody();
                                return Change.readAnew(copy.into(new Joining(sql, 0)));
                            })
                    : file.write(
                            sql ->
                                    Change.readAnew(
                                            copy.into(new Joining(sql, sql.lastEncoding()))));
        }
    }

    private static StoreSql.NewRow row(NewEncoding encoding) throws StoreException {
        Optional<byte[]> png = Optional.empty();
        if (encoding.chip().isPresent()) {
            try {
                png = Optional.of(ChipPng.encode(encoding.chip().get()));
            } catch (IOException e) {
                throw new StoreException("the aligned face cannot be kept as a picture", e);
            }
        }
        return new StoreSql.NewRow(
                encoding.descriptor(), encoding.source(), encoding.contentHash(), png);
    }

    static long model(StoreSql sql, StoreSql.NewRow encoding) throws SQLException, StoreException {
        FaceDescriptor descriptor = encoding.descriptor();
        Optional<Long> model = sql.model(descriptor.model(), descriptor.dimension());
        if (model.isEmpty()) {
            throw new StoreException(
                    "an encoding of "
                            + descriptor.dimension()
                            + " values does not fit the others"
                            + " of model "
                            + descriptor.model().id()
                            + ": encode the photos again");
        }
        return model.get();
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
