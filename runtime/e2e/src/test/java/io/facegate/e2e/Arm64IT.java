// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.facegate.testing.Distribution;
import io.facegate.testing.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The natives for arm64 on an emulated Raspberry Pi 3B+; more of it is in {@code test arm64}. */
class Arm64IT {
    /** What the script ends with where the emulator or what it runs on is missing. */
    private static final int SKIPPED = 77;

    @TempDir Path folder;

    @Test
    void onePictureHasTheDescriptorOfThisMachine() throws Exception {
        Path script = Distribution.repository().resolve("runtime/src/test/arm64/start");
        Program trial = Program.start(Map.of(), List.of(script.toString(), folder.toString()));
        int code = trial.awaitExit(Duration.ofMinutes(9));
        assumeFalse(code == SKIPPED, () -> String.join(" ", trial.out()));
        assertThat(code).as(trial.transcript()).isZero();
    }
}
