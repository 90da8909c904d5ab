// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.model.ModelKey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * All encodings of one model, in the order of adding, in blocks for scanning. Immutable by
 * contract: the arrays are the section's own and must not be written to.
 */
public final class GallerySection {
    private final ModelKey model;
    private final int dimension;
    private final List<Person> people;
    private final int[] owners;
    private final List<GalleryBlock> blocks;

    /**
     * Takes over the array.
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
        this.model = Objects.requireNonNull(model, "model");
        this.people = List.copyOf(people);
        this.owners = owners;
        this.blocks = List.copyOf(blocks);
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
}
