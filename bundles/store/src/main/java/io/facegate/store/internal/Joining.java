// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.store.Addition;
import io.facegate.api.store.KeptFace.Owner;
import io.facegate.api.store.StoreException;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** People and encodings that come in together, within one transaction, and the count of them. */
final class Joining {
    private static final int SHOWN = 40;

    private final StoreSql sql;
    private final long known;
    private final long knownFace;
    private final Set<Long> made = new HashSet<>();
    private final Set<Long> met = new HashSet<>();
    private int added;
    private int duplicates;
    private int counterExamples;

    /**
     * @param known an encoding is not added again when its twin has an id up to this one
     * @param knownFace the same of faces of unknown people
     */
    Joining(StoreSql sql, long known, long knownFace) {
        this.sql = sql;
        this.known = known;
        this.knownFace = knownFace;
    }

    /** The key of the person of an id, else of a name, else of one who is made. */
    long person(Optional<UUID> id, String name, Instant createdAt)
            throws SQLException, StoreException {
        String kept;
        try {
            kept = PersonName.of(name);
        } catch (StoreException e) {
            String shown = name.codePointCount(0, name.length()) > SHOWN ? "…" : "";
            throw new StoreException(
                    "person \""
                            + name.substring(0, Math.min(SHOWN, name.length()))
                                    .replaceAll("\\p{Cntrl}", "?")
                            + shown
                            + "\": "
                            + e.getMessage(),
                    e);
        }
        Optional<StoreSql.Row> row = id.isPresent() ? sql.person(id.get()) : Optional.empty();
        if (row.isEmpty()) {
            row = sql.person(kept);
        }
        if (row.isPresent()) {
            if (!made.contains(row.get().seq())) {
                met.add(row.get().seq());
            }
            return row.get().seq();
        }
        long seq = sql.insertPerson(id.orElseGet(UUID::randomUUID), kept, createdAt).seq();
        made.add(seq);
        return seq;
    }

    /**
     * Adds an encoding unless the person has it; the one there gets the chip that it lacked.
     *
     * @return the id of the face
     */
    long encoding(long person, EncodingRow row, Instant createdAt)
            throws SQLException, StoreException {
        long model = EncodingRow.model(sql, row.descriptor());
        Optional<Long> twin =
                known == 0
                        ? Optional.empty()
                        : sql.encodings().same(person, model, row.descriptor(), known);
        if (twin.isEmpty()) {
            added++;
            return sql.encodings().insert(person, model, row, createdAt);
        }
        duplicates++;
        if (row.png().isPresent()) {
            sql.encodings().insertChip(twin.get(), row.png().get());
        }
        return twin.get();
    }

    /** Adds a counter-example unless the person has it. */
    void counterExample(long person, EncodingRow row, Instant createdAt)
            throws SQLException, StoreException {
        long model = EncodingRow.model(sql, row.descriptor());
        if (sql.counterExamples().same(person, model, row.descriptor(), Long.MAX_VALUE).isEmpty()) {
            sql.counterExamples().insert(person, model, row, createdAt);
            counterExamples++;
        }
    }

    /** Gives a face what another model made of it, unless it has that. */
    void later(long face, FaceDescriptor descriptor) throws SQLException, StoreException {
        sql.reencoding()
                .addToPerson(Owner.PERSON, face, EncodingRow.model(sql, descriptor), descriptor);
    }

    void lastSeen(long person, Instant at, String camera) throws SQLException {
        sql.sightings().saw(person, at, camera);
    }

    /** The key of an unknown person, made when missing. */
    long unknown(UnknownPerson person) throws SQLException {
        return sql.sightings().put(person);
    }

    /** Adds a face of an unknown person unless it is there. */
    void unknownFace(long unknown, SightingSql.FaceRow face) throws SQLException, StoreException {
        long model = EncodingRow.model(sql, face.descriptor());
        if (knownFace == 0
                || !sql.sightings().hasFace(unknown, model, face.descriptor(), knownFace)) {
            sql.sightings().insertFace(unknown, model, face);
        }
    }

    /** Whether people, their encodings or counter-examples changed. */
    boolean changed() {
        return addition().changed() || counterExamples > 0;
    }

    Addition addition() {
        return new Addition(made.size(), met.size(), added, duplicates);
    }
}
