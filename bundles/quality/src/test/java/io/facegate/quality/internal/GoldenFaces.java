// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Box;
import io.facegate.testing.Golden;
import io.facegate.testing.SharedData;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

/** The faces of the reference data whose chips are kept as pictures. */
public final class GoldenFaces {
    /** A face as dlib found it. */
    public record Face(String file, FaceDetection detection, Landmarks landmarks, FaceChip chip) {}

    private GoldenFaces() {}

    /** The faces of the peer's pictures. */
    public static List<Face> peer() throws IOException {
        List<Face> faces = new ArrayList<>();
        for (JsonObject photo :
                SharedData.list(SharedData.golden("golden_peer.json").get("photos"))) {
            if (photo.has("hog_up1")) {
                for (JsonObject face :
                        SharedData.list(photo.getAsJsonObject("hog_up1").get("faces"))) {
                    add(faces, photo.get("file").getAsString(), face);
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
        Path png =
                SharedData.file("golden/png")
                        .resolve(Path.of(face.get("chip_png").getAsString()).getFileName());
        faces.add(
                new Face(
                        file,
                        new FaceDetection(box, face.get("score").getAsDouble()),
                        Golden.landmarks(face),
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
}
