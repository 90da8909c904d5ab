// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.encoder.Point;
import io.facegate.api.frame.Box;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.imageio.ImageIO;

/** The faces of the reference data whose chips are kept as pictures. */
final class GoldenFaces {
    /** A face as dlib found it. */
    record Face(String file, FaceDetection detection, Landmarks landmarks, FaceChip chip) {}

    private GoldenFaces() {}

    static List<Face> peer() throws IOException {
        List<Face> faces = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file("golden/golden_peer.json"))) {
            JsonObject golden = JsonParser.parseReader(reader).getAsJsonObject();
            for (JsonElement photo : golden.getAsJsonArray("photos")) {
                JsonObject p = photo.getAsJsonObject();
                if (p.has("hog_up1")) {
                    for (JsonElement face : p.getAsJsonObject("hog_up1").getAsJsonArray("faces")) {
                        add(faces, p.get("file").getAsString(), face.getAsJsonObject());
                    }
                }
            }
        }
        return faces;
    }

    private static void add(List<Face> faces, String file, JsonObject face) throws IOException {
        if (!face.has("chip_png")) {
            return;
        }
        List<Integer> rect = numbers(face.get("rect"));
        int left = Math.max(0, rect.get(0));
        int top = Math.max(0, rect.get(1));
        Box box = new Box(left, top, rect.get(2), rect.get(3));
        List<Point> points = new ArrayList<>();
        for (JsonElement point : face.getAsJsonArray("landmarks5")) {
            points.add(new Point(numbers(point).get(0), numbers(point).get(1)));
        }
        Path png =
                file("golden/png")
                        .resolve(Path.of(face.get("chip_png").getAsString()).getFileName());
        faces.add(
                new Face(
                        file,
                        new FaceDetection(box, face.get("score").getAsDouble()),
                        new Landmarks(points),
                        chip(ImageIO.read(png.toFile()))));
    }

    private static List<Integer> numbers(JsonElement array) {
        List<Integer> numbers = new ArrayList<>();
        array.getAsJsonArray().forEach(number -> numbers.add(number.getAsInt()));
        return numbers;
    }

    private static FaceChip chip(BufferedImage image) {
        int size = image.getWidth();
        byte[] rgb = new byte[3 * size * size];
        for (int i = 0; i < size * size; i++) {
            int pixel = image.getRGB(i % size, i / size);
            rgb[3 * i] = (byte) (pixel >> 16);
            rgb[3 * i + 1] = (byte) (pixel >> 8);
            rgb[3 * i + 2] = (byte) pixel;
        }
        return new FaceChip(size, rgb);
    }

    private static Path file(String name) {
        String shared =
                Optional.ofNullable(System.getenv("FACEGATE_SHARED")).orElse("../../../shared");
        Path file = Path.of(shared, name);
        assumeTrue(Files.exists(file), "reference data is not there: " + file);
        return file;
    }
}
