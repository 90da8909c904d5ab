// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

class TelemetryTest {
    @TempDir Path folder;

    @Test
    void whatReportsNothingIsLoaded() {
        assertThatCode(() -> Telemetry.check(Map.of("ORT_DISABLE_TELEMETRY", "1")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "false"})
    void whatWouldReportIsNot(String value) {
        assertThatThrownBy(() -> Telemetry.check(Map.of("ORT_DISABLE_TELEMETRY", value)))
                .isInstanceOf(LinkageError.class)
                .hasMessageContaining("ORT_DISABLE_TELEMETRY=1")
                .hasMessageContaining("dlib");
    }

    @Test
    void whatIsNotToldIsNotLoaded() {
        assertThatThrownBy(() -> Telemetry.check(Map.of())).isInstanceOf(LinkageError.class);
    }

    /** Looks at the library itself: a newer one may listen to another switch. */
    @Test
    void theLibraryWritesNothingIntoTheHome() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        var process =
                new ProcessBuilder(
                        java, "-cp", classes, Loading.class.getName(), folder.toString());
        process.environment().put("HOME", home.toString());
        process.environment()
                .keySet()
                .removeIf(name -> name.equals("CI") || name.startsWith("XDG_"));
        process.redirectErrorStream(true).redirectOutput(new File(folder.toFile(), "out"));
        assertThat(process.start().waitFor()).as(() -> out()).isZero();
        try (Stream<Path> left = Files.walk(home)) {
            assertThat(left).containsExactly(home);
        }
    }

    private String out() {
        try {
            return Files.readString(folder.resolve("out"));
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    /** A process that loads ONNX Runtime and ends. */
    static final class Loading {
        public static void main(String[] arguments) throws Exception {
            OnnxRuntimeLibrary.load(Path.of(arguments[0], "cache"));
        }
    }
}
