// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelInfo.Terms;
import io.facegate.api.model.ModelKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ToleranceTest {
    private static final ModelInfo DLIB =
            new ModelInfo("dlib-resnet-v1", ModelKind.ENCODER, "dlib", "1.0.0", "s", "w");
    private static final ModelInfo OTHER =
            new ModelInfo(
                    "other",
                    ModelKind.ENCODER,
                    "onnx",
                    "1.0.0",
                    "s",
                    "w",
                    new EncoderTraits(512, Metric.COSINE, EncoderInput.DLIB, 1.1, 1.4),
                    Terms.UNSAID);

    @TempDir private Path data;

    private Tolerance configured(String text) throws IOException {
        Path conf = Files.createDirectories(data.resolve("conf"));
        Files.writeString(conf.resolve("io.facegate.pipeline.config"), text);
        return SetTolerances.of(data).resolved(DLIB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tolerance=D\"0.5\"\n",
                "upsample=I\"1\"\ntolerance=D\"0.5\"",
                "  tolerance = D\"0.5\" \\\n",
                "tolerance=\"0.5\"\r\n",
                "tolerance=F\"0.5\"\n",
                "tolerance=D\"0.3\"\ntolerance=D\"0.5\"\n",
                "# tolerance=D\"0.7\"\ntolerance=D\"4602678819172646912\"\n",
                "tolerance=f\"1056964608\"\n",
            })
    void toleranceIsReadAsFileInstallReadsIt(String text) throws IOException {
        Tolerance tolerance = configured(text);
        assertThat(tolerance.value()).isEqualTo(0.5);
        assertThat(tolerance.source()).isEqualTo(Tolerance.Source.CONFIGURATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"101.0", "-1", "NaN", "1e-1", "much", "", "99999999999999999999"})
    void invalidOneIsTheDefaultAndToldAsThePipelineDoes(String value) throws IOException {
        Tolerance tolerance = configured("tolerance=D\"" + value + "\"\n");
        assertThat(tolerance.value()).isEqualTo(0.6);
        assertThat(tolerance.toString())
                .startsWith("0.6 (the default, as tolerance in the configuration");
    }

    @Test
    void withoutConfigurationItIsTheDefault() throws IOException {
        Tolerance standard = SetTolerances.of(data).resolved(DLIB);
        assertThat(standard).hasToString("0.6 (the default)");
        assertThat(standard.source()).isEqualTo(Tolerance.Source.DEFAULT);
        assertThat(configured("upsample=I\"1\"\n")).isEqualTo(standard);
        assertThat(configured("tolerance=D\"0.0\"\n")).isEqualTo(standard);
        assertThat(SetTolerances.of(data).resolved(OTHER).value()).isEqualTo(1.1);
    }

    @Test
    void anEncoderHasATolerancesOfItsOwn() throws IOException {
        configured("tolerance=D\"0.5\"\ntolerances=\"x\\=2, other \\= 0.9\"\n");
        assertThat(SetTolerances.of(data).resolved(OTHER).value()).isEqualTo(0.9);
        assertThat(SetTolerances.of(data).resolved(DLIB).value()).isEqualTo(0.5);
    }

    @Test
    void oneThatIsOfAnotherEncoderDoesNotCount() throws IOException {
        Files.writeString(data.resolve("tolerance.of"), "0.5 dlib-resnet-v1\n");
        assertThat(configured("tolerance=D\"0.5\"\n").value()).isEqualTo(0.5);
        assertThat(SetTolerances.of(data).resolved(OTHER))
                .hasToString("1.1 (the default)")
                .extracting(tolerance -> tolerance.score(1.1))
                .isEqualTo(0.5);
        configured("tolerance=D\"0.7\"\n");
        assertThat(SetTolerances.of(data).resolved(OTHER).value()).isEqualTo(0.7);
    }
}
