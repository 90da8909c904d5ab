// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The reference data, in {@code ../shared} beside the project or in FACEGATE_SHARED; tests that
 * need it are skipped without.
 */
public final class SharedData {
    /** The model of the descriptors here. */
    public static final ModelKey MODEL = new ModelKey("dlib-resnet-v1", "w");

    private SharedData() {}

    /** Where it is, whether it is there or not: relative to the folder of a module. */
    static Path folder() {
        return Path.of(
                        Optional.ofNullable(System.getenv("FACEGATE_SHARED"))
                                .orElse("../../../shared"))
                .toAbsolutePath()
                .normalize();
    }

    /** A file of it; without it the test is skipped. */
    public static Path file(String name) {
        Path file = folder().resolve(name);
        assumeTrue(
                Files.exists(file), () -> "no reference data at " + file + ": set FACEGATE_SHARED");
        return file;
    }

    /** A file of the golden results. */
    public static JsonObject golden(String name) {
        return json(file("golden/" + name));
    }

    /** Any file with one JSON object. */
    public static JsonObject json(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of an array. */
    public static List<JsonObject> list(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** The numbers of an array. */
    public static double[] numbers(JsonElement array) {
        JsonArray a = array.getAsJsonArray();
        double[] values = new double[a.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = a.get(i).getAsDouble();
        }
        return values;
    }

    /** The descriptor of a face. */
    public static FaceDescriptor descriptor(JsonObject face) {
        double[] numbers = numbers(face.get("descriptor"));
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        return new FaceDescriptor(MODEL, values);
    }

    /** A rectangle as left, top, right, bottom. */
    public static Box box(JsonElement rect) {
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
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
            }
        }
        return people;
    }
}
