// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.ModelKey;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Matching in a gallery given as files of native floats and integers; people are numbered. */
final class MatchCalls {
    private static final int DIMENSION = 128;
    private static final ModelKey MODEL = new ModelKey("benchmark", "none");

    private final Services services;
    private GallerySection section;
    private float[] queries;

    MatchCalls(Services services) {
        this.services = services;
    }

    /** {@code vectors, owners, queries}: what the calls that follow search, and for whom. */
    JsonObject gallery(JsonObject request) throws IOException {
        float[] vectors = floats(request.get("vectors").getAsString());
        ByteBuffer bytes = bytes(request.get("owners").getAsString());
        int[] owners = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(owners);
        int last = 0;
        for (int owner : owners) {
            last = Math.max(last, owner);
        }
        List<Person> people = new ArrayList<>();
        for (int number = 0; number <= last; number++) {
            String name = Integer.toString(number);
            people.add(new Person(new UUID(0, number), name, Instant.EPOCH, 0));
        }
        section = new GallerySection(MODEL, DIMENSION, people, owners, vectors);
        queries = floats(request.get("queries").getAsString());
        return new JsonObject();
    }

    /** {@code query, strategy, tolerance}; owner -1 for an unknown face. */
    JsonObject match(JsonObject request) throws Exception {
        FaceMatcher matcher = services.await(FaceMatcher.class);
        int from = DIMENSION * request.get("query").getAsInt();
        var face = new FaceDescriptor(MODEL, Arrays.copyOfRange(queries, from, from + DIMENSION));
        Strategy strategy =
                Strategy.valueOf(request.get("strategy").getAsString().toUpperCase(Locale.ROOT));
        double tolerance = request.get("tolerance").getAsDouble();
        JsonObject answer = new JsonObject();
        Match match =
                Timing.timed(answer, () -> matcher.match(face, section, strategy, tolerance, 1));
        answer.addProperty("owner", match.name().map(Integer::valueOf).orElse(-1));
        answer.addProperty("distance", match.distance().orElseThrow());
        answer.addProperty("won", match.votesWon());
        answer.addProperty("of", match.votesOf());
        return answer;
    }

    private static float[] floats(String file) throws IOException {
        ByteBuffer bytes = bytes(file);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static ByteBuffer bytes(String file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(Path.of(file))).order(ByteOrder.nativeOrder());
    }
}
