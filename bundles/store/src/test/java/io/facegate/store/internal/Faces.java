// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.NewEncoding;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.Random;

/** Encodings made up. */
final class Faces {
    static final ModelKey MODEL = new ModelKey("dlib-resnet-v1", "ab".repeat(32));
    static final ModelKey OTHER = new ModelKey("other", "cd".repeat(32));

    private Faces() {}

    static FaceDescriptor descriptor(long seed) {
        return descriptor(MODEL, seed);
    }

    static FaceDescriptor descriptor(ModelKey model, long seed) {
        return new FaceDescriptor(model, values(seed, 128));
    }

    static float[] values(long seed, int dimension) {
        Random random = new Random(seed);
        float[] values = new float[dimension];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 0.4f - 0.2f;
        }
        return values;
    }

    /** All encodings of a section as one matrix. */
    static float[] vectors(GallerySection section) {
        FloatBuffer all = FloatBuffer.allocate(section.size() * section.dimension());
        section.blocks().forEach(block -> all.put(block.vectors()));
        return all.array();
    }

    static FaceChip chip(long seed) {
        return chip(seed, 150);
    }

    static FaceChip chip(long seed, int size) {
        byte[] rgb = new byte[3 * size * size];
        new Random(seed).nextBytes(rgb);
        return new FaceChip(size, rgb);
    }

    static NewEncoding encoding(long seed) {
        return new NewEncoding(descriptor(seed), Optional.empty(), "photo-" + seed, "");
    }

    static NewEncoding withChip(long seed, String source) {
        return new NewEncoding(descriptor(seed), Optional.of(chip(seed)), source, "ef".repeat(32));
    }
}
