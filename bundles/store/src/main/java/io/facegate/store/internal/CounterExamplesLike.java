// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Counter-examples of others that show a person: those nearer to the person's encodings than to
 * those of whom they were taken for.
 */
final class CounterExamplesLike {
    private CounterExamplesLike() {}

    /** Their ids. */
    static List<Long> of(Gallery gallery, UUID person, List<FaceDescriptor> descriptors) {
        return gallery.sections().values().stream()
                .flatMap(
                        section ->
                                section.counterExamples().stream()
                                        .filter(e -> !e.personId().equals(person))
                                        .filter(e -> like(e, section, descriptors)))
                .map(CounterExample::id)
                .toList();
    }

    private static boolean like(
            CounterExample example, GallerySection section, List<FaceDescriptor> descriptors) {
        double near =
                descriptors.stream()
                        .filter(d -> d.model().equals(section.model()))
                        .mapToDouble(d -> d.distanceTo(example.descriptor()))
                        .min()
                        .orElse(Double.POSITIVE_INFINITY);
        return near < nearest(example, section);
    }

    /** Distance of the nearest encoding of whom the face was taken for; infinite without any. */
    private static double nearest(CounterExample example, GallerySection section) {
        double nearest = Double.POSITIVE_INFINITY;
        int encoding = 0;
        for (GalleryBlock block : section.blocks()) {
            for (int row = 0; row < block.size(); row++) {
                int owner = section.owner(encoding++);
                if (section.people().get(owner).id().equals(example.personId())) {
                    nearest = Math.min(nearest, distance(example, section, block, row));
                }
            }
        }
        return nearest;
    }

    private static double distance(
            CounterExample example, GallerySection section, GalleryBlock block, int row) {
        int from = row * section.dimension();
        float[] values = Arrays.copyOfRange(block.vectors(), from, from + section.dimension());
        return example.descriptor().distanceTo(new FaceDescriptor(section.model(), values));
    }
}
