// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.model.ModelKey;
import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Galleries of many kinds, made of random numbers. */
final class Galleries {
    static final ModelKey MODEL = new ModelKey("m", "w");

    /** What the encodings are like. */
    enum Kind {
        /** Directions of any kind, all of length 1. */
        SPREAD,
        /** Near one of few centres, as the encodings of one person are. */
        CLUSTERED,
        /** Few values only: many equal distances, many at the tolerance itself. */
        GRID,
        /** One encoding over and over. */
        EQUAL,
        /** From the smallest numbers to the largest ones. */
        EXTREME,
        /** Below what a float holds with all its digits. */
        DENORMAL
    }

    private Galleries() {}

    /** An encoding of a kind. */
    static float[] encoding(Kind kind, int dimension, Random random) {
        float[] values = new float[dimension];
        Random centre = new Random(random.nextInt(20));
        double scale = Math.pow(10, random.nextInt(76) - 38);
        for (int i = 0; i < dimension; i++) {
            double gaussian = random.nextGaussian() / Math.sqrt(dimension);
            values[i] =
                    (float)
                            switch (kind) {
                                case SPREAD -> gaussian;
                                case CLUSTERED ->
                                        centre.nextGaussian() / Math.sqrt(dimension)
                                                + 0.3 * gaussian;
                                case GRID -> 0.25 * random.nextInt(3) * (i % 8 == 0 ? 1 : 0);
                                case EQUAL -> Math.sin(i) / 10;
                                case EXTREME -> Math.max(-3e38, Math.min(3e38, scale * gaussian));
                                case DENORMAL -> gaussian * 1e-42;
                            };
        }
        return values;
    }

    /** People with encodings of a kind in any order, in blocks of any size. */
    static GallerySection section(Kind kind, int size, int dimension, int people, Random random) {
        int[] owners = random.ints(size, 0, people).toArray();
        List<GalleryBlock> blocks = new ArrayList<>();
        for (int rest = size; rest > 0; ) {
            int rows = Math.min(rest, 1 + random.nextInt(GalleryBlock.CAPACITY));
            blocks.add(block(kind, rows, dimension, random));
            rest -= rows;
        }
        return new GallerySection(MODEL, dimension, people(people), owners, blocks);
    }

    static GalleryBlock block(Kind kind, int rows, int dimension, Random random) {
        float[] vectors = new float[rows * dimension];
        for (int row = 0; row < rows; row++) {
            float[] values = encoding(kind, dimension, random);
            System.arraycopy(values, 0, vectors, row * dimension, dimension);
        }
        return new GalleryBlock(dimension, vectors);
    }

    /** The section with one block replaced, as after a change. */
    static GallerySection with(GallerySection old, int at, GalleryBlock block) {
        List<GalleryBlock> blocks = new ArrayList<>(old.blocks());
        int size = old.size() + block.size() - blocks.set(at, block).size();
        int[] owners = Arrays.copyOf(old.owners(), size);
        return new GallerySection(MODEL, old.dimension(), old.people(), owners, blocks);
    }

    /** One of the encodings. */
    static float[] row(GallerySection section, int encoding) {
        int row = encoding;
        for (GalleryBlock block : section.blocks()) {
            if (row < block.size()) {
                int from = row * section.dimension();
                return Arrays.copyOfRange(block.vectors(), from, from + section.dimension());
            }
            row -= block.size();
        }
        throw new IndexOutOfBoundsException(encoding);
    }

    private static List<Person> people(int count) {
        return IntStream.range(0, count).mapToObj(i -> People.person("p" + i)).toList();
    }
}
