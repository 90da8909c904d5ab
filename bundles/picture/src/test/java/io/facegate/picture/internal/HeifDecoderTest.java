// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** HEIC and AVIF beside what libheif makes of them; see the script that made them. */
class HeifDecoderTest {
    private static final Path SAMPLES = Path.of("src/test/resources/heif");

    /** Mean difference of samples: libheif scales the chroma up in another way. */
    private static final double NEAR = 2.5;

    private final PictureFileReader reader = new PictureFileReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "single.heic",
                "grid.heic",
                "turned.heic",
                "mirrored.heic",
                "mirrored_first.heic",
                "cropped.heic",
                "single.avif",
                "grid.avif"
            })
    void isWhatLibheifMakesOfIt(String name) throws Exception {
        Frame expected = reader.read(SAMPLES.resolve(name + ".png"), true);
        for (boolean upright : new boolean[] {true, false}) {
            Frame frame = reader.read(SAMPLES.resolve(name), upright);
            assertThat(frame.width()).isEqualTo(expected.width());
            assertThat(frame.height()).isEqualTo(expected.height());
            assertThat(difference(frame, expected)).isLessThan(NEAR);
        }
    }

    private static double difference(Frame one, Frame other) {
        long sum = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            sum += Math.abs((one.pixels()[i] & 0xFF) - (other.pixels()[i] & 0xFF));
        }
        return (double) sum / one.pixels().length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"single.heic", "grid.heic", "grid.avif"})
    void truncatedFilesAreRefused(String name) throws Exception {
        byte[] file = Files.readAllBytes(SAMPLES.resolve(name));
        for (int length : new int[] {file.length / 3, file.length * 3 / 4}) {
            assertThatThrownBy(() -> reader.read(Arrays.copyOf(file, length), name, true))
                    .isInstanceOf(PictureException.class)
                    .hasMessageStartingWith(name + " ")
                    .hasMessageMatching(".*(truncated|damaged).*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grid.heic", "cropped.heic", "grid.avif"})
    void damagedFilesAreReadOrRefusedButNeverBreakAnything(String name) throws Exception {
        DamagedFiles.areReadOrRefused(
                reader, name, Files.readAllBytes(SAMPLES.resolve(name)), 8, 7);
    }

    @Test
    void codecThatIsNotThereIsNamed() throws Exception {
        String file = new String(bytes("single.heic"), StandardCharsets.ISO_8859_1);
        byte[] other = file.replace("hvc1", "vvc1").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> reader.read(other, "IMG_2.HEIC", true))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith("IMG_2.HEIC has ")
                .hasMessageContaining("Save it as JPEG");
        assertThatThrownBy(
                        () ->
                                new PacketDecoder(1 << 20)
                                        .decode(new byte[10], decoder -> {}, picture -> {}))
                .isInstanceOf(UnreadFormException.class)
                .hasMessageContaining("no decoder");
    }

    @Test
    void leavesNoNativeMemory() throws Exception {
        byte[] file = bytes("turned.heic");
        reader.read(file, "x", true);
        long before = Pointer.totalBytes();
        for (int i = 0; i < 50; i++) {
            reader.read(file, "x", true);
        }
        assertThat(Pointer.totalBytes()).isEqualTo(before);
    }

    private static byte[] bytes(String name) throws Exception {
        return Files.readAllBytes(SAMPLES.resolve(name));
    }
}
