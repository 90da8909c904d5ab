// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The reference data beside the project; tests that need it are skipped without. */
final class SharedData {
    static final ModelKey MODEL = new ModelKey("dlib-resnet-v1", "w");

    private SharedData() {}

    static Path file(String name) {
        String shared =
                Optional.ofNullable(System.getenv("FACEGATE_SHARED")).orElse("../../../shared");
        Path file = Path.of(shared, name);
        assumeTrue(Files.exists(file), "reference data is not there: " + file);
        return file;
    }

    static JsonObject golden(String name) {
        Path file = file("golden/" + name);
        try (Reader reader = Files.newBufferedReader(file)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonObject> list(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    static double[] numbers(JsonElement array) {
        JsonArray a = array.getAsJsonArray();
        double[] values = new double[a.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = a.get(i).getAsDouble();
        }
        return values;
    }

    static FaceDescriptor descriptor(JsonObject face) {
        double[] numbers = numbers(face.get("descriptor"));
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        return new FaceDescriptor(MODEL, values);
    }
}
