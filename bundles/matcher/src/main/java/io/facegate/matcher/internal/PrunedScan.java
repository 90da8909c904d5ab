// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Gives the answers of {@link PlainScan} out of few exact distances: those that the kernel's lower
 * bounds do not rule out. Thread-safe.
 *
 * <p>What can matter is within a reach, the largest of: the tolerance, where it is voted; the k-th
 * nearest distance; and, for the margin, the distance of the nearest person and of the nearest
 * other one. Distances of any encodings that would do are at least these, so the ones with the
 * smallest bounds are measured, and the largest of those distances is the reach. Every encoding
 * whose bound is not beyond it is measured and counted, in order.
 */
final class PrunedScan {
    /** Where at least one of so many rows is to be measured, the kernel measures all of a block. */
    private static final int WHOLE_BLOCK = 8;

    /** Below, the plain loop is as fast. */
    private static final int FEW = 64;

    private final Kernel kernel;
    private final QuantisedSections sections = new QuantisedSections();

    /** Memory for bounds, handed from one call to the next. */
    private final AtomicReference<ByteBuffer> spare = new AtomicReference<>();

    PrunedScan(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Whether a section can be scanned this way, and is worth it. */
    static boolean suits(GallerySection section) {
        return section.size() >= FEW && section.dimension() <= Kernel.MOST_VALUES;
    }

    /** Frees the copies, once no call uses them. */
    void close() {
        sections.clear();
        spare.set(null);
    }

    /** Matches a face with a section of its own model and dimension that is not empty. */
    Match match(float[] face, GallerySection section, Strategy strategy, double tolerance, int k) {
        int blocks = section.blocks().size();
        ByteBuffer memory = borrow(Float.BYTES * blocks * (GalleryBlock.CAPACITY + 1));
        QuantisedSection quantised = sections.of(section);
        kernel.lowerBounds(
                face, quantised.addresses(), GalleryBlock.CAPACITY, Kernel.address(memory));
        Reference.reachabilityFence(quantised);
        Bounds bounds = new Bounds(face, section, memory.order(ByteOrder.nativeOrder()));
        double reach = bounds.reach(Tally.neighbours(strategy, k));
        if (strategy == Strategy.VOTE) {
            reach = Math.max(reach, tolerance);
        }
        Tally tally = new Tally(section, strategy, tolerance, k);
        bounds.count(reach, tally);
        spare.set(memory);
        return tally.match();
    }

    private ByteBuffer borrow(int bytes) {
        ByteBuffer memory = spare.getAndSet(null);
        return memory != null && memory.capacity() >= bytes
                ? memory
                : QuantisedSections.aligned(bytes);
    }

    /** The bounds of one face. */
    private final class Bounds {
        private final float[] face;
        private final GallerySection section;
        private final FloatBuffer bounds;
        private final int least;
        private final double[] distances = new double[GalleryBlock.CAPACITY];

        Bounds(float[] face, GallerySection section, ByteBuffer memory) {
            this.face = face;
            this.section = section;
            this.bounds = memory.asFloatBuffer();
            this.least = section.blocks().size() * GalleryBlock.CAPACITY;
        }

        /** No less than the distances of the k nearest and of the two nearest people. */
        double reach(int k) {
            if (k >= section.size()) {
                return Double.POSITIVE_INFINITY;
            }
            Smallest nearest = new Smallest(k);
            collect(nearest, -1);
            Smallest other = new Smallest(1);
            collect(other, section.owner(nearest.encoding(0)));
            return Math.max(farthest(nearest), farthest(other));
        }

        /** Adds every encoding within the reach to a tally. */
        void count(double reach, Tally tally) {
            int first = 0;
            for (int b = 0; b < section.blocks().size(); b++) {
                GalleryBlock block = section.blocks().get(b);
                if (bounds.get(least + b) <= reach) {
                    count(b, first, reach, tally);
                }
                first += block.size();
            }
        }

        private void count(int b, int first, double reach, Tally tally) {
            GalleryBlock block = section.blocks().get(b);
            int from = b * GalleryBlock.CAPACITY;
            int found = 0;
            for (int row = 0; row < block.size(); row++) {
                found += bounds.get(from + row) <= reach ? 1 : 0;
            }
            boolean whole = found * WHOLE_BLOCK >= block.size();
            if (whole) {
                kernel.distances(face, block.vectors(), distances);
            }
            for (int row = 0; row < block.size(); row++) {
                if (bounds.get(from + row) <= reach) {
                    tally.add(first + row, whole ? distances[row] : distance(b, row));
                }
            }
        }

        /** The encodings with the smallest bounds, without those of one person. */
        private void collect(Smallest smallest, int without) {
            int first = 0;
            for (int b = 0; b < section.blocks().size(); b++) {
                int size = section.blocks().get(b).size();
                if (bounds.get(least + b) < smallest.limit()) {
                    int from = b * GalleryBlock.CAPACITY;
                    for (int row = 0; row < size; row++) {
                        float bound = bounds.get(from + row);
                        if (bound < smallest.limit() && section.owner(first + row) != without) {
                            smallest.add(bound, first + row, from + row);
                        }
                    }
                }
                first += size;
            }
        }

        private double farthest(Smallest smallest) {
            double farthest = 0;
            for (int i = 0; i < smallest.size(); i++) {
                int place = smallest.place(i);
                double distance =
                        distance(place / GalleryBlock.CAPACITY, place % GalleryBlock.CAPACITY);
                farthest = Math.max(farthest, distance);
            }
            return farthest;
        }

        private double distance(int block, int row) {
            float[] vectors = section.blocks().get(block).vectors();
            return Distance.between(face, vectors, row * face.length);
        }
    }
}
