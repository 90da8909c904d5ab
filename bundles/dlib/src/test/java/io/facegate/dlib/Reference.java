// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.awt.color.ColorSpace;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * The reference data beside the checkout, {@code ../shared} or {@code FACEGATE_SHARED}: pictures,
 * models, and what face_recognition 1.3.0 on dlib 20.0.1 made of them (golden/README.md there).
 */
final class Reference {
    private Reference() {}

    /** Skips the test, saying why, when there is no reference data or no library to test. */
    static Path directory() {
        String given = System.getProperty("facegate.shared", System.getenv("FACEGATE_SHARED"));
        Path shared = given != null ? Path.of(given) : Path.of("../../../shared").toAbsolutePath();
        assumeTrue(
                Files.isDirectory(shared.resolve("golden")),
                () -> "no reference data: there is no folder " + shared.normalize() + "/golden");
        return shared;
    }

    static Path model(String name) {
        return directory().resolve("models").resolve(name);
    }

    static JsonObject json(String name) {
        try (Reader reader = Files.newBufferedReader(directory().resolve("golden").resolve(name))) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pictures of a golden file that have results of their own. */
    static List<GoldenPicture> pictures(String name) {
        JsonObject golden = json(name);
        String root = golden.getAsJsonObject("meta").get("root").getAsString();
        List<GoldenPicture> pictures = new ArrayList<>();
        for (JsonElement photo : golden.getAsJsonArray("photos")) {
            if (!photo.getAsJsonObject().has("same_bytes_as")) {
                pictures.add(new GoldenPicture(root, photo.getAsJsonObject()));
            }
        }
        return pictures;
    }

    static Image photo(String name) {
        return decode(directory().resolve("photos").resolve(name));
    }

    /**
     * Decodes as Pillow does: the raster's own samples, no colour profile applied (the reader's
     * first choice would apply it), transparency dropped.
     */
    static Image decode(Path file) {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            reader.setInput(in);
            ImageReadParam unconverted = reader.getDefaultReadParam();
            reader.getImageTypes(0)
                    .forEachRemaining(
                            type -> {
                                ColorSpace space = type.getColorModel().getColorSpace();
                                if (space.getType() == ColorSpace.TYPE_RGB && !space.isCS_sRGB()) {
                                    unconverted.setDestinationType(type);
                                }
                            });
            Raster raster = reader.read(0, unconverted).getRaster();
            int width = raster.getWidth();
            int height = raster.getHeight();
            byte[] rgb = new byte[3 * width * height];
            int[] samples = new int[width * height];
            for (int channel = 0; channel < 3; channel++) {
                raster.getSamples(0, 0, width, height, channel, samples);
                for (int i = 0; i < samples.length; i++) {
                    rgb[3 * i + channel] = (byte) samples[i];
                }
            }
            return new Image(rgb, width, height, PixelFormat.RGB24);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static double distance(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - (double) b[i]) * (a[i] - (double) b[i]);
        }
        return Math.sqrt(sum);
    }
}
