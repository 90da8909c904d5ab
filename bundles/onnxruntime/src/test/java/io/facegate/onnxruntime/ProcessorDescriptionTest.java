// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnxruntime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ProcessorDescriptionTest {
    private static final String PC = "processor\t: 0\nvendor_id\t: AuthenticAMD\n";
    private static final String PI =
            "processor\t: 0\nBogoMIPS\t: 38.40\nCPU implementer\t: 0x41\nCPU part\t: 0xd03\n";

    @TempDir Path folder;

    @Test
    void armThatIsDescribedIsLoaded() throws Exception {
        assertThatCode(() -> ProcessorDescription.check("aarch64", file(PI)))
                .doesNotThrowAnyException();
    }

    @Test
    void armThatIsDescribedAsSomethingElseIsNot() throws Exception {
        Path file = file(PC);
        assertThatThrownBy(() -> ProcessorDescription.check("aarch64", file))
                .isInstanceOf(LinkageError.class)
                .hasMessageContaining(file + " does not describe an ARM processor")
                .hasMessageContaining("'CPU implementer'")
                .hasMessageContaining("mount --bind")
                .hasMessageContaining("dlib");
    }

    @Test
    void armWithoutAnyDescriptionIsNot() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> ProcessorDescription.check("aarch64", missing))
                .isInstanceOf(LinkageError.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void otherArchitecturesNeedNone() throws Exception {
        assertThatCode(() -> ProcessorDescription.check("amd64", file(PC)))
                .doesNotThrowAnyException();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("cpuinfo"), text);
    }
}
