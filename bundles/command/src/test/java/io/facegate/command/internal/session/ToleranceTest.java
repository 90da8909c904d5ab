// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ToleranceTest {
    @TempDir private Path data;

    private Tolerance configured(String text) throws IOException {
        Path conf = Files.createDirectories(data.resolve("conf"));
        Files.writeString(conf.resolve("io.facegate.pipeline.config"), text);
        return Tolerance.of(data);
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
    @ValueSource(strings = {"3.0", "0", "-1", "NaN", "1e-1", "much", "", "99999999999999999999"})
    void invalidOneIsTheDefaultAndToldAsThePipelineDoes(String value) throws IOException {
        Tolerance tolerance = configured("tolerance=D\"" + value + "\"\n");
        assertThat(tolerance.value()).isEqualTo(0.6);
        assertThat(tolerance.toString())
                .startsWith("0.6 (the default, as tolerance in the configuration");
    }

    @Test
    void withoutConfigurationItIsTheDefault() throws IOException {
        assertThat(Tolerance.of(data)).isEqualTo(Tolerance.DEFAULT);
        assertThat(configured("upsample=I\"1\"\n")).isEqualTo(Tolerance.DEFAULT);
        assertThat(Tolerance.DEFAULT).hasToString("0.6 (the default)");
    }
}
