// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.FaceAlignment;
import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelInfo.Terms;
import io.facegate.api.model.ModelKind;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.model.loader.SelfTest;
import io.facegate.testing.ModelJar;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** An encoder of another kind than dlib's: fp32 planes of 112 x 112, one at a time, 192 numbers. */
class OwnEncoderTest {
    /**
     * AveragePool of 14 x 14 pixels (opset 13) and Flatten, of 1 x 3 x 112 x 112, made with the
     * PyPI package onnx 1.23.2.
     */
    private static final byte[] AVERAGES =
            Base64.getDecoder()
                    .decode(
                            "CAgSADqeAQpACgVpbnB1dBIBcCILQXZlcmFnZVBvb2wqFQoMa2VybmVsX3NoYXBlQA5ADq"
                                    + "ABByoQCgdzdHJpZGVzQA5ADqABBwoUCgFwEgZvdXRwdXQiB0ZsYXR0ZW4SCGF2ZXJhZ2Vz"
                                    + "Wh8KBWlucHV0EhYKFAgBEhAKAggBCgIIAwoCCHAKAghwYhkKBm91dHB1dBIPCg0IARIJCg"
                                    + "IIAQoDCMABQgQKABAN");

    private static final int DIMENSION = 192;
    private static final EncoderInput INPUT =
            new EncoderInput(
                    FaceAlignment.ARCFACE,
                    112,
                    false,
                    List.of(100.0, 100.0, 100.0),
                    List.of(50.0, 50.0, 50.0));

    @TempDir private Path folder;
    private Networks networks;
    private Path file;

    @BeforeEach
    void file() throws IOException {
        networks = new Networks(folder, 2);
        file = Files.write(folder.resolve("averages.onnx"), AVERAGES);
    }

    private record Bundle(ModelInfo info, float[] expected, String within) implements ModelData {
        @Override
        public byte[] read() {
            return AVERAGES;
        }

        @Override
        public Optional<InputStream> selfTest(String name) throws IOException {
            if (!name.equals("expected.json")) {
                return ModelJar.resnet("dlib").selfTest(name);
            }
            String json =
                    "{\"picture\": \"chip.png\", %s \"descriptor\": %s}"
                            .formatted(within, Arrays.toString(expected));
            return Optional.of(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void accepted() {
            throw new IllegalStateException();
        }

        @Override
        public void refused(String reason) {
            throw new IllegalStateException();
        }
    }

    private static ModelInfo info(int dimension, Metric metric) {
        var traits = new EncoderTraits(dimension, metric, INPUT, 1.1, 1.4);
        return new ModelInfo(
                "mine", ModelKind.ENCODER, "onnx", "1.0.0", "s", "w", traits, Terms.UNSAID);
    }

    private static FaceChip chip() throws Exception {
        var test = SelfTest.of(ModelJar.resnet("dlib"));
        return new FaceChip(150, test.picture().pixels());
    }

    private OnnxFaceEncoder load(Bundle bundle) throws ModelRefusedException, IOException {
        return new EncoderLoader(networks, 8).load(bundle);
    }

    private float[] probed(Metric metric) throws Exception {
        return new OnnxProbe(networks).probe(file, INPUT, metric, chip()).descriptor();
    }

    @Test
    void itIsLoadedWithAsManyNumbersAsItHas() throws Exception {
        float[] expected = probed(Metric.EUCLIDEAN);
        assertThat(expected).hasSize(DIMENSION);
        try (var encoder = load(new Bundle(info(DIMENSION, Metric.EUCLIDEAN), expected, ""))) {
            List<FaceDescriptor> faces =
                    encoder.encode(List.of(chip(), new FaceChip(150, new byte[67500]), chip()));
            assertThat(faces.get(0).toArray())
                    .isEqualTo(expected)
                    .isEqualTo(faces.get(2).toArray());
            // black, as (0 - 100) / 50
            assertThat(faces.get(1).toArray()).containsOnly(-2);
        }
    }

    @Test
    void ofACosineOnlyDirectionsCount() throws Exception {
        float[] expected = probed(Metric.COSINE);
        double sum = 0;
        for (float value : expected) {
            sum += value * value;
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
        load(new Bundle(info(DIMENSION, Metric.COSINE), expected, "")).close();
    }

    @Test
    void otherNumbersThanItSaysAreRefused() throws Exception {
        float[] expected = Arrays.copyOf(probed(Metric.EUCLIDEAN), 128);
        assertThatThrownBy(() -> load(new Bundle(info(128, Metric.EUCLIDEAN), expected, "")))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("it gives descriptors of 192 numbers, and says 128");
    }

    @Test
    void howFarItMayBeOffIsSaidWithinReason() throws Exception {
        float[] other = probed(Metric.COSINE);
        other[0] += 0.01f;
        var info = info(DIMENSION, Metric.COSINE);
        load(new Bundle(info, other, "\"within\": [0.02],")).close();
        assertThatThrownBy(() -> load(new Bundle(info, other, "")))
                .hasMessageContaining("its self-test gave a descriptor 1.00e-02 from");
        assertThatThrownBy(() -> load(new Bundle(info, other, "\"within\": [0.5],")))
                .hasMessageContaining("above 0, at most 0.022");
    }

    @Test
    void anotherSizeIsRefused() throws Exception {
        var large =
                new EncoderInput(FaceAlignment.DLIB, 160, false, INPUT.mean(), INPUT.deviation());
        assertThatThrownBy(() -> new OnnxProbe(networks).probe(file, large, Metric.COSINE, chip()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("[1, 3, 112, 112], not one picture of 160 pixels");
    }

    @Test
    void aFileThatIsNoNetworkIsTold() throws Exception {
        Files.writeString(file, "no network");
        assertThatThrownBy(() -> probed(Metric.COSINE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("averages.onnx: ONNX Runtime cannot load it");
    }
}
