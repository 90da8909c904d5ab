// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.model.ModelKey;

import java.util.List;
import java.util.Objects;

/**
 * All encodings of one model, in the order of adding, as one matrix for scanning. Immutable by
 * contract: the arrays are the section's own and must not be written to.
 */
public final class GallerySection {
    private final ModelKey model;
    private final int dimension;
    private final List<Person> people;
    private final int[] owners;
    private final float[] vectors;

    /**
     * Takes over the arrays.
     *
     * @param people the people who own encodings here
     * @param owners for each encoding the index of its person in {@code people}
     * @param vectors row-major, owners.length x dimension
     */
    public GallerySection(
            ModelKey model, int dimension, List<Person> people, int[] owners, float[] vectors) {
        this.model = Objects.requireNonNull(model, "model");
        this.people = List.copyOf(people);
        this.owners = owners;
        this.vectors = vectors;
        this.dimension = dimension;
        if (dimension < 1 || (long) owners.length * dimension != vectors.length) {
            throw new IllegalArgumentException(
                    vectors.length + " values are not " + owners.length + " x " + dimension);
        }
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

    /** The matrix itself, row-major; must not be written to. */
    public float[] vectors() {
        return vectors;
    }
}
