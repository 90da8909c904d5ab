// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** People made up, and galleries of them. */
final class People {
    private People() {}

    static Person person(String name) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        return new Person(UUID.nameUUIDFromBytes(name.getBytes()), name, start, 1);
    }

    /** A gallery of descriptors by name, in order. */
    static Gallery gallery(Map<String, List<FaceDescriptor>> encodings) {
        List<Person> people = encodings.keySet().stream().map(People::person).toList();
        List<FaceDescriptor> all = encodings.values().stream().flatMap(List::stream).toList();
        int[] owners = new int[all.size()];
        float[] vectors = new float[all.size() * 128];
        int at = 0;
        int owner = 0;
        for (List<FaceDescriptor> own : encodings.values()) {
            for (FaceDescriptor descriptor : own) {
                owners[at] = owner;
                descriptor.copyTo(vectors, 128 * at++);
            }
            owner++;
        }
        ModelKey key = all.isEmpty() ? new ModelKey("none", "w") : all.get(0).model();
        return new Gallery(
                1, people, Map.of(key, new GallerySection(key, 128, people, owners, vectors)));
    }
}
