// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the converter makes of files. That the models give dlib's answers is tested where they run,
 * in bundles/onnx.
 */
class ConverterTest {
    private static final Path MODELS = Path.of("../../models");
    private static final Path RESNET =
            file("dlib-resnet", "dlib_face_recognition_resnet_model_v1.dat");
    private static final Path MMOD = file("dlib-mmod", "mmod_human_face_detector.dat");
    private static final Path LANDMARKS =
            file("dlib-landmarks5", "shape_predictor_5_face_landmarks.dat");

    @TempDir Path folder;

    @Test
    void sameFileGivesTheSameBytes() throws Exception {
        byte[] dat = Files.readAllBytes(RESNET);
        assertThat(Converter.resnet(dat, Storage.FP32))
                .isEqualTo(Converter.resnet(dat, Storage.FP32));
    }

    @Test
    void halfPrecisionHalvesTheFile() throws Exception {
        byte[] dat = Files.readAllBytes(RESNET);
        int whole = Converter.resnet(dat, Storage.FP32).length;
        assertThat(Converter.resnet(dat, Storage.FP16).length)
                .isBetween(whole / 2, whole / 2 + 40_000);
    }

    @Test
    void commandLineWritesTheModel() throws Exception {
        Path onnx = folder.resolve("new/mmod.onnx");
        Converter.main(new String[] {"mmod", MMOD.toString(), onnx.toString()});
        assertThat(onnx).hasBinaryContent(Converter.mmod(Files.readAllBytes(MMOD), Storage.FP32));
    }

    @Test
    void otherNetworksAreNamedAsSuch() {
        assertThatThrownBy(() -> Converter.resnet(Files.readAllBytes(MMOD), Storage.FP32))
                .isInstanceOf(DatFormatException.class)
                .hasMessageMatching(
                        "at byte \\d+: found \"loss_mmod_\", expected loss_metric_ or"
                                + " loss_metric_2");
        assertThatThrownBy(() -> Converter.mmod(Files.readAllBytes(RESNET), Storage.FP32))
                .hasMessageContaining("expected loss_mmod_");
        assertThatThrownBy(() -> Converter.mmod(Files.readAllBytes(LANDMARKS), Storage.FP32))
                .isInstanceOf(DatFormatException.class)
                .hasMessageStartingWith("at byte ");
        String[] arguments = {"resnet", MMOD.toString(), folder.resolve("x.onnx").toString()};
        assertThatThrownBy(() -> Converter.main(arguments))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(MMOD + " is not what resnet needs, at byte ");
    }

    @Test
    void truncatedFilesAreRefusedWhereverTheyEnd() throws Exception {
        byte[] dat = Files.readAllBytes(MMOD);
        for (int length = 0; length < dat.length; length += length < 500 ? 1 : 9973) {
            byte[] part = Arrays.copyOf(dat, length);
            assertThatThrownBy(() -> Converter.mmod(part, Storage.FP32))
                    .as("the first %d bytes", length)
                    .isInstanceOf(DatFormatException.class);
        }
    }

    /** Bytes that are no weights: a changed one is found or gives another model, never a crash. */
    @Test
    void changedHeadersNeverCrash() throws Exception {
        byte[] dat = Files.readAllBytes(MMOD);
        int refused = 0;
        for (int at = 0; at < 300; at++) {
            byte[] changed = dat.clone();
            changed[at] ^= (byte) 0xff;
            try {
                assertThat(Converter.mmod(changed, Storage.FP32)).hasSizeGreaterThan(100);
            } catch (DatFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(30);
    }

    @Test
    void bytesAtTheEndAreRefused() throws Exception {
        byte[] dat = Files.readAllBytes(MMOD);
        assertThatThrownBy(() -> Converter.mmod(Arrays.copyOf(dat, dat.length + 3), Storage.FP32))
                .hasMessage(
                        "at byte %d: 3 bytes follow that do not belong to the network", dat.length);
    }

    @ParameterizedTest
    @ValueSource(
            floats = {
                0,
                1,
                -1,
                0.1f,
                65504,
                65519,
                65520,
                1e9f,
                0x1p-14f,
                0x1p-15f,
                0x1.8p-24f,
                0x1p-24f,
                0x1p-25f,
                0x1.004p0f,
                0x1.006p0f,
                -0x1.ffcp-15f,
                3.14159f
            })
    void halvesAreRoundedToTheNearest(float value) {
        int bits = Half.of(value) & 0xffff;
        float half = decoded(bits);
        assertThat(Float.isInfinite(half)).isEqualTo(Math.abs(value) >= 65520);
        for (int neighbour = Math.max(0, (bits & 0x7fff) - 1);
                neighbour <= Math.min(0x7c00, (bits & 0x7fff) + 1);
                neighbour++) {
            float other = Math.copySign(decoded(neighbour), value);
            if (Float.isFinite(other) && Float.isFinite(half)) {
                assertThat(Math.abs((double) half - value))
                        .isLessThanOrEqualTo(Math.abs((double) other - value));
            }
        }
    }

    private static float decoded(int bits) {
        int exponent = bits >> 10 & 31;
        int mantissa = bits & 0x3ff;
        float magnitude =
                exponent == 31
                        ? Float.POSITIVE_INFINITY
                        : exponent == 0
                                ? mantissa * 0x1p-24f
                                : Math.scalb(1024 + mantissa, exponent - 25);
        return bits >> 15 == 1 ? -magnitude : magnitude;
    }

    private static Path file(String module, String name) {
        return MODELS.resolve(module).resolve("src/main/resources/model").resolve(name);
    }
}
