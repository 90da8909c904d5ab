// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who faces are not, in the file of the people and by its one writer. */
final class SqliteCounterExamples implements CounterExamples {
    private final StoreFile file;

    SqliteCounterExamples(StoreFile file) {
        this.file = file;
    }

    @Override
    public List<StoredEncoding> counterExamples(UUID person) throws StoreException {
        return file.read(sql -> sql.counterExamples().of(person)).stream()
                .filter(example -> !example.derived())
                .toList();
    }

    @Override
    public Optional<FaceChip> counterChip(long id) throws StoreException {
        return ChipPng.decode(
                file.read(sql -> sql.counterExamples().chip(id)), "counter-example " + id);
    }

    @Override
    public StoredEncoding reject(UUID person, NewEncoding face) throws StoreException {
        EncodingRow row = EncodingRow.of(face);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return file.write(
                sql -> {
                    Optional<StoreSql.Row> owner = sql.person(person);
                    if (owner.isEmpty()) {
                        throw new StoreException(
                                "the person is not in the gallery any more: there is nothing left"
                                        + " to correct");
                    }
                    long seq = owner.get().seq();
                    long model = EncodingRow.model(sql, row.descriptor());
                    Optional<Long> twin =
                            sql.counterExamples()
                                    .same(seq, model, row.descriptor(), Long.MAX_VALUE);
                    if (twin.isPresent()) {
                        return Change.outside(stored(sql, person, twin.get()));
                    }
                    long id = sql.counterExamples().insert(seq, model, row, now);
                    CounterExample example = new CounterExample(id, person, row.descriptor());
                    return Change.of(
                            stored(sql, person, id), gallery -> Galleries.with(gallery, example));
                });
    }

    @Override
    public int removeCounterExamples(Collection<Long> ids) throws StoreException {
        Set<Long> wanted = new HashSet<>(ids);
        return file.write(
                sql -> {
                    int deleted = 0;
                    for (long id : wanted) {
                        deleted += sql.counterExamples().delete(id) ? 1 : 0;
                    }
                    return deleted == 0
                            ? Change.outside(0)
                            : Change.of(
                                            deleted,
                                            (Gallery g) ->
                                                    Galleries.withoutCounterExamples(g, wanted))
                                    .erasing();
                });
    }

    private static StoredEncoding stored(StoreSql sql, UUID person, long id)
            throws SQLException, StoreException {
        return sql.counterExamples().of(person).stream()
                .filter(e -> e.id() == id)
                .findFirst()
                .orElseThrow();
    }
}
