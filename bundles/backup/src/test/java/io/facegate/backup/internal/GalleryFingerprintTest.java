// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class GalleryFingerprintTest {
    private static final ModelKey MODEL = new ModelKey("m", "w");
    private static final Person ANN = new Person(new UUID(1, 1), "Ann", Instant.EPOCH, 1);

    private static String of(CounterExample... counterExamples) {
        GallerySection section =
                new GallerySection(MODEL, 1, List.of(ANN), new int[1], new float[] {0.5f})
                        .with(List.of(counterExamples));
        return GalleryFingerprint.of(new Gallery(1, List.of(ANN), Map.of(MODEL, section)));
    }

    private static CounterExample not(long id, float value) {
        return new CounterExample(id, ANN.id(), new FaceDescriptor(MODEL, new float[] {value}));
    }

    @Test
    void tellsOtherCounterExamplesAndNotOtherNumbersOfThem() {
        assertThat(of(not(1, 0.7f))).isNotEqualTo(of()).isNotEqualTo(of(not(1, 0.8f)));
        assertThat(of(not(1, 0.7f))).isEqualTo(of(not(2, 0.7f)));
    }
}
