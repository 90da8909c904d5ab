// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import java.util.Arrays;
import java.util.Random;

/** The encodings of one model by their number, and whose they are. */
final class Rows {
    /** Distances that are computed at most: a quarter of a minute to a minute of one core. */
    static final long MOST_DISTANCES = 100_000_000L;

    /** Every sample is drawn with it, so that the same gallery gives the same report. */
    static final long SEED = 20;

    private final GallerySection section;
    private final float[][] blocks;
    private final int[] starts;

    Rows(GallerySection section) {
        this.section = section;
        blocks = new float[section.blocks().size()][];
        starts = new int[blocks.length];
        int start = 0;
        for (int i = 0; i < blocks.length; i++) {
            GalleryBlock block = section.blocks().get(i);
            blocks[i] = block.vectors();
            starts[i] = start;
            start += block.size();
        }
    }

    int size() {
        return section.size();
    }

    /** Index of a row's person in the section. */
    int owner(int row) {
        return section.owner(row);
    }

    Person person(int row) {
        return section.people().get(section.owner(row));
    }

    GallerySection section() {
        return section;
    }

    /** A copy of a row. */
    float[] vector(int row) {
        int found = Arrays.binarySearch(starts, row);
        int block = found >= 0 ? found : -found - 2;
        int from = (row - starts[block]) * section.dimension();
        return Arrays.copyOfRange(blocks[block], from, from + section.dimension());
    }

    /** Told of the distance to each row. */
    interface Visitor {
        void visit(int row, double distance);
    }

    /** Compares a vector with every row. */
    void distances(float[] from, Visitor visitor) {
        int row = 0;
        for (float[] block : blocks) {
            for (int at = 0; at < block.length; at += from.length) {
                visitor.visit(row++, distance(from, block, at));
            }
        }
    }

    static double distance(float[] a, float[] block, int at) {
        double even = 0;
        double odd = 0;
        for (int i = 0; i + 1 < a.length; i += 2) {
            double d = a[i] - block[at + i];
            double e = a[i + 1] - block[at + i + 1];
            even += d * d;
            odd += e * e;
        }
        if (a.length % 2 == 1) {
            double d = a[a.length - 1] - block[at + a.length - 1];
            even += d * d;
        }
        return Math.sqrt(even + odd);
    }

    /**
     * So many of some numbers, drawn at random but always the same, ascending.
     *
     * @return all of them when there are not more
     */
    static int[] sample(int[] of, long most) {
        if (of.length <= most) {
            return of;
        }
        int[] drawn = of.clone();
        Random random = new Random(SEED);
        for (int i = 0; i < most; i++) {
            int j = i + random.nextInt(drawn.length - i);
            int swapped = drawn[i];
            drawn[i] = drawn[j];
            drawn[j] = swapped;
        }
        int[] sample = Arrays.copyOf(drawn, (int) most);
        Arrays.sort(sample);
        return sample;
    }
}
