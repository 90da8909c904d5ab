// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.encoder.Point;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelKey;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** The reference pictures and what face_recognition found in each. */
public final class Golden {
    /** Java decodes 20 samples of this JPEG off by one. */
    private static final String OFF_BY_ONE = "tests/test_images/obama3.jpg";

    private Golden() {}

    /** One picture and what the reference found. */
    public record Photo(String set, JsonObject json) {
        /** Its path within the set. */
        public String name() {
            return json.get("file").getAsString();
        }

        /** Number of pixels. */
        public int pixels() {
            return json.get("width").getAsInt() * json.get("height").getAsInt();
        }

        /** The picture, checked to be the reference's. */
        public Frame frame() throws IOException {
            Frame frame =
                    decode(SharedData.folder().resolve("photos").resolve(set).resolve(name()));
            assertThat(isExact(frame)).as("decoded pixels").isEqualTo(!name().equals(OFF_BY_ONE));
            return frame;
        }

        /** Whether these are the pixels that the reference used. */
        public boolean isExact(Frame frame) {
            return sha256(frame.pixels()).equals(json.get("rgb_sha256").getAsString());
        }

        /** The picture that a run used: scaled down where it was too large for the reference. */
        public Frame frame(String run) throws IOException {
            JsonObject used = json.getAsJsonObject(run);
            return unscaled(run)
                    ? frame()
                    : decode(
                            SharedData.folder()
                                    .resolve("golden/png")
                                    .resolve(used.get("scaled_png").getAsString()));
        }

        /** Faces of a run: hog_up0, hog_up1 or cnn_up0. */
        public List<JsonObject> faces(String run) {
            return SharedData.list(json.getAsJsonObject(run).get("faces"));
        }

        /** Whether the run used the picture as it is. */
        public boolean unscaled(String run) {
            return json.getAsJsonObject(run).get("scale").getAsDouble() == 1;
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /** All distinct pictures of both sets. */
    public static Stream<Photo> photos() throws IOException {
        SharedData.file("golden");
        return Stream.concat(photos("dlib"), photos("peer"));
    }

    /** One of them, by its path. */
    public static Photo photo(String name) throws IOException {
        return photos().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    /** face_recognition's trimmed box. */
    public static Box box(JsonObject face) {
        int[] css =
                StreamSupport.stream(face.getAsJsonArray("fr_css").spliterator(), false)
                        .mapToInt(JsonElement::getAsInt)
                        .toArray();
        return new Box(css[3], css[0], css[1], css[2]);
    }

    /** What the reference found with that box: landmarks5 and descriptor. */
    public static JsonObject withTrimmedBox(JsonObject face) {
        return face.has("trimmed") ? face.getAsJsonObject("trimmed") : face;
    }

    /** The 5 points. */
    public static Landmarks landmarks(JsonObject face) {
        return new Landmarks(
                StreamSupport.stream(face.getAsJsonArray("landmarks5").spliterator(), false)
                        .map(JsonElement::getAsJsonArray)
                        .map(p -> new Point(p.get(0).getAsInt(), p.get(1).getAsInt()))
                        .toList());
    }

    /** The reference's descriptor, said to be of a model. */
    public static FaceDescriptor descriptor(JsonObject face, ModelKey model) {
        return new FaceDescriptor(model, SharedData.descriptor(face).toArray());
    }

    private static Stream<Photo> photos(String set) throws IOException {
        return SharedData.list(SharedData.golden("golden_" + set + ".json").get("photos")).stream()
                .filter(p -> p.has("rgb_sha256"))
                .map(p -> new Photo(set, p));
    }

    /** The bands as they are in the file: no colour management, no alpha. */
    private static Frame decode(Path file) throws IOException {
        BufferedImage image;
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            reader.setInput(in, true, true);
            image = reader.read(0);
        }
        int width = image.getWidth();
        int height = image.getHeight();
        int bands = image.getRaster().getNumBands();
        byte[] raw = (byte[]) image.getRaster().getDataElements(0, 0, width, height, null);
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = raw[bands * i + (bands >= 3 ? c : 0)];
            }
        }
        return Frame.rgb(file.getFileName().toString(), 0, Instant.EPOCH, width, height, rgb);
    }

    /** Lower-case hex. */
    public static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
