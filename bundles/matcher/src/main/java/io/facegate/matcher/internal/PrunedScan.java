// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.GallerySection;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Gives the answers of {@link PlainScan} out of few exact distances: those that the kernel's lower
 * bounds do not rule out. Thread-safe.
 *
 * <p>Measured are all encodings whose bound is within one of two reaches. The near one is no less
 * than the k-th nearest distance, for the k encodings with the smallest bounds are within it: their
 * distances are taken. The far one is for the margin and does not concern the person of the
 * smallest bound: it is the distance of somebody else's encoding, so that the nearest of all others
 * is within it. If another person than that is named in the end, the margin is to somebody within
 * the near reach.
 *
 * <p>In a vote, what is within the tolerance for certain is counted without measuring, what may be
 * is measured; if the person elected is not nearest, the nearest of their encodings is looked for.
 */
final class PrunedScan {
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
        ByteBuffer memory = borrow(Candidates.bytes(section));
        QuantisedSection quantised = sections.of(section);
        Candidates candidates = new Candidates(kernel, face, section, quantised, memory);
        Reference.reachabilityFence(quantised);
        Tally tally = new Tally(section, strategy, tolerance, k);
        candidates.reach(Tally.neighbours(strategy, k));
        if (strategy == Strategy.VOTE) {
            candidates.count(tolerance, tally);
            candidates.findElected(tolerance, tally);
        } else {
            candidates.count(Double.NEGATIVE_INFINITY, tally);
        }
        spare.set(memory);
        return tally.match();
    }

    private ByteBuffer borrow(int bytes) {
        ByteBuffer memory = spare.getAndSet(null);
        return memory != null && memory.capacity() >= bytes
                ? memory
                : QuantisedSections.aligned(bytes);
    }
}
