// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.GallerySection;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/**
 * Five people with ten or eleven faces each, one of them enrolled, and a tolerance so large that
 * others are taken for them: one correction is enough for all other faces of the wrong person, and
 * costs no face of the right one. As in docs/decisions/0029-not-this-person.md.
 */
class CorrectedRealFacesTest {
    private final Map<String, List<FaceDescriptor>> people = SharedData.johns();
    private final MatcherComponent matcher = new MatcherComponent();
    private double tolerance;
    private int wrong;
    private int wrongBefore;
    private int wrongAfter;
    private int rightBefore;
    private int rightAfter;

    @Test
    void oneCorrectionIsEnoughAndCostsNothing() {
        correctEachWrongFace(0.7);
        assertThat(wrong).isEqualTo(26);
        assertThat(wrongBefore).isEqualTo(76);
        assertThat(rightBefore).isEqualTo(200);
        correctEachWrongFace(0.8);
        assertThat(wrong).isEqualTo(26 + 132);
        assertThat(wrongBefore).isEqualTo(76 + 1156);
        assertThat(rightBefore).isEqualTo(200 + 1044);

        assertThat(wrongAfter).isZero();
        assertThat(rightAfter).isEqualTo(rightBefore);
    }

    private void correctEachWrongFace(double within) {
        tolerance = within;
        people.forEach(
                (name, own) ->
                        people.forEach(
                                (other, faces) -> {
                                    for (int i = 1; i <= 5 && !name.equals(other); i += 2) {
                                        correct(
                                                own.subList(0, i),
                                                own.subList(i, own.size()),
                                                faces);
                                    }
                                }));
    }

    private void correct(
            List<FaceDescriptor> enrolled, List<FaceDescriptor> right, List<FaceDescriptor> other) {
        GallerySection section =
                People.gallery(Map.of("p", enrolled)).section(SharedData.MODEL).orElseThrow();
        List<FaceDescriptor> taken = other.stream().filter(f -> known(f, section)).toList();
        wrong += taken.size();
        for (FaceDescriptor face : taken) {
            CounterExample example = new CounterExample(1, section.people().get(0).id(), face);
            GallerySection corrected = section.with(List.of(example));
            List<FaceDescriptor> others = taken.stream().filter(f -> f != face).toList();
            List<FaceDescriptor> before = right.stream().filter(f -> known(f, section)).toList();
            wrongBefore += others.size();
            wrongAfter += (int) others.stream().filter(f -> known(f, corrected)).count();
            rightBefore += before.size();
            rightAfter += (int) before.stream().filter(f -> known(f, corrected)).count();
        }
    }

    private boolean known(FaceDescriptor face, GallerySection section) {
        return matcher.match(face, section, Strategy.NEAREST, tolerance, 1).known();
    }
}
