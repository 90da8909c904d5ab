// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.ModelChoice.Choice;
import io.facegate.api.model.ModelKey;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoredEncoding;
import io.facegate.model.internal.TwoModels;
import io.facegate.onnx.internal.SmallEncoders;

import org.sqlite.SQLiteDataSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the end of a process in the middle of an update leaves: read as the next process does, each
 * encoding compared with what its model makes of its chip.
 *
 * @param choice the encoder in use and the one before it
 * @param faces seeds of each person's faces
 * @param rejected seeds of the counter-examples
 * @param unknown seeds of the unknown people
 * @param ids of the faces of people, by seed
 * @param models the ids of the models that each face has an encoding of, by table and id of the
 *     face
 * @param later how many faces have an encoding of a model, by its id, that is not their first
 * @param files names in the folder
 */
record UpdateAudit(
        Choice choice,
        Map<String, Set<Long>> faces,
        Set<Long> rejected,
        Set<Long> unknown,
        Map<Long, Long> ids,
        Map<FaceTable, Map<Long, Set<String>>> models,
        Map<String, Integer> later,
        List<String> files) {
    private static final String STRANGER = "stranger";

    /** Encoders that compute what must be there. */
    static final class Expected {
        private final List<FaceEncoder> encoders;
        private final Map<String, FaceDescriptor> known = new HashMap<>();

        Expected(List<FaceEncoder> encoders) {
            this.encoders = encoders;
        }

        void verify(FaceDescriptor kept, String person, long seed) {
            FaceDescriptor expected =
                    known.computeIfAbsent(
                            kept.model().id() + " " + person + " " + seed,
                            key -> encoded(kept.model(), SmallEncoders.face(person, seed)));
            assertThat(kept.distanceTo(expected)).isLessThan(1e-6);
        }

        private FaceDescriptor encoded(ModelKey model, FaceChip chip) {
            return encoders.stream()
                    .filter(encoder -> encoder.model().key().equals(model))
                    .findFirst()
                    .orElseThrow()
                    .encode(List.of(chip))
                    .get(0);
        }
    }

    static UpdateAudit of(Path data, Optional<Path> key, Expected expected) throws Exception {
        Choice choice = TwoModels.chosen(data);
        Path path = data.resolve("facegate.db");
        Map<String, Set<Long>> faces = new TreeMap<>();
        Set<Long> rejected = new TreeSet<>();
        Set<Long> unknown = new TreeSet<>();
        Map<Long, Long> ids = new HashMap<>();
        Map<FaceTable, Map<Long, Set<String>>> models;
        try (SqliteStore store = new SqliteStore(path, key)) {
            store.open();
            store.check();
            assertThat(store.condition().level())
                    .as(() -> store.condition().message())
                    .isEqualTo(Level.OK);
            StoreAudit.assertSound(path);
            for (Person person : store.gallery().people()) {
                faces.put(person.name(), faces(store, person, ids, expected));
                rejected.addAll(rejected(store, person, expected));
            }
            for (UnknownFace face : store.sightings().unknownFaces()) {
                long seed = face.unknownId().getLeastSignificantBits();
                expected.verify(face.descriptor(), STRANGER, seed);
                face.later().forEach(later -> expected.verify(later, STRANGER, seed));
                unknown.add(seed);
            }
            models = models(path);
            assertServed(store, models.get(FaceTable.ENCODINGS));
        }
        if (key.isPresent()) {
            PlainFaces.assertNone(data);
        }
        return new UpdateAudit(
                choice, faces, rejected, unknown, ids, models, later(path), files(data));
    }

    private static Set<Long> faces(
            SqliteStore store, Person person, Map<Long, Long> ids, Expected expected)
            throws Exception {
        Set<Long> seeds = new TreeSet<>();
        for (StoredEncoding one : store.encodings(person.id())) {
            long seed = seed(one);
            expected.verify(one.descriptor(), person.name(), seed);
            byte[] chip = store.chip(one.id()).orElseThrow().rgb();
            assertThat(chip).isEqualTo(SmallEncoders.face(person.name(), seed).rgb());
            if (!one.derived()) {
                assertThat(seeds.add(seed)).as("a face is there once").isTrue();
                ids.put(seed, one.id());
            }
        }
        assertThat(person.encodings()).isEqualTo(seeds.size());
        return seeds;
    }

    private static Set<Long> rejected(SqliteStore store, Person person, Expected expected)
            throws Exception {
        Set<Long> seeds = new TreeSet<>();
        for (StoredEncoding one : store.counterExamples().counterExamples(person.id())) {
            expected.verify(one.descriptor(), STRANGER, seed(one));
            seeds.add(seed(one));
        }
        return seeds;
    }

    private static long seed(StoredEncoding one) {
        return Long.parseLong(one.source().substring(1));
    }

    /** The snapshot has just what the file has, each model apart. */
    private static void assertServed(SqliteStore store, Map<Long, Set<String>> models) {
        Map<String, Integer> served = new TreeMap<>();
        for (GallerySection section : store.gallery().sections().values()) {
            served.put(section.model().id(), section.size());
        }
        Map<String, Integer> kept = new TreeMap<>();
        models.values().stream()
                .flatMap(Set::stream)
                .forEach(model -> kept.merge(model, 1, Integer::sum));
        assertThat(served).isEqualTo(kept);
    }

    private static Map<FaceTable, Map<Long, Set<String>>> models(Path path) throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + path);
        Map<FaceTable, Map<Long, Set<String>>> result = new HashMap<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (FaceTable table : FaceTable.values()) {
                Map<Long, Set<String>> models = new HashMap<>();
                try (ResultSet row =
                        statement.executeQuery(
                                table.on(
                                        "SELECT coalesce(f.base, f.id), m.model_id FROM $FACES f"
                                                + " JOIN models m ON m.seq = f.model"))) {
                    while (row.next()) {
                        assertThat(
                                        models.computeIfAbsent(
                                                        row.getLong(1), face -> new HashSet<>())
                                                .add(row.getString(2)))
                                .as("one encoding of each model")
                                .isTrue();
                    }
                }
                result.put(table, models);
            }
        }
        return result;
    }

    private static Map<String, Integer> later(Path path) throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + path);
        Map<String, Integer> result = new HashMap<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (FaceTable table : FaceTable.values()) {
                try (ResultSet row =
                        statement.executeQuery(
                                table.on(
                                        "SELECT m.model_id, count(*) FROM $FACES f JOIN models m"
                                                + " ON m.seq = f.model WHERE f.base IS NOT NULL"
                                                + " GROUP BY m.model_id"))) {
                    while (row.next()) {
                        result.merge(row.getString(1), row.getInt(2), Integer::sum);
                    }
                }
            }
        }
        return result;
    }

    private static List<String> files(Path folder) throws Exception {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString()).sorted().forEach(names::add);
        }
        return names;
    }

    /** Number of encodings of a model that are not the only one of their face. */
    long besideOthers(String model) {
        return models.values().stream()
                .flatMap(table -> table.values().stream())
                .filter(all -> all.size() > 1 && all.contains(model))
                .count();
    }
}
