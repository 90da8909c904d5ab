// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.store.Gallery;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Streams made of different photographs of the same person, which differ far more than the frames
 * of a camera: the figures of docs/decisions/0004-tracks.md.
 */
class TracksOfRealFacesTest {
    private static final Box BOX = new Box(200, 100, 300, 200);

    private final Map<String, List<FaceDescriptor>> people = SharedData.johns();

    /** Some photographs of some people enrolled; the rest is returned by name. */
    private Map<String, List<FaceDescriptor>> split(
            Random random, int enrol, Map<String, List<FaceDescriptor>> enrolled) {
        Map<String, List<FaceDescriptor>> rest = new LinkedHashMap<>();
        people.forEach(
                (name, all) -> {
                    List<FaceDescriptor> shuffled = new ArrayList<>(all);
                    Collections.shuffle(shuffled, random);
                    enrolled.put(name, shuffled.subList(0, enrol));
                    rest.put(name, shuffled.subList(enrol, all.size()));
                });
        return rest;
    }

    @Test
    void distancesWithinAndBetweenPeopleLieAroundTheTolerance() {
        List<String> names = List.copyOf(people.keySet());
        double farthestSame = 0;
        double nearestOther = 2;
        for (String a : names) {
            for (String b : names) {
                for (FaceDescriptor x : people.get(a)) {
                    for (FaceDescriptor y : people.get(b)) {
                        double d = x.distanceTo(y);
                        if (a.equals(b)) {
                            farthestSame = Math.max(farthestSame, d);
                        } else {
                            nearestOther = Math.min(nearestOther, d);
                        }
                    }
                }
            }
        }
        assertThat(people).hasSize(5);
        assertThat(farthestSame).isBetween(0.54, 0.56);
        assertThat(nearestOther).isBetween(0.66, 0.67);
    }

    @Test
    void everyPersonIsNamedRightWithinFiveFrames() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            Map<String, List<FaceDescriptor>> enrolled = new LinkedHashMap<>();
            Map<String, List<FaceDescriptor>> rest = split(random, 1 + round % 5, enrolled);
            for (String name : people.keySet()) {
                Stream stream = new Stream(Fakes.gallery(enrolled));
                int frame = 0;
                for (FaceDescriptor face : rest.get(name)) {
                    stream.frame(++frame, new Stream.Face(BOX, face));
                }
                stream.end(frame);
                assertThat(stream.types()).containsExactly(Type.NEW, Type.END);
                assertThat(stream.news.get(0).frame()).isLessThanOrEqualTo(5);
                assertThat(stream.news).allMatch(one -> one.name().orElse("").equals(name));
            }
        }
    }

    @Test
    void strangerIsUnknownAndNeverNamed() {
        Random random = new Random(2);
        for (String stranger : people.keySet()) {
            Map<String, List<FaceDescriptor>> enrolled = new LinkedHashMap<>();
            split(random, 5, enrolled);
            enrolled.remove(stranger);
            Stream stream = new Stream(Fakes.gallery(enrolled));
            int frame = 0;
            for (FaceDescriptor face : people.get(stranger)) {
                stream.frame(++frame, new Stream.Face(BOX, face));
            }
            stream.end(frame);
            assertThat(stream.types()).containsExactly(Type.NEW, Type.END);
            assertThat(stream.news).allMatch(one -> one.name().isEmpty());
        }
    }

    @Test
    void anotherPersonAtTheSamePlaceAfterACutIsAnotherTrack() {
        Random random = new Random(3);
        for (String first : people.keySet()) {
            for (String second : people.keySet()) {
                if (!first.equals(second)) {
                    Map<String, List<FaceDescriptor>> enrolled = new LinkedHashMap<>();
                    Map<String, List<FaceDescriptor>> rest = split(random, 3, enrolled);
                    Stream stream = cut(Fakes.gallery(enrolled), rest.get(first), rest.get(second));
                    assertThat(stream.types())
                            .containsExactly(Type.NEW, Type.NEW, Type.END, Type.END);
                    assertThat(stream.news.stream().map(n -> n.name().orElse("")))
                            .containsExactly(first, second, first, second);
                }
            }
        }
    }

    private static Stream cut(
            Gallery gallery, List<FaceDescriptor> first, List<FaceDescriptor> second) {
        Stream stream = new Stream(gallery);
        int frame = 0;
        for (FaceDescriptor face : first) {
            stream.frame(++frame, new Stream.Face(BOX, face));
        }
        for (FaceDescriptor face : second) {
            stream.frame(++frame, new Stream.Face(BOX, face));
        }
        stream.end(frame);
        return stream;
    }
}
