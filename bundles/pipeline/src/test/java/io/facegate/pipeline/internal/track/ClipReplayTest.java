// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The boxes and distances of the reference clip, replayed. Descriptors are made up in few
 * dimensions so that their distances to the two enrolled people are those of the reference; the two
 * people seen point into dimensions of their own.
 */
class ClipReplayTest {
    private static final double BETWEEN_ENROLLED = 0.72;

    private static FaceDescriptor at(double[] distances, int ownDimension) {
        double a = distances[0];
        double b = distances[1];
        double x = (a * a - b * b + BETWEEN_ENROLLED * BETWEEN_ENROLLED) / (2 * BETWEEN_ENROLLED);
        float[] values = new float[4];
        values[0] = (float) x;
        values[ownDimension] = (float) Math.sqrt(a * a - x * x);
        return Fakes.descriptor(SharedData.MODEL, values);
    }

    private static Stream replay() {
        Map<String, List<FaceDescriptor>> enrolled = new LinkedHashMap<>();
        enrolled.put("Lin-Manuel Miranda", List.of(Fakes.descriptor(SharedData.MODEL, 0)));
        enrolled.put(
                "Alex Lacamoire",
                List.of(Fakes.descriptor(SharedData.MODEL, (float) BETWEEN_ENROLLED)));
        Stream stream = new Stream(Fakes.gallery(enrolled));
        JsonObject clip = SharedData.golden("video_hog0_s1.0_k1.json");
        for (JsonObject frame : SharedData.list(clip.get("frames"))) {
            long number = frame.get("frame").getAsLong();
            stream.frame(
                    number,
                    SharedData.list(frame.get("faces")).stream()
                            .map(
                                    face ->
                                            new Stream.Face(
                                                    SharedData.box(face.get("rect")),
                                                    at(
                                                            SharedData.numbers(
                                                                    face.get("distances")),
                                                            number < 215 ? 1 : 2)))
                            .toArray(Stream.Face[]::new));
        }
        stream.end(275);
        return stream;
    }

    @Test
    void namesTheKnownAndTheUnknownFaceOnceEachAndNobodyElse() {
        Stream stream = replay();
        Map<String, List<Stream.News>> tracks = new HashMap<>();
        stream.news.forEach(
                one ->
                        tracks.computeIfAbsent(one.track(), t -> new java.util.ArrayList<>())
                                .add(one));
        assertThat(tracks).hasSize(2);
        Stream.News known = stream.news.get(0);
        assertThat(known.type()).isEqualTo(Type.NEW);
        assertThat(known.name()).contains("Lin-Manuel Miranda");
        assertThat(known.frame()).isBetween(82L, 86L);
        Stream.News unknown = stream.news.get(1);
        assertThat(unknown.type()).isEqualTo(Type.NEW);
        assertThat(unknown.name()).isEmpty();
        assertThat(unknown.frame()).isBetween(217L, 230L);
        assertThat(unknown.match().distance().getAsDouble()).isGreaterThan(0.6);
        assertThat(stream.types()).containsExactly(Type.NEW, Type.NEW, Type.END, Type.END);
    }
}
