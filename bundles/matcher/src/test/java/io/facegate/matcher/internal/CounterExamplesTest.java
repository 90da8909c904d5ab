// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;
import io.facegate.matcher.internal.Galleries.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Faces that are known not to be somebody. */
class CounterExamplesTest {
    private static final double TOLERANCE = 0.6;

    private final Random random = new Random(41);
    private final MatcherComponent matcher = new MatcherComponent();

    /** A point at a distance from the origin along an axis. */
    private static float[] at(int axis, double distance) {
        float[] values = new float[128];
        values[axis] = (float) distance;
        return values;
    }

    private static FaceDescriptor descriptor(float[] values) {
        return new FaceDescriptor(Galleries.MODEL, values);
    }

    private static CounterExample not(Person person, float[] values) {
        return new CounterExample(1, person.id(), descriptor(values));
    }

    /** Two people, Ann nearer to the origin than Ben. */
    private static GallerySection annAndBen(int encodings) {
        float[] vectors = new float[encodings * 128];
        int[] owners = new int[encodings];
        for (int i = 0; i < encodings; i++) {
            owners[i] = i % 2;
            float[] vector = i % 2 == 0 ? at(0, 0.4 + i / 1e4) : at(1, 0.5 + i / 1e4);
            System.arraycopy(vector, 0, vectors, i * 128, 128);
        }
        return new GallerySection(
                Galleries.MODEL,
                128,
                List.of(People.person("Ann"), People.person("Ben")),
                owners,
                vectors);
    }

    private Match match(float[] face, GallerySection section, Strategy strategy) {
        return matcher.match(descriptor(face), section, strategy, TOLERANCE, 3);
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void faceOfACounterExampleIsTheNextBestPerson(Strategy strategy) {
        for (int size : new int[] {2, 400}) {
            GallerySection section = annAndBen(size);
            Person ann = section.people().get(0);
            Person ben = section.people().get(1);
            float[] face = at(2, 0);
            assertThat(match(face, section, strategy).personId()).contains(ann.id());

            GallerySection corrected = section.with(List.of(not(ann, face)));
            Match match = match(face, corrected, strategy);
            assertThat(match.personId()).contains(ben.id());
            assertThat(match.distance().getAsDouble()).isCloseTo(0.5, within(0.001));
            assertThat(match.margin()).isEmpty();

            GallerySection neither = section.with(List.of(not(ann, face), not(ben, face)));
            assertThat(match(face, neither, strategy)).isEqualTo(Match.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void faceNearerToThePersonIsThePerson(Strategy strategy) {
        GallerySection section = annAndBen(2);
        Person ann = section.people().get(0);
        GallerySection corrected = section.with(List.of(not(ann, at(0, -0.1))));

        assertThat(match(at(0, 0.1), corrected, strategy).personId()).isNotEqualTo(ann.id());
        assertThat(match(at(0, 0.2), corrected, strategy))
                .isEqualTo(match(at(0, 0.2), section, strategy))
                .matches(m -> m.personId().get().equals(ann.id()));
    }

    @Test
    void pictureOfThePersonThatWasRejectedIsRejected() {
        GallerySection section = annAndBen(2);
        Person ann = section.people().get(0);
        GallerySection corrected = section.with(List.of(not(ann, at(0, 0.4))));
        assertThat(match(at(0, 0.4), corrected, Strategy.NEAREST).personId())
                .isNotEqualTo(ann.id());
    }

    @Test
    void counterExampleBeyondTheToleranceOrOfNobodyHereIsNoOne() {
        GallerySection section = annAndBen(400);
        Person ann = section.people().get(0);
        List<CounterExample> far =
                List.of(
                        not(ann, at(3, 5)),
                        new CounterExample(2, UUID.randomUUID(), descriptor(at(2, 0))));
        for (Strategy strategy : Strategy.values()) {
            assertThat(match(at(2, 0), section.with(far), strategy))
                    .isEqualTo(match(at(2, 0), section, strategy));
        }
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void answerIsThatOfTheGalleryWithoutThePeopleRuledOut(Strategy strategy) {
        int ruledOut = 0;
        for (int round = 0; round < 20; round++) {
            GallerySection section = Galleries.section(Kind.CLUSTERED, 300, 128, 12, random);
            List<CounterExample> examples = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Person person = section.people().get(random.nextInt(section.people().size()));
                examples.add(
                        new CounterExample(
                                i,
                                person.id(),
                                descriptor(Galleries.encoding(Kind.CLUSTERED, 128, random))));
            }
            GallerySection corrected = section.with(examples);
            float[] face = examples.get(random.nextInt(6)).descriptor().toArray();
            face[0] += 0.01f;

            Set<UUID> out = ruledOut(face, corrected);
            ruledOut += out.size();
            GallerySection rest = without(section, out);
            Match expected =
                    rest.size() == 0
                            ? Match.NONE
                            : PlainScan.match(face, rest, strategy, TOLERANCE, 3);
            assertThat(match(face, corrected, strategy)).isEqualTo(expected);
        }
        assertThat(ruledOut).isPositive();
    }

    private static Set<UUID> ruledOut(float[] face, GallerySection section) {
        FaceDescriptor descriptor = descriptor(face);
        Set<UUID> out = new HashSet<>();
        for (CounterExample example : section.counterExamples()) {
            double distance = example.descriptor().distanceTo(descriptor);
            double own = Double.POSITIVE_INFINITY;
            for (int i = 0; i < section.size(); i++) {
                if (section.people().get(section.owner(i)).id().equals(example.personId())) {
                    own =
                            Math.min(
                                    own,
                                    descriptor(Galleries.row(section, i)).distanceTo(descriptor));
                }
            }
            if (distance <= Math.min(TOLERANCE, own)) {
                out.add(example.personId());
            }
        }
        return out;
    }

    private static GallerySection without(GallerySection section, Set<UUID> out) {
        List<float[]> rows = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int i = 0; i < section.size(); i++) {
            if (!out.contains(section.people().get(section.owner(i)).id())) {
                rows.add(Galleries.row(section, i));
                owners.add(section.owner(i));
            }
        }
        float[] vectors = new float[rows.size() * 128];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, vectors, i * 128, 128);
        }
        return new GallerySection(
                Galleries.MODEL,
                128,
                section.people(),
                owners.stream().mapToInt(o -> o).toArray(),
                vectors);
    }
}
