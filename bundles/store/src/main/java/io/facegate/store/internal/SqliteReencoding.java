// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.KeptEncodings;
import io.facegate.api.store.KeptFace;
import io.facegate.api.store.KeptFace.Owner;
import io.facegate.api.store.LaterEncoding;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.Person;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.StoreException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Encodings of other models, in the file of the people and by its one writer. */
final class SqliteReencoding implements Reencoding {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteReencoding.class);

    private final StoreFile file;

    SqliteReencoding(StoreFile file) {
        this.file = file;
    }

    @Override
    public ModelCoverage coverage(ModelKey model) throws StoreException {
        return file.read(sql -> sql.reencoding().coverage(model));
    }

    @Override
    public List<KeptFace> unencoded(ModelKey model, Owner owner, long after, int most)
            throws StoreException {
        List<KeptFace> faces = new ArrayList<>();
        long last = after;
        while (faces.isEmpty()) {
            long from = last;
            List<ReencodingSql.Row> rows =
                    file.read(sql -> sql.reencoding().unencoded(model, owner, from, most));
            if (rows.isEmpty()) {
                break;
            }
            for (ReencodingSql.Row row : rows) {
                chip(row).ifPresent(chip -> faces.add(new KeptFace(owner, row.face(), chip)));
                last = row.face();
            }
        }
        return faces;
    }

    /** One that is damaged is as good as none: the others are not to wait for it. */
    private static Optional<FaceChip> chip(ReencodingSql.Row row) {
        try {
            return ChipPng.decode(Optional.of(row.png()), "face " + row.face());
        } catch (StoreException e) {
            LOG.warn("A face is left out: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public int add(List<LaterEncoding> encodings) throws StoreException {
        List<LaterEncoding> all = List.copyOf(encodings);
        return file.write(
                sql -> {
                    Added added = new Added();
                    for (LaterEncoding one : all) {
                        added.add(sql, one);
                    }
                    return added.change(file.gallery());
                });
    }

    @Override
    public List<KeptEncodings> kept() throws StoreException {
        return file.read(sql -> sql.clearing().kept());
    }

    @Override
    public ClearedEncodings clear(ModelKey model) throws StoreException {
        ClearedEncodings cleared =
                file.write(
                        sql -> {
                            ClearedEncodings done = sql.clearing().clear(model);
                            return done.removed() == 0
                                    ? Change.outside(done)
                                    : Change.readAnew(done).erasing();
                        });
        return cleared.removed() == 0
                ? cleared
                : new ClearedEncodings(cleared.removed(), cleared.left(), remains());
    }

    /** The change is durable: what is left of it is no reason to tell that it failed. */
    private String remains() {
        try {
            return file.scrub();
        } catch (StoreException e) {
            return e.getMessage();
        }
    }

    /** What one change has added. */
    private static final class Added {
        private final Map<UUID, List<FaceDescriptor>> people = new LinkedHashMap<>();
        private boolean counterExamples;
        private int count;

        void add(StoreSql sql, LaterEncoding one) throws SQLException, StoreException {
            FaceDescriptor descriptor = one.descriptor();
            long model = EncodingRow.model(sql, descriptor);
            ReencodingSql faces = sql.reencoding();
            if (one.owner() == Owner.UNKNOWN) {
                count += faces.addToUnknown(one.face(), model, descriptor) ? 1 : 0;
                return;
            }
            Optional<UUID> person = faces.addToPerson(one.owner(), one.face(), model, descriptor);
            if (person.isEmpty()) {
                return;
            }
            count++;
            if (one.owner() == Owner.COUNTER_EXAMPLE) {
                counterExamples = true;
            } else {
                people.computeIfAbsent(person.get(), p -> new ArrayList<>()).add(descriptor);
            }
        }

        /**
         * @param served the snapshot that is served; where the first encodings of a model come, it
         *     lacks that model's counter-examples
         */
        Change<Integer> change(Gallery served) {
            boolean first =
                    people.values().stream()
                            .flatMap(List::stream)
                            .anyMatch(d -> served.section(d.model()).isEmpty());
            if (counterExamples || first) {
                return Change.readAnew(count);
            }
            return count == 0
                    ? Change.outside(count)
                    : Change.of(count, gallery -> grown(gallery, people));
        }
    }

    private static Gallery grown(Gallery old, Map<UUID, List<FaceDescriptor>> added) {
        // whoever keeps unknown people in memory reads them again
        Gallery gallery = new Gallery(old.revision() + 1, old.people(), old.sections());
        for (Person person : old.people()) {
            List<FaceDescriptor> more = added.get(person.id());
            if (more != null) {
                gallery = Galleries.added(gallery, person, more);
            }
        }
        return gallery;
    }
}
