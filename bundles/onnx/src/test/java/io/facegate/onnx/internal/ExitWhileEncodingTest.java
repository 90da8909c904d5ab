// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** ONNX Runtime frees its environment in a hook of its own, whoever uses it still. */
class ExitWhileEncodingTest {
    @TempDir Path folder;

    @RepeatedTest(3)
    void processEndsCleanly() throws Exception {
        Path output = folder.resolve("output");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:ErrorFile=" + folder.resolve("crash.log"),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        ExitingProcess.class.getName(),
                                        folder.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }
}
