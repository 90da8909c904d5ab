// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.sighting.SightingStore;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoredEncoding;

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
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens a store's file as the gateway does and reads all of it.
 *
 * @param faces of each person, in the order of adding
 * @param ids of each person
 * @param rejected the counter-examples of each person who has some, in the order of adding
 * @param unknown the faces of each unknown person, in the order of adding
 * @param ignored the unknown people who raise no event
 */
record StoreAudit(
        Map<String, List<Face>> faces,
        Map<String, UUID> ids,
        Map<String, List<Face>> rejected,
        Map<String, List<Face>> unknown,
        Set<String> ignored) {
    /** Rows that belong to nobody. */
    private static final List<String> ORPHANS =
            List.of(
                    "SELECT id FROM encodings WHERE person NOT IN (SELECT seq FROM people)",
                    "SELECT encoding FROM chips WHERE encoding NOT IN (SELECT id FROM encodings)",
                    "SELECT id FROM counter_examples WHERE person NOT IN (SELECT seq FROM people)",
                    "SELECT example FROM counter_chips"
                            + " WHERE example NOT IN (SELECT id FROM counter_examples)",
                    "SELECT id FROM unknown_faces"
                            + " WHERE unknown NOT IN (SELECT seq FROM unknown_people)",
                    "SELECT face FROM unknown_chips WHERE face NOT IN (SELECT id FROM unknown_faces)",
                    "SELECT person FROM last_seen WHERE person NOT IN (SELECT seq FROM people)");

    /** Recovers the file; fails when anything in it is damaged or half-done, or was set aside. */
    static StoreAudit of(Path path) throws Exception {
        return of(path, Optional.empty());
    }

    /** The same; with a key, fails when any file beside it has a vector or chip to be read. */
    static StoreAudit of(Path path, Optional<Path> key) throws Exception {
        StoreAudit audit;
        try (SqliteStore store = new SqliteStore(path, key)) {
            store.open();
            store.check();
            assertThat(store.condition().level())
                    .as(() -> store.condition().message())
                    .isEqualTo(Level.OK);
            assertNothingSetAside(path.getParent());
            assertSound(path);
            audit = of(store);
        }
        if (key.isPresent()) {
            PlainFaces.assertNone(path.getParent());
        }
        return audit;
    }

    /** What an open store serves; its snapshot and its file must say the same. */
    static StoreAudit of(SqliteStore store) throws Exception {
        Map<String, List<Face>> faces = new TreeMap<>();
        Map<String, UUID> ids = new HashMap<>();
        int encodings = 0;
        for (Person person : store.gallery().people()) {
            List<Face> own = new ArrayList<>();
            for (StoredEncoding kept : store.encodings(person.id())) {
                Optional<FaceChip> chip = store.chip(kept.id());
                Face face = Face.of(kept.descriptor(), kept.source(), chip);
                assertThat(kept.contentHash()).isEqualTo(face.contentHash());
                assertThat(chip.isPresent()).isEqualTo(kept.hasChip());
                own.add(face);
            }
            assertThat(person.encodings()).isEqualTo(own.size());
            encodings += own.size();
            faces.put(person.name(), own);
            ids.put(person.name(), person.id());
        }
        int served =
                store.gallery().sections().values().stream().mapToInt(GallerySection::size).sum();
        assertThat(served).isEqualTo(encodings);
        SightingStore sightings = store.sightings();
        return new StoreAudit(faces, ids, rejected(store), unknown(sightings), ignored(sightings));
    }

    private static Map<String, List<Face>> rejected(SqliteStore store) throws Exception {
        Map<String, List<Face>> rejected = new TreeMap<>();
        Set<CounterExample> kept = new HashSet<>();
        for (Person person : store.gallery().people()) {
            for (StoredEncoding one : store.counterExamples().counterExamples(person.id())) {
                Optional<FaceChip> chip = store.counterExamples().counterChip(one.id());
                assertThat(chip.isPresent()).isEqualTo(one.hasChip());
                rejected.computeIfAbsent(person.name(), n -> new ArrayList<>())
                        .add(Face.of(one.descriptor(), one.source(), chip));
                if (store.gallery().section(one.descriptor().model()).isPresent()) {
                    kept.add(new CounterExample(one.id(), person.id(), one.descriptor()));
                }
            }
        }
        List<CounterExample> served =
                store.gallery().sections().values().stream()
                        .flatMap(section -> section.counterExamples().stream())
                        .toList();
        assertThat(served).containsExactlyInAnyOrderElementsOf(kept);
        return rejected;
    }

    private static Map<String, List<Face>> unknown(SightingStore sightings) throws Exception {
        Map<String, List<Face>> unknown = new TreeMap<>();
        for (UnknownPerson person : sightings.unknownPeople()) {
            unknown.put(person.id().toString(), new ArrayList<>());
        }
        for (UnknownFace kept : sightings.unknownFaces()) {
            String id = kept.unknownId().toString();
            Optional<FaceChip> chip = sightings.unknownChip(kept.id());
            assertThat(chip.isPresent()).isEqualTo(kept.hasChip());
            unknown.get(id).add(Face.of(kept.descriptor(), Face.UNKNOWN + id, chip));
        }
        return unknown;
    }

    private static Set<String> ignored(SightingStore sightings) throws Exception {
        return sightings.unknownPeople().stream()
                .filter(UnknownPerson::ignored)
                .map(person -> person.id().toString())
                .collect(Collectors.toSet());
    }

    private static void assertNothingSetAside(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().contains(".damaged-"));
        }
    }

    static void assertSound(Path path) throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + path);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(first(statement, "PRAGMA integrity_check")).isEqualTo("ok");
            assertThat(first(statement, "PRAGMA foreign_key_check")).isEmpty();
            for (String orphans : ORPHANS) {
                assertThat(first(statement, orphans)).as(orphans).isEmpty();
            }
        }
    }

    private static String first(Statement statement, String query) throws Exception {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
