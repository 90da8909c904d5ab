// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

/** Pictures that are scaled down while they are decoded. */
class LargePictureTest {
    private static final Path SAMPLES = Path.of("src/test/resources/pictures");
    private static final int WIDTH = 2600;
    private static final int HEIGHT = 1400;

    private final PictureFileReader reader = new PictureFileReader();

    /** Red grows to the right, green downwards. */
    private static final BufferedImage IMAGE =
            new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);

    static {
        byte[] bgr = ((DataBufferByte) IMAGE.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < bgr.length; i += 3) {
            bgr[i + 1] = (byte) (i / 3 / WIDTH * 256 / HEIGHT);
            bgr[i + 2] = (byte) (i / 3 % WIDTH * 256 / WIDTH);
        }
    }

    private static byte[] file(String format) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(IMAGE, format, file);
        return file.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "bmp", "tif"})
    void areScaledDownInEveryFormat(String format) throws Exception {
        Frame frame = reader.read(file(format), "large." + format, true);
        assertThat((long) frame.width() * frame.height())
                .isBetween(PictureReader.REDUCED_PIXELS * 99 / 100, PictureReader.REDUCED_PIXELS);
        assertThat(frame.sourceWidth()).isEqualTo(WIDTH);
        assertThat(frame.sourceHeight()).isEqualTo(HEIGHT);
        for (int y = 5; y < frame.height(); y += 100) {
            for (int x = 5; x < frame.width(); x += 100) {
                int at = 3 * (y * frame.width() + x);
                assertThat(Math.abs((frame.pixels()[at] & 0xFF) - x * 256 / frame.width()))
                        .as("red at %d,%d", x, y)
                        .isLessThanOrEqualTo(3);
                assertThat(Math.abs((frame.pixels()[at + 1] & 0xFF) - y * 256 / frame.height()))
                        .as("green at %d,%d", x, y)
                        .isLessThanOrEqualTo(3);
            }
        }
        assertThat(frame.inSource(new Box(0, 0, frame.width(), frame.height())))
                .isEqualTo(new Box(0, 0, WIDTH, HEIGHT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "bmp", "tif"})
    void areRefusedWhenTruncated(String format) throws Exception {
        byte[] file = file(format);
        assertThatThrownBy(
                        () -> reader.read(Arrays.copyOf(file, file.length * 3 / 4), "large", true))
                .isInstanceOf(PictureException.class)
                .hasMessageMatching("large is (truncated|damaged).*");
    }

    /** At a half it has as many pixels as one that is not large. */
    @Test
    void jpegIsNotLeftAtAHalf() throws Exception {
        BufferedImage image = new BufferedImage(3600, 2700, BufferedImage.TYPE_BYTE_GRAY);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", file);
        Frame frame = reader.read(file.toByteArray(), "a.jpg", true);
        assertThat((long) frame.width() * frame.height())
                .isBetween(PictureReader.REDUCED_PIXELS * 99 / 100, PictureReader.REDUCED_PIXELS);
    }

    @ParameterizedTest
    @CsvSource({
        "2600, 1400, 0",
        "4032, 3024, 1",
        "6000, 4000, 1",
        "8064, 6048, 2",
        "12000, 9000, 2",
        "16320, 12240, 3"
    })
    void jpegIsDecodedNoSmallerThanItIsWanted(int width, int height, int halvings) {
        assertThat(FfmpegJpeg.halvings(width, height)).isEqualTo(halvings);
    }

    /** Its coefficients are all in memory, whatever size it is decoded at. */
    @Test
    void hugeProgressiveJpegIsRefused() throws Exception {
        byte[] file = Files.readAllBytes(SAMPLES.resolve("progressive.jpg"));
        assertThat(JpegStructure.coefficientBytes(file)).isEqualTo(37 * 23 * 3);
        assertThat(JpegStructure.coefficientBytes(Files.readAllBytes(SAMPLES.resolve("rgb.jpg"))))
                .isZero();
        for (int at = 2; at < file.length; at++) {
            if (file[at] == -1 && (file[at + 1] & 0xFF) == 0xC2) {
                ByteBuffer.wrap(file)
                        .putShort(at + 5, (short) 12240)
                        .putShort(at + 7, (short) 16320);
                break;
            }
        }
        assertThatThrownBy(() -> reader.read(file, "huge.jpg", true))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith("huge.jpg is a progressive JPEG of 16320 x 12240 pixels");
    }

    /** Row by row as ImageIO and Pillow read it whole. */
    @Test
    void rowsOfPngAreThoseOfPillow() throws Exception {
        List<String> different = new ArrayList<>();
        int read = 0;
        for (Map.Entry<String, JsonElement> sample :
                SharedData.json(SAMPLES.resolve("expected.json")).entrySet()) {
            String name = sample.getKey();
            if (!name.endsWith(".png") || name.equals("bilevel.png")) {
                continue;
            }
            byte[] file = Files.readAllBytes(SAMPLES.resolve(name));
            assertThat(PngRows.canRead(file)).isTrue();
            JsonObject facts = sample.getValue().getAsJsonObject().getAsJsonObject("plain");
            RgbImage picture = RgbImage.empty(facts.get("width").getAsInt(), 23);
            PngRows.read(file, picture);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(picture.rgb());
            byte[] whole = reader.read(SAMPLES.resolve(name), false).pixels();
            if (!HexFormat.of().formatHex(hash).equals(facts.get("sha256").getAsString())
                    && !Arrays.equals(picture.rgb(), whole)) {
                different.add(name);
            }
            read++;
        }
        assertThat(different).isEmpty();
        assertThat(read).isGreaterThan(10);
    }
}
