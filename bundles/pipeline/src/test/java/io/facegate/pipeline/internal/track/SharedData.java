// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.model.ModelKey;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The reference data beside the project; tests that need it are skipped without. */
public final class SharedData {
    public static final ModelKey MODEL = new ModelKey("dlib-resnet-v1", "w");

    private SharedData() {}

    public static Path file(String name) {
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

    static Box box(JsonElement rect) {
        double[] r = numbers(rect);
        return new Box((int) r[0], (int) r[1], (int) r[2], (int) r[3]);
    }

    /** The descriptors (HOG, upsample 1) of the first face of the pictures of each of 5 people. */
    public static Map<String, List<FaceDescriptor>> johns() {
        Map<String, List<FaceDescriptor>> people = new LinkedHashMap<>();
        for (JsonObject photo : list(golden("golden_dlib.json").get("photos"))) {
            String[] path = photo.get("file").getAsString().split("/");
            if (path[0].equals("johns") && photo.has("hog_up1")) {
                JsonObject face = list(photo.getAsJsonObject("hog_up1").get("faces")).get(0);
                people.merge(
                        path[1],
                        List.of(descriptor(face)),
                        (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
            }
        }
        return people;
    }
}
