// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * All encodings of one model, in the order of adding, in blocks for scanning, and what is known of
 * faces that are not of these people. Immutable by contract: the arrays are the section's own and
 * must not be written to.
 */
public final class GallerySection {
    private final ModelKey model;
    private final int dimension;
    private final List<Person> people;
    private final int[] owners;
    private final List<GalleryBlock> blocks;
    private final List<CounterExample> counterExamples;

    /**
     * Without counter-examples. Takes over the array.
     *
     * @param dimension values of one encoding
     * @param people the people who own encodings here
     * @param owners for each encoding the index of its person in {@code people}
     * @param blocks the encodings, in order
     */
    public GallerySection(
            ModelKey model,
            int dimension,
            List<Person> people,
            int[] owners,
            List<GalleryBlock> blocks) {
        this(model, dimension, people, owners, blocks, List.of());
    }

    private GallerySection(
            ModelKey model,
            int dimension,
            List<Person> people,
            int[] owners,
            List<GalleryBlock> blocks,
            List<CounterExample> counterExamples) {
        this.model = Objects.requireNonNull(model, "model");
        this.people = List.copyOf(people);
        this.owners = owners;
        this.blocks = List.copyOf(blocks);
        this.counterExamples = List.copyOf(counterExamples);
        this.dimension = dimension;
        int size = 0;
        for (GalleryBlock block : blocks) {
            size += block.size();
            if (block.dimension() != dimension) {
                throw new IllegalArgumentException(
                        "a block of " + block.dimension() + " values, not " + dimension);
            }
        }
        if (dimension < 1 || size != owners.length) {
            throw new IllegalArgumentException(
                    size + " encodings of " + dimension + " values, " + owners.length + " owners");
        }
    }

    /**
     * Copies a matrix into blocks.
     *
     * @param vectors row-major, owners.length x dimension, all finite
     */
    public GallerySection(
            ModelKey model, int dimension, List<Person> people, int[] owners, float[] vectors) {
        this(model, dimension, people, owners, blocks(dimension, vectors));
    }

    private static List<GalleryBlock> blocks(int dimension, float[] vectors) {
        if (dimension < 1 || vectors.length % dimension != 0) {
            throw new IllegalArgumentException(vectors.length + " values of " + dimension);
        }
        List<GalleryBlock> blocks = new ArrayList<>();
        int most = GalleryBlock.CAPACITY * dimension;
        for (int from = 0; from < vectors.length; from += most) {
            int to = Math.min(vectors.length, from + most);
            blocks.add(new GalleryBlock(dimension, Arrays.copyOfRange(vectors, from, to)));
        }
        return blocks;
    }

    /**
     * The same encodings with other counter-examples.
     *
     * @param others of this model, in the order of adding; also of people who own no encoding here
     */
    public GallerySection with(List<CounterExample> others) {
        return new GallerySection(model, dimension, people, owners, blocks, others);
    }

    /** The model of every encoding here. */
    public ModelKey model() {
        return model;
    }

    /** Values of one encoding. */
    public int dimension() {
        return dimension;
    }

    /** Number of encodings. */
    public int size() {
        return owners.length;
    }

    /** The people who own encodings here. */
    public List<Person> people() {
        return people;
    }

    /** Index in {@link #people()} of the owner of an encoding. */
    public int owner(int encoding) {
        return owners[encoding];
    }

    /** For each encoding the index of its owner in {@link #people()}; must not be written to. */
    public int[] owners() {
        return owners;
    }

    /** The encodings, in order: the first of a block follows the last of the block before it. */
    public List<GalleryBlock> blocks() {
        return blocks;
    }

    /** Faces that were taken for people and are not them, in the order of adding; few. */
    public List<CounterExample> counterExamples() {
        return counterExamples;
    }

    /**
     * Whether a face is not a person although the person's nearest encoding is as near as it is: it
     * is no farther from one of the person's counter-examples.
     *
     * @param face of this section's model and dimension
     * @param distance from the person's nearest encoding
     */
    public boolean refutes(UUID person, FaceDescriptor face, double distance) {
        for (CounterExample example : counterExamples) {
            if (example.personId().equals(person)
                    && example.descriptor().distanceTo(face) <= distance) {
                return true;
            }
        }
        return false;
    }
}
