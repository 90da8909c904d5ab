// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Chooses by their bounds the encodings to measure; {@link PrunedScan} says which and why. A row is
 * named by its place: blocks, of full length each, one after the other.
 */
final class Candidates {
    private static final int BLOCK = GalleryBlock.CAPACITY;
    private static final int GROUP = Kernel.GROUP;

    /** Where at least one of so many rows is to be measured, the kernel measures a whole group. */
    private static final int WHOLE_GROUP = 8;

    private final Kernel kernel;
    private final float[] face;
    private final GallerySection section;
    private final List<GalleryBlock> blocks;

    /** Number of the first encoding of each block. */
    private final int[] starts;

    private final FloatBuffer bounds;
    private final int groups;
    private final double[] distances = new double[GROUP];
    private double near;
    private double far;
    private int first;

    /**
     * Computes the bounds of one face.
     *
     * @param memory of {@link #bytes}
     */
    Candidates(
            Kernel kernel,
            float[] face,
            GallerySection section,
            QuantisedSection quantised,
            ByteBuffer memory) {
        this.kernel = kernel;
        this.face = face;
        this.section = section;
        blocks = section.blocks();
        groups = blocks.size() * (BLOCK / GROUP);
        starts = new int[blocks.size()];
        for (int b = 1; b < starts.length; b++) {
            starts[b] = starts[b - 1] + blocks.get(b - 1).size();
        }
        kernel.lowerBounds(face, quantised.addresses(), BLOCK, Kernel.address(memory));
        bounds = memory.order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** Memory for the bounds of a section. */
    static int bytes(GallerySection section) {
        int floats = BLOCK + 2 * BLOCK / GROUP;
        return Math.multiplyExact(section.blocks().size(), Float.BYTES * floats);
    }

    /** Finds both reaches for the k nearest; before all else. */
    void reach(int k) {
        if (k >= section.size()) {
            near = Double.POSITIVE_INFINITY;
            return;
        }
        Smallest nearest = new Smallest(k);
        collect(nearest, -1);
        first = owner(nearest.place(0));
        Smallest other = new Smallest(1);
        collect(other, first);
        near = farthest(nearest);
        far = farthest(other);
    }

    /**
     * Measures what is within reach, in order.
     *
     * @param tolerance encodings within it are counted in addition; negative infinity: none
     */
    void count(double tolerance, Tally tally) {
        double limit = Math.max(tolerance, Math.max(near, far));
        for (int group = 0; group < groups; group++) {
            if (least(group) <= limit) {
                count(group, tolerance, tally);
            }
        }
    }

    private void count(int group, double tolerance, Tally tally) {
        int from = group * GROUP;
        int end = end(group);
        double slack = bounds.get(groups * (GROUP + 1) + group);
        int toMeasure = 0;
        for (int place = from; place < end; place++) {
            toMeasure += isToMeasure(place, slack, tolerance) ? 1 : 0;
        }
        boolean whole = toMeasure > 0 && toMeasure * WHOLE_GROUP >= end - from;
        if (whole) {
            float[] vectors = blocks.get(from / BLOCK).vectors();
            kernel.distances(face, vectors, from % BLOCK, end - from, distances);
        }
        for (int place = from; place < end; place++) {
            if (isToMeasure(place, slack, tolerance)) {
                tally.add(encoding(place), whole ? distances[place - from] : distance(place));
            } else if (bounds.get(place) <= tolerance) {
                tally.vote(encoding(place));
            }
        }
    }

    private boolean isToMeasure(int place, double slack, double tolerance) {
        double bound = bounds.get(place);
        if (bound <= near || bound <= far && owner(place) != first) {
            return true;
        }
        // Not "bound <= tolerance - slack": of a row of which nothing is known, both are infinite.
        return bound <= tolerance && !(bound + slack <= tolerance);
    }

    /** Finds how near the person elected is: one of their encodings is within the tolerance. */
    void findElected(double tolerance, Tally tally) {
        int person = tally.elected();
        if (person < 0 || tally.nearest(person) <= near) {
            return;
        }
        double limit = Math.min(tolerance, tally.nearest(person));
        for (int group = 0; group < groups; group++) {
            if (least(group) <= limit) {
                int end = end(group);
                for (int place = group * GROUP; place < end; place++) {
                    if (bounds.get(place) <= limit && owner(place) == person) {
                        tally.measured(person, distance(place));
                        limit = Math.min(limit, tally.nearest(person));
                    }
                }
            }
        }
    }

    /** The places with the smallest bounds, without those of one person. */
    private void collect(Smallest smallest, int without) {
        for (int group = 0; group < groups; group++) {
            if (least(group) < smallest.limit()) {
                int end = end(group);
                for (int place = group * GROUP; place < end; place++) {
                    float bound = bounds.get(place);
                    if (bound < smallest.limit() && owner(place) != without) {
                        smallest.add(bound, place);
                    }
                }
            }
        }
    }

    private double farthest(Smallest smallest) {
        double farthest = 0;
        for (int i = 0; i < smallest.size(); i++) {
            farthest = Math.max(farthest, distance(smallest.place(i)));
        }
        return farthest;
    }

    private float least(int group) {
        return bounds.get(groups * GROUP + group);
    }

    /** The place after the last row of a group; not above its first where a block has ended. */
    private int end(int group) {
        int block = group * GROUP / BLOCK;
        return Math.min(group * GROUP + GROUP, block * BLOCK + blocks.get(block).size());
    }

    private int encoding(int place) {
        return starts[place / BLOCK] + place % BLOCK;
    }

    private int owner(int place) {
        return section.owner(encoding(place));
    }

    private double distance(int place) {
        float[] vectors = blocks.get(place / BLOCK).vectors();
        return Distance.between(face, vectors, place % BLOCK * face.length);
    }
}
