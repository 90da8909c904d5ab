// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.model.ModelKey;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.store.internal.Sealing.Content;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads people and encodings, never chips, into a snapshot: one pass over each table. */
final class GalleryReader {
    private final Connection connection;
    private final Sealing sealing;
    private final List<Person> people = new ArrayList<>();
    private final Map<Long, Integer> places = new HashMap<>();
    private final Map<Long, Section> sections = new HashMap<>();

    GalleryReader(Connection connection, Sealing sealing) {
        this.connection = connection;
        this.sealing = sealing;
    }

    /** To be called within one transaction, so that the tables fit together. */
    Gallery read(long revision) throws SQLException, StoreException {
        try {
            readPeople();
            readModels();
            readEncodings();
            readCounterExamples();
        } catch (IllegalArgumentException e) {
            throw Columns.corrupt("people and encodings: " + e.getMessage(), e);
        }
        Map<ModelKey, GallerySection> result = new HashMap<>();
        for (Section section : sections.values()) {
            result.put(section.model, section.finished());
        }
        return new Gallery(revision, people, result);
    }

    private void readPeople() throws SQLException {
        String sql =
                """
                SELECT p.seq, p.id, p.name, p.created_at, coalesce(e.n, 0) FROM people p
                LEFT JOIN (SELECT person, count(*) AS n FROM encodings
                    WHERE base IS NULL GROUP BY person) e
                    ON e.person = p.seq
                ORDER BY p.seq""";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                places.put(row.getLong(1), people.size());
                people.add(person(row, 2, row.getInt(5)));
            }
        }
    }

    private void readModels() throws SQLException {
        String sql =
                """
                SELECT m.seq, m.model_id, m.weights, m.dimension, e.n FROM models m
                JOIN (SELECT model, count(*) AS n FROM encodings GROUP BY model) e
                    ON e.model = m.seq""";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                ModelKey model = new ModelKey(row.getString(2), row.getString(3));
                sections.put(row.getLong(1), new Section(model, row.getInt(4), row.getInt(5)));
            }
        }
    }

    private void readEncodings() throws SQLException, StoreException {
        String sql = "SELECT model, person, vector, id FROM encodings ORDER BY id";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql);
                OpeningAhead<Owner> vectors = new OpeningAhead<>(sealing, Owner::add)) {
            while (row.next()) {
                Section section = sections.get(row.getLong(1));
                Integer place = places.get(row.getLong(2));
                if (section == null || place == null) {
                    throw Columns.damaged(row.getLong(4), "belongs to nobody");
                }
                vectors.add(new Owner(section, place), row.getBytes(3), row.getLong(4));
            }
            vectors.finish();
        }
    }

    private void readCounterExamples() throws SQLException, StoreException {
        String sql =
                """
                SELECT coalesce(c.base, c.id), c.model, c.vector, p.id FROM counter_examples c
                JOIN people p ON p.seq = c.person ORDER BY c.id""";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                Section section = sections.get(row.getLong(2));
                if (section != null) {
                    long id = row.getLong(1);
                    byte[] vector = sealing.open(Content.COUNTER_EXAMPLE, row.getBytes(3), id);
                    section.counterExamples.add(
                            new CounterExample(
                                    id,
                                    UUID.fromString(row.getString(4)),
                                    Columns.descriptor(id, section.model, vector)));
                }
            }
        }
    }

    private record Owner(Section section, int place) {
        void add(byte[] vector, long id) throws SQLException {
            if (vector.length != section.dimension * Float.BYTES) {
                throw Columns.damaged(id, "has " + vector.length + " bytes");
            }
            section.add(place, vector);
        }
    }

    /** A person from three columns: id, name, time of making. */
    static Person person(ResultSet row, int column, int encodings) throws SQLException {
        return new Person(
                UUID.fromString(row.getString(column)),
                row.getString(column + 1),
                Columns.time(row.getLong(column + 2)),
                encodings);
    }

    private final class Section {
        private final ModelKey model;
        private final int dimension;
        private final int[] owners;
        private final Blocks blocks;
        private final int[] localPlaces = new int[people.size()];
        private final List<Person> owning = new ArrayList<>();
        private final List<CounterExample> counterExamples = new ArrayList<>();
        private int size;

        Section(ModelKey model, int dimension, int size) {
            this.model = model;
            this.dimension = dimension;
            this.owners = new int[size];
            this.blocks = new Blocks(dimension);
            Arrays.fill(localPlaces, -1);
        }

        void add(int place, byte[] vector) {
            if (localPlaces[place] < 0) {
                localPlaces[place] = owning.size();
                owning.add(people.get(place));
            }
            owners[size] = localPlaces[place];
            blocks.add(vector);
            size++;
        }

        GallerySection finished() {
            return new GallerySection(model, dimension, owning, owners, blocks.finished())
                    .with(counterExamples);
        }
    }
}
