// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One picture of a golden file. */
final class GoldenPicture {
    private final String root;
    private final JsonObject json;

    GoldenPicture(String root, JsonObject json) {
        this.root = root;
        this.json = json;
    }

    /** One face as the reference found it. */
    record Face(JsonObject json) {
        Detection detection() {
            JsonElement weight = json.get("weight_index");
            return new Detection(
                    rectangle("rect"),
                    json.get("score").getAsDouble(),
                    weight == null ? 0 : weight.getAsInt());
        }

        Rectangle landmarksBox() {
            return rectangle(json.has("landmarks5_rect") ? "landmarks5_rect" : "rect");
        }

        List<Point> landmarks() {
            List<Point> points = new ArrayList<>();
            for (JsonElement point : json.getAsJsonArray("landmarks5")) {
                JsonArray xy = point.getAsJsonArray();
                points.add(new Point(xy.get(0).getAsInt(), xy.get(1).getAsInt()));
            }
            return points;
        }

        float[] descriptor() {
            JsonArray values = json.getAsJsonArray("descriptor");
            float[] descriptor = new float[values.size()];
            IntStream.range(0, descriptor.length)
                    .forEach(i -> descriptor[i] = values.get(i).getAsFloat());
            return descriptor;
        }

        Optional<String> chipSha256() {
            return Optional.ofNullable(json.get("chip_rgb_sha256")).map(JsonElement::getAsString);
        }

        /** The same face within the box trimmed to the picture, where that differs. */
        Optional<Face> trimmed() {
            return Optional.ofNullable(json.getAsJsonObject("trimmed")).map(Face::new);
        }

        private Rectangle rectangle(String name) {
            JsonArray r = json.getAsJsonArray(name);
            return new Rectangle(
                    r.get(0).getAsInt(),
                    r.get(1).getAsInt(),
                    r.get(2).getAsInt(),
                    r.get(3).getAsInt());
        }
    }

    Path path() {
        return Reference.directory().resolve("photos").resolve(root).resolve(file());
    }

    String rgbSha256() {
        return json.get("rgb_sha256").getAsString();
    }

    /**
     * @param run hog_up0, hog_up1 or cnn_up0
     */
    List<Face> faces(String run) {
        return faces(run, "faces");
    }

    /** All candidates with a score above -0.5. */
    List<Face> candidates(String run) {
        return faces(run, "run_adjust_-0.5");
    }

    /** Where the picture given to the CNN is, when it was scaled first. */
    Optional<Path> cnnInput() {
        JsonElement scaled = json.getAsJsonObject("cnn_up0").get("scaled_png");
        return Optional.ofNullable(scaled)
                .filter(png -> !png.isJsonNull())
                .map(png -> Reference.directory().resolve("golden/png").resolve(png.getAsString()));
    }

    String cnnRgbSha256() {
        return json.getAsJsonObject("cnn_up0").get("rgb_sha256").getAsString();
    }

    @Override
    public String toString() {
        return file();
    }

    private String file() {
        return json.get("file").getAsString();
    }

    private List<Face> faces(String run, String list) {
        List<Face> faces = new ArrayList<>();
        for (JsonElement face : json.getAsJsonObject(run).getAsJsonArray(list)) {
            faces.add(new Face(face.getAsJsonObject()));
        }
        return faces;
    }
}
