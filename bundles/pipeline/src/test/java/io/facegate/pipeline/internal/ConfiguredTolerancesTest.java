// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelInfo.Terms;
import io.facegate.api.model.ModelKind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

class ConfiguredTolerancesTest {
    private static final ModelInfo DLIB = model("dlib", EncoderTraits.DLIB);
    private static final ModelInfo OTHER =
            model("other", new EncoderTraits(512, Metric.COSINE, EncoderInput.DLIB, 1.1, 1.4));

    @TempDir private Path data;
    private Path file;

    @BeforeEach
    void file() {
        file = data.resolve(ConfiguredTolerances.FILE);
    }

    private static ModelInfo model(String id, EncoderTraits traits) {
        return new ModelInfo(id, ModelKind.ENCODER, "onnx", "1", "s", "w", traits, Terms.UNSAID);
    }

    @Test
    void oneOfTheEncoderInUseMeansNothingToTheNext() {
        var tolerances = new ConfiguredTolerances(Map.of(), 0.5, file);
        assertThat(tolerances.of(DLIB)).isEqualTo(0.5);
        assertThat(tolerances.of(OTHER)).isEqualTo(1.1);
        assertThat(tolerances.of(DLIB)).isEqualTo(0.5);
    }

    @Test
    void whoseItIsIsKeptOverRestartsUntilAnotherIsSet() {
        assertThat(new ConfiguredTolerances(Map.of(), 0.5, file).of(DLIB)).isEqualTo(0.5);
        assertThat(new ConfiguredTolerances(Map.of(), 0.5, file).of(OTHER)).isEqualTo(1.1);
        assertThat(new ConfiguredTolerances(Map.of(), 0.9, file).of(OTHER)).isEqualTo(0.9);
        assertThat(new ConfiguredTolerances(Map.of(), 0.9, file).of(DLIB)).isEqualTo(0.6);
    }

    @Test
    void oneSetForAnEncoderCountsForItAlone() {
        var tolerances = new ConfiguredTolerances(Map.of("other", 0.9), 0, file);
        assertThat(tolerances.of(DLIB)).isEqualTo(0.6);
        assertThat(tolerances.of(OTHER)).isEqualTo(0.9);
        assertThat(file).doesNotExist();
    }

    @Test
    void whereNothingCanBeKeptItCountsUntilTheProcessEnds() {
        var tolerances =
                new ConfiguredTolerances(Map.of(), 0.5, data.resolve("missing").resolve("file"));
        assertThat(tolerances.of(DLIB)).isEqualTo(0.5);
        assertThat(tolerances.of(OTHER)).isEqualTo(1.1);
    }
}
