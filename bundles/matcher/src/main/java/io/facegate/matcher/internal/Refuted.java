// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;

import java.util.BitSet;

/** The people of a section a face is not, by their counter-examples. */
final class Refuted {
    private Refuted() {}

    /**
     * Their places among the section's people. Only the people whose counter-examples are within
     * the tolerance are compared with the face.
     */
    static BitSet of(FaceDescriptor face, GallerySection section, double tolerance) {
        BitSet refuted = new BitSet();
        for (CounterExample example : section.counterExamples()) {
            if (face.distanceTo(example.descriptor()) <= tolerance) {
                int person = place(example, section);
                if (person >= 0
                        && section.refutes(
                                example.personId(), face, nearest(face, section, person))) {
                    refuted.set(person);
                }
            }
        }
        return refuted;
    }

    /** -1: the person has no encoding of this model. */
    private static int place(CounterExample example, GallerySection section) {
        for (int p = 0; p < section.people().size(); p++) {
            if (section.people().get(p).id().equals(example.personId())) {
                return p;
            }
        }
        return -1;
    }

    private static double nearest(FaceDescriptor face, GallerySection section, int person) {
        double nearest = Double.POSITIVE_INFINITY;
        float[] values = face.toArray();
        int encoding = 0;
        for (GalleryBlock block : section.blocks()) {
            for (int row = 0; row < block.size(); row++) {
                if (section.owner(encoding++) == person) {
                    double distance =
                            Distance.between(values, block.vectors(), row * values.length);
                    nearest = Math.min(nearest, distance);
                }
            }
        }
        return nearest;
    }
}
