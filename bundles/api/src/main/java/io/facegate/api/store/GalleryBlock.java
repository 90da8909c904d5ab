// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

/**
 * Some encodings that follow one another in a {@link GallerySection}, as one matrix. Snapshots
 * share the blocks that a change did not touch, so that what was computed for a block can be kept
 * by its identity. Immutable by contract: the matrix is the block's own and must not be written to.
 */
public final class GalleryBlock {
    /** Most encodings of a block: what an added encoding copies, 256 kB at 128 values. */
    public static final int CAPACITY = 512;

    private final int size;
    private final float[] vectors;

    /**
     * Takes over the array.
     *
     * @param dimension values of one encoding
     * @param vectors row-major, all finite, 1 to {@link #CAPACITY} rows
     */
    public GalleryBlock(int dimension, float[] vectors) {
        this.vectors = vectors;
        this.size = dimension < 1 ? 0 : vectors.length / dimension;
        if (size < 1 || size > CAPACITY || size * dimension != vectors.length) {
            throw new IllegalArgumentException(
                    vectors.length + " values are not 1 to " + CAPACITY + " x " + dimension);
        }
        for (float v : vectors) {
            if (!Float.isFinite(v)) {
                throw new IllegalArgumentException("encoding with a value that is not finite");
            }
        }
    }

    /** Number of encodings. */
    public int size() {
        return size;
    }

    /** Values of one encoding. */
    public int dimension() {
        return vectors.length / size;
    }

    /** The matrix itself, row-major; must not be written to. */
    public float[] vectors() {
        return vectors;
    }
}
