// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;
import io.facegate.api.picture.PictureException;
import io.facegate.testing.SharedData;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import javax.imageio.ImageIO;

class PictureFileReaderTest {
    private static final Path SAMPLES = Path.of("src/test/resources/pictures");

    /**
     * 4:4:0 JPEG: FFmpeg's, so that it is the same on every Java. Lossy WebP: chroma is scaled up
     * in another way. Palettes of TIFF: ImageIO rounds their 16 bits, at most one step off. 16-bit
     * gray: Pillow makes everything above 255 white, which is of no use to anybody; here the upper
     * 8 bits count, as in colour.
     */
    private static final Set<String> OTHERWISE =
            Set.of(
                    "animated.webp",
                    "bilevel.png",
                    "lossy.webp",
                    "palette.tif",
                    "gray16.png",
                    "rgb440.jpg");

    private final PictureFileReader reader = new PictureFileReader();
    @TempDir Path temp;

    @ParameterizedTest
    @CsvSource({"golden_peer.json, peer", "golden_dlib.json, dlib"})
    void decodesToTheReferencePixels(String golden, String folder) throws Exception {
        Path shared = SharedData.file("");
        List<String> different = new ArrayList<>();
        int pictures = 0;
        for (JsonElement element :
                SharedData.json(shared.resolve("golden").resolve(golden))
                        .getAsJsonArray("photos")) {
            JsonObject photo = element.getAsJsonObject();
            String name = photo.get("file").getAsString();
            if (photo.has("same_bytes_as")) {
                continue;
            }
            Frame frame = reader.read(shared.resolve("photos/" + folder).resolve(name), false);
            if (!sha256(frame).equals(photo.get("rgb_sha256").getAsString())) {
                different.add(name);
            }
            pictures++;
        }
        assertThat(different).isEmpty();
        assertThat(pictures).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "upright"})
    void decodesEveryFormAsPillowDoes(String how) throws Exception {
        List<String> different = new ArrayList<>();
        for (Map.Entry<String, JsonElement> sample :
                SharedData.json(SAMPLES.resolve("expected.json")).entrySet()) {
            String name = sample.getKey();
            if (OTHERWISE.contains(name)) {
                continue;
            }
            JsonObject facts = sample.getValue().getAsJsonObject().getAsJsonObject(how);
            try {
                Frame frame = reader.read(SAMPLES.resolve(name), how.equals("upright"));
                if (frame.width() != facts.get("width").getAsInt()
                        || !sha256(frame).equals(facts.get("sha256").getAsString())) {
                    different.add(name);
                }
            } catch (PictureException e) {
                different.add(name + ": " + e.getMessage());
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void formsThatDifferOnPurposeAreNearPillows() throws Exception {
        assertThat(difference("lossy.webp", "lossy_decoded.png")).isLessThan(8);
        assertThat(difference("rgb440.jpg", "rgb440_decoded.png")).isLessThan(0.2);
        assertThat(difference("palette.tif", "palette.png")).isLessThanOrEqualTo(1);
        Frame gray = reader.read(SAMPLES.resolve("gray16.png"), false);
        assertThat(gray.pixels()[3 * 9]).isEqualTo((byte) (9 * 1771 >> 8));
    }

    private double difference(String one, String other) throws PictureException {
        byte[] a = reader.read(SAMPLES.resolve(one), false).pixels();
        byte[] b = reader.read(SAMPLES.resolve(other), false).pixels();
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
        }
        return sum / (double) a.length;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.jpg",
                "progressive.jpg",
                "gray.jpg",
                "cmyk.jpg",
                "rgb.png",
                "rgb.bmp",
                "rgb.tif",
                "still.gif",
                "lossless.webp",
                "lossy.webp",
                "palette.png"
            })
    void truncatedFilesAreRefused(String name) throws Exception {
        byte[] file = Files.readAllBytes(SAMPLES.resolve(name));
        for (int length : new int[] {file.length / 2, file.length * 3 / 4}) {
            assertThatThrownBy(
                            () -> reader.read(Arrays.copyOf(file, length), name, false),
                            "%s cut to %d of %d",
                            name,
                            length,
                            file.length)
                    .isInstanceOf(PictureException.class)
                    .hasMessageContaining(name)
                    .hasMessageMatching(".*(truncated|damaged).*");
        }
    }

    @Test
    void jpegWithoutItsLastByteIsRefusedAsPillowDoes() throws Exception {
        byte[] file = Files.readAllBytes(SAMPLES.resolve("rgb.jpg"));
        assertThatThrownBy(() -> reader.read(Arrays.copyOf(file, file.length - 1), "x", false))
                .hasMessageContaining("truncated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.jpg", "rgb.png", "rgb.bmp", "rgb.tif", "still.gif", "lossy.webp"})
    void damagedFilesAreReadOrRefusedButNeverBreakAnything(String name) throws Exception {
        DamagedFiles.areReadOrRefused(
                reader, name, Files.readAllBytes(SAMPLES.resolve(name)), 2, 3);
    }

    @Test
    void pictureBombIsRefusedBeforeItIsDecoded() throws Exception {
        byte[] png = Files.readAllBytes(SAMPLES.resolve("rgb.png"));
        ByteBuffer.wrap(png).putInt(16, 100_000).putInt(20, 100_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        assertThatThrownBy(() -> reader.read(png, "bomb.png", false))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("too large: 100000 x 100000 pixels");
    }

    @Test
    void hugeWebpIsRefusedBeforeItIsDecoded() throws Exception {
        byte[] webp = Files.readAllBytes(SAMPLES.resolve("animated.webp"));
        for (int i = 24; i < 30; i++) {
            webp[i] = (byte) 0x7F;
        }
        assertThatThrownBy(() -> reader.read(webp, "huge.webp", false))
                .hasMessageContaining("too large");
        webp[26] = 0;
        webp[29] = 0;
        webp[28] = 0x0F;
        assertThatThrownBy(() -> reader.read(webp, "large.webp", false))
                .hasMessageContaining("large.webp has 32640 x 3968 pixels in one piece");
    }

    @Test
    void badInputGivesOneClearMessageEach() throws Exception {
        Path empty = Files.createFile(temp.resolve("empty.jpg"));
        Path text = Files.writeString(temp.resolve("text.jpg"), "not a picture at all");
        Path heic = temp.resolve("phone.heic");
        Files.write(heic, "\0\0\0\u0018ftypheic\0\0\0\0mif1".getBytes(StandardCharsets.US_ASCII));
        assertRefused(empty, "empty");
        assertRefused(text, "not a picture");
        assertRefused(heic, "is damaged");
        assertRefused(temp, "is a folder");
        assertRefused(temp.resolve("absent.png"), "is not there");
        assertRefused(SAMPLES.resolve("animated.webp"), "animated WebP");
        assertRefused(SAMPLES.resolve("unknown.jp2"), "not a picture");
    }

    /** The gateway ends with the first error for want of memory. */
    @Test
    void pictureForWhichThereIsNoRoomIsRefusedBeforeItIsDecoded() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3000, 2000, BufferedImage.TYPE_BYTE_INDEXED), "gif", file);
        long decoded = 3000L * 2000 + AreaReducer.BYTES;
        AtomicLong free = new AtomicLong(decoded);
        AtomicInteger collections = new AtomicInteger();
        HeapRoom heap = new HeapRoom(free::get, collections::incrementAndGet);
        assertThatThrownBy(() -> new PictureDecoder(file.toByteArray(), "a.gif", heap).decode(true))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith("a.gif needs more memory than there is: make it smaller");
        assertThat(collections).hasValue(1);
        free.set(decoded + HeapRoom.RESERVE);
        assertThat(new PictureDecoder(file.toByteArray(), "a.gif", heap).decode(true).sourceWidth())
                .isEqualTo(3000);
        assertThat(collections).as("no need").hasValue(1);
        byte[] small = Files.readAllBytes(SAMPLES.resolve("rgb.png"));
        free.set(0);
        assertThat(new PictureDecoder(small, "b.png", heap).decode(true).width()).isPositive();
    }

    /** A megabyte of it may become a gigabyte, which ends the gateway. */
    @Test
    void textsOfPicturesAreNotUnfolded() throws Exception {
        byte[] plain = Files.readAllBytes(SAMPLES.resolve("rgb.png"));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int head = 8 + 25;
        file.write(plain, 0, head);
        file.write(text(1));
        file.write(plain, head, plain.length - head);
        file.write(text(1));
        assertThat(PngStructure.pixels(file.toByteArray()).readAllBytes())
                .isEqualTo(PngStructure.pixels(plain).readAllBytes())
                .startsWith(Arrays.copyOf(plain, head));
        assertThat(reader.read(file.toByteArray(), "a.png", true).pixels())
                .isEqualTo(reader.read(plain, "b.png", true).pixels());
        byte[] torn = Arrays.copyOf(plain, plain.length / 2);
        assertThat(PngStructure.pixels(torn)).isNotEmpty();
        assertThatThrownBy(() -> reader.read(torn, "torn.png", true))
                .hasMessageContaining("torn.png is ");
    }

    /** A chunk zTXt. */
    private static byte[] text(int megabytes) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write("zTXtComment\0\0".getBytes(StandardCharsets.US_ASCII));
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(content)) {
            for (int i = 0; i < megabytes; i++) {
                deflater.write(new byte[1 << 20]);
            }
        }
        CRC32 sum = new CRC32();
        sum.update(content.toByteArray());
        ByteBuffer chunk = ByteBuffer.allocate(content.size() + 8);
        chunk.putInt(content.size() - 4).put(content.toByteArray()).putInt((int) sum.getValue());
        return chunk.array();
    }

    @Test
    void pipeIsRefusedAndNotWaitedFor() throws Exception {
        Path pipe = temp.resolve("pipe.jpg");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeTrue(made.waitFor() == 0, "mkfifo makes pipes");
        assertRefused(pipe, "is a device or a pipe");
    }

    @Test
    void fileWithoutPermissionIsNamed() throws Exception {
        Path file = Files.copy(SAMPLES.resolve("rgb.png"), temp.resolve("secret.png"));
        assertThat(file.toFile().setReadable(false)).isTrue();
        assumeFalse(Files.isReadable(file), "root reads every file");
        assertRefused(file, "may not be read");
    }

    @Test
    void framesAreNamedAfterTheirFile() throws Exception {
        Frame frame = reader.read(SAMPLES.resolve("rgb.png"), false);
        assertThat(frame.sourceId()).isEqualTo("rgb.png");
        assertThat(frame.format()).isEqualTo(PixelFormat.RGB24);
        assertThat(frame.sequence()).isZero();
    }

    @Test
    void knowsPicturesByTheirEnding() {
        assertThat(reader.isPicture(Path.of("a/b.JPG"))).isTrue();
        assertThat(reader.isPicture(Path.of("b.webp"))).isTrue();
        assertThat(reader.isPicture(Path.of("b.mp4"))).isFalse();
        assertThat(reader.isPicture(Path.of(".hidden.jpg"))).isFalse();
        assertThat(reader.isPicture(Path.of("jpg"))).isFalse();
    }

    @Test
    void webpLeavesNoNativeMemory() throws Exception {
        byte[] file = Files.readAllBytes(SAMPLES.resolve("lossy.webp"));
        reader.read(file, "x", false);
        long before = Pointer.totalBytes();
        for (int i = 0; i < 500; i++) {
            reader.read(file, "x", false);
        }
        assertThat(Pointer.totalBytes()).isEqualTo(before);
    }

    private void assertRefused(Path file, String words) {
        assertThatThrownBy(() -> reader.read(file, false))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining(String.valueOf(file.getFileName()))
                .hasMessageContaining(words);
    }

    private static String sha256(Frame frame) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(frame.pixels()));
    }
}
